"""Which facts are held against each other: those of one predicate (or its mirror) and one subject.

What belongs here: reading facts into the form that relations compare, choosing pairs without comparing all with all,
and reducing chains of updates. What does not: the rules of a pair (`relations`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

import polars as pl

from pipeline.resolution.periods import Period
from pipeline.resolution.relations import FactSide, Relation, relate_pair
from pipeline.resolution.statements import StatementRow, is_entity, read_statement
from pipeline.resolution.traits import Traits, predicate_traits

ALL_PAIRS_LIMIT = 60
"""Facts of one subject and predicate that are all compared; beyond that, only those of one object near in time."""

_KINDS_COMPARED = ("event", "state", "flow", "link")


def relate_facts(facts: pl.DataFrame) -> list[Relation]:
    """Return the relations between facts, sorted.

    `facts` has, beside the StatementRow columns of each fact's leading claim: fact_id, subject, side, mood, direction,
    value_kind, unit_key, subject_name, object_name, first_reported_on, is_denial, scopes, speakers.
    """
    compared = facts.join(_comparable(facts), on="predicate").filter(pl.col("subject").str.starts_with("ent_"))
    is_mirrored = pl.col("mirror").is_not_null() & pl.col("object").str.starts_with("ent_").fill_null(value=False)
    matters = compared.with_columns(
        matter=pl.when(is_mirrored).then("mirror").otherwise("predicate"),
        party=pl.when(is_mirrored).then("object").otherwise("subject"),
        object=pl.when(is_mirrored).then("subject").otherwise("object"),
    )
    keys = ["matter", "party"]
    several = matters.filter(pl.len().over(keys) > 1).sort(*keys, "fact_id")
    found: set[Relation] = set()
    for group in several.partition_by(keys, maintain_order=True) if several.height else []:
        traits = predicate_traits().of(str(group["matter"][0]))
        sides = [_read_side(row, traits) for row in group.iter_rows(named=True)]
        for one, other in _pairs(sides, traits):
            found.update(relate_pair(one, other, traits))
    return sorted(_reduce_updates(found))


def _comparable(facts: pl.DataFrame) -> pl.DataFrame:
    traits = predicate_traits()
    named = [(name, traits.of(name)) for name in facts["predicate"].unique().sort().to_list()]
    rows = [(name, found.mirror) for name, found in named if found.kind in _KINDS_COMPARED]
    return pl.DataFrame(rows, schema={"predicate": pl.String, "mirror": pl.String}, orient="row")


def _read_side(row: dict[str, object], traits: Traits) -> FactSide:
    leader = read_statement(StatementRow(*(row[name] for name in StatementRow._fields)), traits)  # pyright: ignore[reportArgumentType]
    reported = row["first_reported_on"]
    period = Period(leader.period.start, leader.period.end, reported if isinstance(reported, date) else None)
    parties = " → ".join(str(row[name]) for name in ("subject_name", "object_name") if row[name] is not None)
    return FactSide(
        statement=replace(leader, key=str(row["fact_id"]), period=period),
        predicate=str(row["predicate"]),
        side=str(row["side"]),
        mood=str(row["mood"]),
        is_denial=bool(row["is_denial"]),
        direction=None if row["direction"] is None else str(row["direction"]),
        kind=f"{row['value_kind']} {row['unit_key']}",
        scopes=frozenset(row["scopes"]),  # pyright: ignore[reportArgumentType]
        speakers=frozenset(row["speakers"]),  # pyright: ignore[reportArgumentType]
        label=f"{row['predicate']} ({parties})",
        value=" ".join(str(row[name]) for name in ("direction", "value_text") if row[name] is not None) or None,
    )


def _pairs(sides: list[FactSide], traits: Traits) -> Iterator[tuple[FactSide, FactSide]]:
    if len(sides) <= ALL_PAIRS_LIMIT:
        yield from combinations(sides, 2)
        return
    by_object: dict[str, list[FactSide]] = {}
    for side in sides:
        by_object.setdefault(_object_block(side.statement.object), []).append(side)
    for _, group in sorted(by_object.items()):
        yield from combinations(group, 2) if len(group) <= ALL_PAIRS_LIMIT else _near_pairs(group, traits)


def _object_block(key: str | None) -> str:
    return key if key is not None and is_entity(key) else ""


def _near_pairs(group: list[FactSide], traits: Traits) -> Iterator[tuple[FactSide, FactSide]]:
    """Yield the pairs whose times are no further apart than a statement of the predicate holds."""
    ordered = sorted(group, key=lambda side: (side.statement.period.as_of or date.max, side.fact_id))
    for position, one in enumerate(ordered):
        for other in ordered[position + 1 :]:
            days = one.statement.period.distance_in_days(other.statement.period)
            if days is not None and days > max(traits.persist_days, traits.same_days):
                break
            yield one, other


def _reduce_updates(relations: Iterable[Relation]) -> list[Relation]:
    """Return the relations without updates that a chain of other updates already tells."""
    kept = list(relations)
    following: dict[str, set[str]] = {}
    for relation in kept:
        if relation.relation == "updates":
            following.setdefault(relation.fact_id, set()).add(relation.related_fact_id)
    return [
        relation
        for relation in kept
        if relation.relation != "updates"
        or not any(
            relation.related_fact_id in following.get(between, ())
            for between in following[relation.fact_id]
            if between != relation.related_fact_id
        )
    ]
