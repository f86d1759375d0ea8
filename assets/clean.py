"""The group `clean`: articles, the edits that made them, and what could not become one."""

from collections.abc import Iterator

import dagster as dg

from assets.metadata import Materialized, specify_asset, write_tables
from assets.progress import log_progress
from pipeline.steps import Steps
from pipeline.storage import WorkingStore
from pipeline.tables import Document, RawDocument, RejectedDocument, TextEdit
from pipeline.versions import code_version

_VERSION = code_version("cleaning")


@dg.multi_asset(
    name="clean",
    specs=[specify_asset(model, "clean", [RawDocument], _VERSION) for model in (Document, TextEdit, RejectedDocument)],
)
def clean_articles(
    context: dg.AssetExecutionContext, steps: dg.ResourceParam[Steps], store: dg.ResourceParam[WorkingStore]
) -> Iterator[Materialized]:
    """Raw documents to clean articles with an exact ledger of edits; rejected ones keep their reason."""
    cleaned = steps.clean(store.table(RawDocument), log_progress(context, "cleaned"))
    yield from write_tables(
        store,
        {
            Document: cleaned.documents,
            TextEdit: cleaned.text_edits,
            RejectedDocument: cleaned.rejected_documents,
        },
    )
