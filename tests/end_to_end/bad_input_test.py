"""Bad input is published or rejected with a reason; the run goes on, and the summary and exit code say so."""

import io
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from pipeline.reporting.summary import print_summary
from pipeline.settings import Settings
from pipeline.storage import Reader, open_database
from tests.end_to_end.conftest import SEEDS, Refresh

ARTICLE = (SEEDS / "003_6177586f370daf91.txt").read_text(encoding="utf-8")
OTHER = (SEEDS / "000_f34e337f327547d1.txt").read_text(encoding="utf-8")
CHINESE = "阿里巴巴集团周一宣布，未来三年将在人工智能和云计算领域投资超过三千八百亿元人民币，超过过去十年的总和。" * 5


def make_bad_source(folder: Path) -> None:
    folder.mkdir()
    (folder / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "copy.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text(" \n\t\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.txt").write_bytes(OTHER.encode()[:600] + b"\xff\xfe\xfd" + OTHER.encode()[600:])
    (folder / "utf16.txt").write_bytes(OTHER.replace("Tencent", "Baidu").encode("utf-16"))
    (folder / "windows.txt").write_bytes(OTHER.replace("Tencent", "Meituan").encode("cp1252", "ignore"))
    with_nul = OTHER.replace("Tencent", "Xiaomi").replace("betting", "bet\0ting")
    (folder / "nul.txt").write_text(with_nul, encoding="utf-8")
    (folder / "chinese.txt").write_text(CHINESE, encoding="utf-8")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    with (folder / "large.txt").open("wb") as file:
        file.truncate(50_000_000)


def test_each_bad_file_has_an_outcome_and_the_run_goes_on(tmp_path: Path, refresh: Refresh) -> None:
    make_bad_source(tmp_path / "source")
    settings = Settings(source=tmp_path / "source", data=tmp_path / "data")
    run = refresh(settings)
    assert run.result.success, run.step_errors() or run.failed_checks()
    with open_database(settings.published_file, read_only=True) as connection:
        reader = Reader(connection)
        published = set(reader.query("SELECT source_uri FROM documents")["source_uri"])
        rejected = dict(reader.query("SELECT source_uri, reason FROM rejected_documents").rows())
        detail = reader.query("SELECT detail FROM rejected_documents WHERE source_uri = 'good.txt'").item()
    assert published == {"copy.txt", "broken.txt", "utf16.txt", "windows.txt", "nul.txt"}
    assert rejected == {
        "good.txt": "duplicate_bytes",
        "empty.txt": "empty",
        "blank.txt": "empty",
        "binary.txt": "not_text",
        "chinese.txt": "unsupported_language",
        "dangling.txt": "unreadable",
        "large.txt": "too_large",
    }
    assert "copy.txt" in detail

    shown = io.StringIO()
    print_summary(settings, is_new=True, console=Console(file=shown, width=200))
    for name in rejected:
        assert name in shown.getvalue()


@pytest.mark.parametrize("name", ["missing", "hollow"])
def test_source_that_is_missing_or_holds_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    data = tmp_path / "data"
    data.mkdir()
    (data / "winnow.duckdb").write_bytes(b"the last release")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "--source", str(tmp_path / name), "--data", str(data)],
        capture_output=True,
        text=True,
        env={**os.environ, "DAGSTER_HOME": ""},
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / name) in done.stderr
    assert (data / "winnow.duckdb").read_bytes() == b"the last release"


def test_vanished_source_fails_the_job_with_the_reason(copied_run: Settings, refresh: Refresh, tmp_path: Path) -> None:
    before = copied_run.published_file.read_bytes()
    run = refresh(Settings(source=tmp_path / "gone", data=copied_run.data))
    assert not run.result.success
    assert "does not exist" in run.step_errors()["read"]
    assert copied_run.published_file.read_bytes() == before


def test_previous_outcome_is_kept_when_a_file_is_repaired(tmp_path: Path, refresh: Refresh) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").touch()
    (source / "b.txt").write_text(OTHER, encoding="utf-8")
    settings = Settings(source=source, data=tmp_path / "data")
    assert refresh(settings).result.success
    (source / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert refresh(settings).result.success
    with open_database(settings.published_file, read_only=True) as connection:
        documents = Reader(connection).query("SELECT source_uri FROM documents ORDER BY 1")
    assert documents.equals(pl.DataFrame({"source_uri": ["a.txt", "b.txt"]}))
