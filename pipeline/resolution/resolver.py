"""Resolution as one step: documents, their entities, mentions and claims in; entities and facts over all of them out.

What belongs here: the step's interface, with the columns that it reads and the times of its decisions. What does not:
how entities (`entities`) and facts (`facts`) are found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from pipeline.knowledge import Knowledge
from pipeline.resolution.corrections import Corrections, CorrectionVerdict
from pipeline.resolution.entities import resolve_entities
from pipeline.resolution.facts import resolve_facts
from pipeline.resolution.statements import CLAIM_COLUMNS
from pipeline.schema import polars_schema
from pipeline.tables import (
    Claim,
    Document,
    DocumentEntity,
    Entity,
    EntityAlias,
    EntityLink,
    Fact,
    FactLink,
    FactRelation,
    Mention,
    Row,
)

RESOLUTION_INPUTS: Mapping[type[Row], tuple[str, ...]] = {
    Document: ("document_id", "source_uri", "source_name", "published_on", "duplicate_group_id"),
    DocumentEntity: tuple(DocumentEntity.model_fields),
    Mention: ("entity_id", "surface", "mention_kind"),
    Claim: CLAIM_COLUMNS,
    EntityLink: tuple(EntityLink.model_fields),
}
"""The tables and columns that `resolve` reads; its own earlier links for the times of decisions alone."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The tables of this step, each with its row model's columns, sorted by key, and the verdicts on corrections.

    Every document entity has exactly one row in entity_links, every claim exactly one in fact_links.
    """

    entities: pl.DataFrame
    entity_aliases: pl.DataFrame
    entity_links: pl.DataFrame
    facts: pl.DataFrame
    fact_relations: pl.DataFrame
    fact_links: pl.DataFrame
    verdicts: tuple[CorrectionVerdict, ...]

    def tables(self) -> dict[type[Row], pl.DataFrame]:
        """Return the tables by their row models."""
        return {
            Entity: self.entities,
            EntityAlias: self.entity_aliases,
            EntityLink: self.entity_links,
            Fact: self.facts,
            FactRelation: self.fact_relations,
            FactLink: self.fact_links,
        }


def resolve(
    documents: pl.DataFrame,
    document_entities: pl.DataFrame,
    mentions: pl.DataFrame,
    claims: pl.DataFrame,
    knowledge: Knowledge,
    corrections: Corrections | None = None,
    *,
    now: datetime,
    previous_links: pl.DataFrame | None = None,
) -> Resolved:
    """Return the entities and facts of all documents together.

    The result is a function of the set of rows: their order and how they were batched have no say, and without a
    document the result is what the other documents alone give. In the input, `mentions.entity_id` and the entity
    columns of `claims` hold document_entity_ids; columns beyond RESOLUTION_INPUTS are not looked at. `now`, naive and
    in UTC, is the time of decisions that `previous_links`, the entity_links of the run before, do not hold already.
    """
    found = resolve_entities(
        documents, document_entities, mentions, claims, knowledge=knowledge, corrections=corrections or Corrections()
    )
    made = resolve_facts(documents, claims, found.entities, found.entity_links)
    return Resolved(
        entities=found.entities,
        entity_aliases=found.entity_aliases,
        entity_links=_date_decisions(found.entity_links, previous_links, now),
        facts=made.facts,
        fact_relations=made.fact_relations,
        fact_links=made.fact_links,
        verdicts=found.verdicts,
    )


def _date_decisions(links: pl.DataFrame, previous: pl.DataFrame | None, now: datetime) -> pl.DataFrame:
    """Return the links with decided_at: that of the run before where entity and method are still the same, else now."""
    decision = ["document_entity_id", "entity_id", "method"]
    schema = polars_schema(EntityLink)
    before = pl.DataFrame(schema=schema) if previous is None else previous
    return (
        links.join(before.select(*decision, "decided_at"), on=decision, how="left")
        .with_columns(pl.col("decided_at").fill_null(pl.lit(now, schema["decided_at"])))
        .select(schema.names())
        .sort("document_entity_id")
    )
