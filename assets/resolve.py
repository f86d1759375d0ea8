"""The group `resolve`: entities and facts across documents."""

from collections.abc import Iterator

import dagster as dg

from assets.metadata import Materialized, specify_asset, write_tables
from pipeline.resolution import RESOLUTION_INPUTS
from pipeline.steps import Steps
from pipeline.storage import WorkingStore
from pipeline.tables import Entity, EntityAlias, EntityLink, Fact, FactLink, FactRelation
from pipeline.versions import code_version

_MADE = (Entity, EntityAlias, EntityLink, Fact, FactRelation, FactLink)
_DEPS = [model for model in RESOLUTION_INPUTS if model not in _MADE]
_VERSION = code_version("resolution", "knowledge")


@dg.multi_asset(
    name="resolve",
    specs=[specify_asset(model, "resolve", _DEPS, _VERSION) for model in _MADE],
)
def resolve_world(
    context: dg.AssetExecutionContext, steps: dg.ResourceParam[Steps], store: dg.ResourceParam[WorkingStore]
) -> Iterator[Materialized]:
    """Entities, facts and relations of all documents, with the links that lead to them."""
    resolved = steps.resolve({model: store.table(model, columns) for model, columns in RESOLUTION_INPUTS.items()})
    for verdict in resolved.verdicts:
        if not verdict.is_applied:
            context.log.warning(f"a correction was not applied: {verdict.correction!r}: {verdict.detail}")
    context.log.info(f"resolved {len(resolved.entities)} entities and {len(resolved.facts)} facts")
    yield from write_tables(store, resolved.tables())
