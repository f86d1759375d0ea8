"""The group `publish`: the release, made only from what passed every check."""

import dagster as dg
import polars as pl

from assets.metadata import Materialized, to_markdown
from pipeline.publication.sources import CONTENT_SOURCES
from pipeline.steps import Steps
from pipeline.storage.working import WORKING_TABLES
from pipeline.versions import code_version

RELEASE_KEY = "release"


@dg.asset(
    name=RELEASE_KEY,
    group_name="publish",
    kinds={"duckdb", "parquet"},
    deps=[model.table for model in WORKING_TABLES],
    code_version=code_version("publication", "reporting", "quality"),
)
def release(context: dg.AssetExecutionContext, steps: dg.ResourceParam[Steps]) -> Materialized:
    """The published DuckDB file with its Parquet twin, manifest, change log and evidence report. One release a run.

    Refuses on its own, whatever ran before it, when a verdict is missing, failed, or about other data.
    """
    publication = steps.publish()
    verb = "published" if publication.is_new else "nothing new to publish, the last release stands:"
    context.log.info(f"{verb} {publication.release.release_id}")
    changes = pl.DataFrame(
        [{"table": table, **change.model_dump()} for table, change in publication.changes.items()],
        schema={"table": pl.String, "added": pl.Int64, "removed": pl.Int64, "changed": pl.Int64},
    )
    return dg.MaterializeResult(
        metadata={
            "release_id": publication.release.release_id,
            "is_new": publication.is_new,
            "folder": str(publication.folder),
            "evidence_report": str(publication.folder / "report" / "index.html"),
            "tables": dg.MetadataValue.int(len(CONTENT_SOURCES)),
            "changes": dg.MetadataValue.md(to_markdown(changes)),
        }
    )
