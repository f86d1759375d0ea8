"""The composition root: everything Dagster loads, wired from settings. Only Dagster and the command line load it."""

import os

import dagster as dg

from assets.automation import REFRESH_JOB, daily, refresh, source_folder
from assets.clean import clean_articles
from assets.extract import extract_claims
from assets.progress import PROGRESS_LOGGER, progress_lines
from assets.publish import release
from assets.raw import raw_documents
from assets.resolve import resolve_world
from checks.asset_checks import build_asset_checks
from pipeline.quality.verdicts import VerdictStore
from pipeline.settings import Settings
from pipeline.steps import Steps, build_steps
from pipeline.storage import WorkingStore


def build_definitions(settings: Settings | None = None, steps: Steps | None = None) -> dg.Definitions:
    """Return the definitions for these settings (default: from the environment) and steps (default: Winnow's own)."""
    settings = settings or Settings()
    steps = steps or build_steps(settings)
    return dg.Definitions(
        assets=[raw_documents, clean_articles, extract_claims, resolve_world, release],
        asset_checks=build_asset_checks(steps.checks),
        jobs=[refresh],
        schedules=[daily],
        sensors=[source_folder],
        executor=dg.in_process_executor,
        loggers={PROGRESS_LOGGER: progress_lines},
        resources={
            "settings": settings,
            "steps": steps,
            "store": WorkingStore(settings.working_file),
            "verdicts": VerdictStore(settings.verdicts_folder),
        },
    )


def run_refresh(definitions: dg.Definitions) -> dg.ExecuteInProcessResult:
    """Run the refresh job in this process, telling progress on standard error, and return its result.

    The run is recorded in the Dagster instance that DAGSTER_HOME names, so that the UI shows it; without one it leaves
    no record.
    """
    with _open_instance() as instance:
        return definitions.resolve_job_def(REFRESH_JOB).execute_in_process(
            instance=instance, raise_on_error=False, run_config={"loggers": {PROGRESS_LOGGER: {}}}
        )


def _open_instance() -> dg.DagsterInstance:
    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    return dg.DagsterInstance.ephemeral()  # pyright: ignore[reportUnknownMemberType]


@dg.definitions
def defs() -> dg.Definitions:
    """What `workspace.yaml` loads."""
    return build_definitions()
