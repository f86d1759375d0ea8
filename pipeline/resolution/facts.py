"""From claims to facts: the tables facts, fact_relations and fact_links.

What belongs here: the order of the steps (prepare, group, identify, count, relate), what a fact's row tells of its
claims, and the status that follows from its relations. What does not: when claims agree (`grouping`), who counts as a
source (`sources`), and how facts relate (`relations`).
"""

from dataclasses import dataclass
from itertools import groupby

import polars as pl

from pipeline.resolution.comparison import relate_facts
from pipeline.resolution.grouping import group_statements
from pipeline.resolution.identity import identify_facts
from pipeline.resolution.sources import count_sources
from pipeline.resolution.statements import ENTITY_PREFIX, StatementRow, prepare_claims, read_statement
from pipeline.resolution.traits import predicate_traits
from pipeline.schema import polars_schema
from pipeline.tables import Fact, FactLink, FactRelation

_LEADER_COLUMNS = (
    "fact_id",
    *StatementRow._fields,
    "subject",
    "side",
    "mood",
    "direction",
    "value_kind",
    "unit_key",
    "subject_text",
)
_SUPPORT_COLUMNS = (
    "claim_id",
    "fact_id",
    "document_id",
    "scope",
    "source_name",
    "published_on",
    "value_low",
    "value_high",
    "currency",
    "value_usd",
    "stance",
    "attribution",
    "speaker_entity_id",
    "speaker_text",
    "evidence_text",
)


@dataclass(frozen=True, slots=True)
class ResolvedFacts:
    """The fact tables."""

    facts: pl.DataFrame
    fact_relations: pl.DataFrame
    fact_links: pl.DataFrame


def resolve_facts(
    documents: pl.DataFrame, claims: pl.DataFrame, entities: pl.DataFrame, entity_links: pl.DataFrame
) -> ResolvedFacts:
    """Return the facts that the claims make; every claim gets exactly one link."""
    prepared = prepare_claims(claims, documents, entity_links)
    linked = prepared.join(_find_leaders(prepared), on="claim_id")
    del prepared
    linked = linked.join(identify_facts(linked), on="leader_id")
    leaders = linked.filter(pl.col("claim_id") == pl.col("leader_id")).select(_LEADER_COLUMNS)
    linked = linked.select(_SUPPORT_COLUMNS)
    names = entities.select("entity_id", "name")
    facts = _describe_facts(linked, leaders).join(count_sources(linked, names), on="fact_id")
    relations = pl.DataFrame(
        relate_facts(leaders, linked, names), schema=polars_schema(FactRelation), orient="row"
    ).sort("fact_id", "related_fact_id", "relation")
    return ResolvedFacts(
        facts=facts.join(_statuses(facts, relations), on="fact_id").select(polars_schema(Fact).names()).sort("fact_id"),
        fact_relations=relations,
        fact_links=linked.select(polars_schema(FactLink).names()).sort("claim_id"),
    )


def _find_leaders(prepared: pl.DataFrame) -> pl.DataFrame:
    """Return the leading claim of each claim's fact. Columns: claim_id, leader_id."""
    is_lone = pl.len().over("block") == 1
    lone = prepared.filter(is_lone).select("claim_id", leader_id="claim_id")
    shared = prepared.filter(~is_lone).select("block", *StatementRow._fields).sort("block", "claim_id")
    leaders: dict[str, str] = {}
    for _, block in groupby(shared.iter_rows(), key=lambda row: row[0]):
        members = [StatementRow(*row[1:]) for row in block]
        traits = predicate_traits().of(members[0].predicate)
        leaders.update(group_statements([read_statement(row, traits) for row in members], traits))
    return pl.concat(
        [
            lone,
            pl.DataFrame(
                {"claim_id": list(leaders), "leader_id": list(leaders.values())},
                schema={"claim_id": pl.String, "leader_id": pl.String},
            ),
        ]
    )


def _describe_facts(linked: pl.DataFrame, leaders: pl.DataFrame) -> pl.DataFrame:
    """Return what a fact's row tells but its count of sources and its status."""
    leading = leaders.select(
        "fact_id",
        "predicate",
        "value_kind",
        "currency",
        "event_start",
        "event_end",
        subject_entity_id=_entity("subject"),
        object_entity_id=_entity("object"),
        leading_usd="value_usd",
    )
    in_currency = pl.col("currency").eq_missing(pl.col("leading_currency"))
    return (
        linked.join(leaders.select("fact_id", leading_currency="currency"), on="fact_id")
        .group_by("fact_id")
        .agg(
            value_low=pl.col("value_low").filter(in_currency).min(),
            value_high=pl.col("value_high").filter(in_currency).max(),
            least_usd=pl.col("value_usd").min(),
            claim_count=pl.len().cast(pl.Int64),
            document_count=pl.col("document_id").n_unique().cast(pl.Int64),
            first_reported_on=pl.col("published_on").min(),
            last_reported_on=pl.col("published_on").max(),
        )
        .join(leading, on="fact_id")
        .with_columns(value_usd=pl.coalesce("leading_usd", "least_usd"))
    )


def _entity(party: str) -> pl.Expr:
    return pl.when(pl.col(party).str.starts_with(ENTITY_PREFIX)).then(party)


def _statuses(facts: pl.DataFrame, relations: pl.DataFrame) -> pl.DataFrame:
    """Return the status of each fact; the gravest that applies: denied, contested, superseded, then by sources."""
    aimed = relations.select(fact_id="related_fact_id", relation="relation")
    contested = pl.concat([aimed, relations.select("fact_id", "relation")]).filter(pl.col("relation") == "contradicts")

    def is_among(kind: pl.DataFrame) -> pl.Expr:
        return pl.col("fact_id").is_in(kind["fact_id"].unique().implode())

    return facts.select(
        "fact_id",
        status=pl.when(is_among(aimed.filter(pl.col("relation") == "denies")))
        .then(pl.lit("denied"))
        .when(is_among(contested))
        .then(pl.lit("contested"))
        .when(is_among(aimed.filter(pl.col("relation") == "updates")))
        .then(pl.lit("superseded"))
        .when(pl.col("independent_source_count") > 1)
        .then(pl.lit("corroborated"))
        .otherwise(pl.lit("single_source")),
    )
