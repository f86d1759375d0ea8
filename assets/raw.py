"""The group `raw`: documents as found in the source folder."""

import dagster as dg

from assets.metadata import Materialized, describe_frame, specify_asset
from assets.progress import log_progress
from pipeline.steps import Steps
from pipeline.storage import WorkingStore
from pipeline.tables import RawDocument
from pipeline.versions import code_version


@dg.multi_asset(name="read", specs=[specify_asset(RawDocument, "raw", [], code_version("reading"))])
def raw_documents(
    context: dg.AssetExecutionContext, steps: dg.ResourceParam[Steps], store: dg.ResourceParam[WorkingStore]
) -> Materialized:
    """Every document of the source as found: new, changed, unchanged and vanished ones told apart."""
    reading = steps.read(store.table(RawDocument), log_progress(context, "read"))
    store.write({RawDocument: reading.raw_documents})
    return dg.MaterializeResult(
        asset_key=RawDocument.table,
        metadata={
            **describe_frame(RawDocument, reading.raw_documents),
            "ignored_files": dg.MetadataValue.text(", ".join(reading.ignored) or "none"),
        },
    )
