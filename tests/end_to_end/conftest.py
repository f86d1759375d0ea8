"""Runs of the real definitions on real DuckDB files in a temporary folder."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import build_definitions
from pipeline.settings import Settings
from pipeline.steps import Steps, build_steps

SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True)
class Run:
    """How a run of the refresh job ended."""

    settings: Settings
    result: dg.ExecuteInProcessResult

    def failed_checks(self) -> dict[str, str]:
        """Name and description of each check that did not pass."""
        evaluations = self.result.get_asset_check_evaluations()
        return {e.check_name: e.description or "" for e in evaluations if not e.passed}

    def step_errors(self) -> dict[str, str]:
        """Error messages of failed steps, causes included."""
        messages: dict[str, str] = {}
        for event in self.result.all_events:
            if event.is_step_failure:
                error, parts = event.step_failure_data.error, list[str]()
                while error is not None:
                    parts.append(error.message)
                    error = error.cause
                messages[str(event.step_key)] = "\n".join(parts)
        return messages


Refresh = Callable[..., Run]


def run_job(settings: Settings, steps: Steps | None = None, selection: list[str] | None = None) -> Run:
    """Run the refresh job, or only the assets named with their checks."""
    definitions = build_definitions(settings, steps or build_steps(settings))
    job = definitions.resolve_job_def("refresh")
    keys = [dg.AssetKey(name) for name in selection] if selection else None
    result = job.execute_in_process(raise_on_error=False, asset_selection=keys)
    return Run(settings, result)


@pytest.fixture
def refresh() -> Refresh:
    return run_job


@pytest.fixture(scope="module")
def seeds_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A finished run over the seeds; tests that change anything copy its data folder."""
    folder = tmp_path_factory.mktemp("seeds_run")
    return run_job(Settings(source=SEEDS, data=folder / "data"))


@pytest.fixture
def copied_run(seeds_run: Run, tmp_path: Path) -> Settings:
    """Settings of a copy of the finished run, free to be changed."""
    shutil.copytree(seeds_run.settings.data, tmp_path / "data")
    return Settings(source=SEEDS, data=tmp_path / "data")
