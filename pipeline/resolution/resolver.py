"""Resolution as one step: documents, their entities, mentions and claims in; entities and facts over all of them out.

What belongs here: the step's interface. What does not: how entities (`entities`) and facts (`facts`) are found.
"""

from dataclasses import dataclass

import polars as pl

from pipeline.knowledge import Knowledge
from pipeline.resolution.corrections import Corrections, CorrectionVerdict
from pipeline.resolution.entities import resolve_entities
from pipeline.resolution.facts import resolve_facts


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


def resolve(
    documents: pl.DataFrame,
    document_entities: pl.DataFrame,
    mentions: pl.DataFrame,
    claims: pl.DataFrame,
    knowledge: Knowledge,
    corrections: Corrections | None = None,
) -> Resolved:
    """Return the entities and facts of all documents together.

    The result is a function of the set of rows: their order and how they were batched have no say, and without a
    document the result is what the other documents alone give. In the input, `mentions.entity_id` and the entity
    columns of `claims` hold document_entity_ids.
    """
    found = resolve_entities(
        documents, document_entities, mentions, claims, knowledge=knowledge, corrections=corrections or Corrections()
    )
    made = resolve_facts(documents, claims, found.entities, found.entity_links)
    return Resolved(
        entities=found.entities,
        entity_aliases=found.entity_aliases,
        entity_links=found.entity_links,
        facts=made.facts,
        fact_relations=made.fact_relations,
        fact_links=made.fact_links,
        verdicts=found.verdicts,
    )
