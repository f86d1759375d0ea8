"""From claims to facts: the tables facts, fact_relations and fact_links.

What belongs here: the order of the steps (prepare, group, identify, count, relate), what a fact's row tells of its
claims, and the status that follows from its relations. What does not: when claims agree (`grouping`), who counts as a
source (`sources`), and how facts relate (`relations`).
"""

from dataclasses import dataclass
from itertools import groupby

import polars as pl

from pipeline.identifiers import make_id
from pipeline.resolution.comparison import relate_facts
from pipeline.resolution.grouping import group_statements
from pipeline.resolution.sources import count_sources
from pipeline.resolution.statements import StatementRow, prepare_claims, read_statement
from pipeline.resolution.traits import predicate_traits
from pipeline.schema import polars_schema
from pipeline.tables import Fact, FactLink, FactRelation

_IDENTITY = (
    "predicate",
    "side",
    "mood",
    "subject",
    "object",
    "value_kind",
    "value_low",
    "value_high",
    "currency",
    "unit_key",
    "direction",
    "event_start",
    "event_end",
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
    led = prepared.join(_find_leaders(prepared), on="claim_id")
    del prepared
    leaders = _identify(led.filter(pl.col("claim_id") == pl.col("leader_id")).drop("evidence_text"))
    linked = led.drop("block", "value_text").join(leaders.select("leader_id", "fact_id"), on="leader_id")
    del led
    names = entities.select("entity_id", "name")
    facts = _describe_facts(linked, leaders).join(count_sources(linked, names), on="fact_id")
    relations = pl.DataFrame(
        relate_facts(_describe_sides(linked, leaders, names)), schema=polars_schema(FactRelation), orient="row"
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
    shared = prepared.filter(~is_lone).select(StatementRow._fields).sort("block", "claim_id")
    leaders: dict[str, str] = {}
    rows = (StatementRow(*row) for row in shared.iter_rows())
    for _, block in groupby(rows, key=lambda row: row.block):
        members = list(block)
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


def _identify(leaders: pl.DataFrame) -> pl.DataFrame:
    """Return the leading claims with fact_id, the hash of what their facts claim.

    Where undated statements of one value lie too far apart to be one fact, all but the first are told apart by the day
    that they count from.
    """
    as_of = pl.coalesce("event_start", "event_end", "published_on")
    ordered = leaders.with_columns(as_of=as_of).sort([*_IDENTITY, "as_of", "leader_id"], nulls_last=True)
    numbered = ordered.with_columns(
        number=pl.int_range(pl.len()).over(list(_IDENTITY)),
        day_number=pl.int_range(pl.len()).over([*_IDENTITY, "as_of"]),
    )
    identifiers = [
        make_id("fact", *row[:-4], *(() if row[-4] == 0 else row[-3:-2]), *(() if row[-2] == 0 else row[-1:]))
        for row in numbered.select(*_IDENTITY, "number", "as_of", "day_number", "leader_id").iter_rows()
    ]
    return numbered.with_columns(fact_id=pl.Series(identifiers, dtype=pl.String))


def _describe_facts(linked: pl.DataFrame, leaders: pl.DataFrame) -> pl.DataFrame:
    """Return what a fact's row tells but its count of sources and its status."""
    leading = leaders.select("fact_id", leading_currency="currency", leading_usd="value_usd")
    in_currency = pl.col("currency").eq_missing(pl.col("leading_currency"))
    told = (
        linked.join(leading, on="fact_id")
        .group_by("fact_id")
        .agg(
            pl.col("predicate").first(),
            subject_entity_id=pl.col("subject_entity_id").drop_nulls().mode().sort().first(),
            object_entity_id=pl.col("object_entity_id").drop_nulls().mode().sort().first(),
            value_kind=pl.col("value_kind").first(),
            value_low=pl.col("value_low").filter(in_currency).min(),
            value_high=pl.col("value_high").filter(in_currency).max(),
            currency=pl.col("leading_currency").first(),
            value_usd=pl.coalesce(pl.col("leading_usd").first(), pl.col("value_usd").drop_nulls().min()),
            claim_count=pl.len().cast(pl.Int64),
            document_count=pl.col("document_id").n_unique().cast(pl.Int64),
            first_reported_on=pl.col("published_on").min(),
            last_reported_on=pl.col("published_on").max(),
        )
    )
    return told.join(leaders.select("fact_id", "event_start", "event_end"), on="fact_id")


def _describe_sides(linked: pl.DataFrame, leaders: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return the facts in the form that `relate_facts` reads."""
    support = linked.group_by("fact_id").agg(
        first_reported_on=pl.col("published_on").min(),
        is_denial=(pl.col("stance") == "denies").any(),
        scopes=pl.col("scope").unique().sort(),
        speakers=pl.coalesce("speaker_entity_id", "speaker_text").drop_nulls().unique().sort(),
    )
    subjects = names.select(subject_entity_id="entity_id", subject_entity="name")
    objects = names.select(object_entity_id="entity_id", object_entity="name")
    return (
        leaders.join(support, on="fact_id")
        .join(subjects, on="subject_entity_id", how="left")
        .join(objects, on="object_entity_id", how="left")
        .with_columns(
            subject_name=pl.coalesce("subject_entity", "subject_text"),
            object_name=pl.coalesce("object_entity", "object_text"),
        )
    )


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
