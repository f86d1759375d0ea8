"""The group `extract`: sentences, entities of single documents, mentions and claims."""

from collections.abc import Iterator

import dagster as dg

from assets.metadata import Materialized, specify_asset, write_tables
from assets.progress import log_progress
from pipeline.steps import Steps
from pipeline.storage import WorkingStore
from pipeline.tables import Claim, Document, DocumentEntity, Mention, Sentence, TextEdit
from pipeline.versions import code_version

_VERSION = code_version("extraction", "language", "knowledge", "predicates")


@dg.multi_asset(
    name="extract",
    specs=[
        specify_asset(model, "extract", [Document, TextEdit], _VERSION)
        for model in (Sentence, DocumentEntity, Mention, Claim)
    ],
)
def extract_claims(
    context: dg.AssetExecutionContext, steps: dg.ResourceParam[Steps], store: dg.ResourceParam[WorkingStore]
) -> Iterator[Materialized]:
    """Clean articles to sentences, mentions and claims, each with its exact span in clean and raw text."""
    extracted = steps.extract(store.table(Document), store.table(TextEdit), log_progress(context, "extracted"))
    for document_id, message in extracted.failed:
        context.log.warning(f"nothing extracted from {document_id}: {message}")
    if extracted.dropped_count:
        context.log.info(f"{extracted.dropped_count} mentions and claims set aside: not in the text or not conforming")
    yield from write_tables(
        store,
        {
            Sentence: extracted.sentences,
            DocumentEntity: extracted.document_entities,
            Mention: extracted.mentions,
            Claim: extracted.claims,
        },
    )
