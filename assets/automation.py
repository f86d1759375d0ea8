"""When the pipeline runs by itself: one job, a daily schedule, and a sensor on the source folder, both off at first."""

import dagster as dg

from pipeline.reading import SourceError, fingerprint_source
from pipeline.settings import Settings

REFRESH_JOB = "refresh"

refresh = dg.define_asset_job(  # pyright: ignore[reportUnknownMemberType]
    REFRESH_JOB,
    selection=dg.AssetSelection.all(),
    description="Reads the source folder and publishes a new release if its content changed and passes every check.",
)

daily = dg.ScheduleDefinition(
    name="daily",
    job=refresh,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    description="Refreshes every day at 05:00 UTC.",
)


@dg.sensor(  # pyright: ignore[reportUnknownMemberType]
    job=refresh, minimum_interval_seconds=30, description="Refreshes when a file of the source folder changes."
)
def source_folder(
    context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]
) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run when names, sizes or times of the source's files are not those of the last run it asked for."""
    try:
        fingerprint = fingerprint_source(settings.source)
    except SourceError as error:
        return dg.SkipReason(str(error))
    if fingerprint == context.cursor:
        return dg.SkipReason("nothing changed in the source folder")
    context.update_cursor(fingerprint)
    return dg.RunRequest(run_key=fingerprint)
