"""The Dagster UI in a headless browser: the graph is there, a run started by a click succeeds, checks are green."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MINUTE = 60_000
RUNS = "{ runsOrError { ... on Runs { results { status } } } }"
LOCATION = "{ locationStatusesOrError { ... on WorkspaceLocationStatusEntries { entries { loadStatus } } } }"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine (Debian: apt-get install chromium)"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(url: str, query: str) -> str:
    request = urllib.request.Request(
        f"{url}/graphql", json.dumps({"query": query}).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def wait_for(url: str, query: str, *texts: str, seconds: float = 300) -> str:
    """Return the answer as soon as it holds one of the texts."""
    deadline = time.monotonic() + seconds
    answer = "no answer"
    while time.monotonic() < deadline:
        try:
            answer = ask(url, query)
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            answer = str(error)
        if any(text in answer for text in texts):
            return answer
        time.sleep(1)
    pytest.fail(f"none of {texts} within {seconds} s: {answer}")


def stop_group(server: subprocess.Popen[bytes]) -> None:
    """Stop the server with all processes that it started, politely first."""
    for request in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, request)
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def dagster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("dagster_home")
    shutil.copy(ROOT / "dagster_home" / "dagster.yaml", home)
    port = free_port()
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home),
        "WINNOW_SOURCE": str(ROOT / "seeds"),
        "WINNOW_DATA": str(home / "data"),
    }
    dagster = Path(sys.executable).parent / "dagster"
    command = [str(dagster), "dev", "--workspace", "workspace.yaml", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, LOCATION, '"LOADED"')
        yield url
    finally:
        stop_group(server)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=BROWSER_ARGUMENTS)
        yield browser.new_page(viewport={"width": 1600, "height": 1000})
        browser.close()


def test_run_from_the_browser(dagster_url: str, page: Page) -> None:
    page.goto(f"{dagster_url}/asset-groups")
    for group in ("raw", "clean", "extract", "resolve", "publish"):
        expect(page.get_by_text(group, exact=True).first).to_be_visible(timeout=2 * MINUTE)

    page.goto(f"{dagster_url}/locations/winnow/jobs/refresh")
    materialize = page.get_by_role("button", name="Materialize all")
    expect(materialize).to_be_enabled(timeout=2 * MINUTE)
    materialize.click()

    assert '"SUCCESS"' in wait_for(dagster_url, RUNS, '"SUCCESS"', '"FAILURE"')

    page.goto(f"{dagster_url}/assets/claims?view=checks")
    expect(page.get_by_text("claims_spans_match_text").first).to_be_visible(timeout=MINUTE)
    expect(page.get_by_text("Succeeded").first).to_be_visible(timeout=MINUTE)
    expect(page.get_by_text("Passed").first).to_be_visible(timeout=MINUTE)

    page.goto(f"{dagster_url}/assets/claims?view=overview")
    expect(page.get_by_text("Row count").first).to_be_visible(timeout=MINUTE)
    expect(page.get_by_text("Who or what it is about; null for a generic subject.")).to_be_visible(timeout=MINUTE)
