"""Which facts are held against each other: those of one predicate (or its mirror) and one subject.

What belongs here: reading facts into the form that relations compare, choosing pairs without comparing all with all,
and reducing chains of updates. What does not: the rules of a pair (`relations`).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, groupby
from typing import NamedTuple

import polars as pl

from pipeline.resolution.relations import FactSide, Relation, relate_pair
from pipeline.resolution.statements import ENTITY_PREFIX, StatementRow, is_entity, read_statement
from pipeline.resolution.traits import Traits, predicate_traits

ALL_PAIRS_LIMIT = 60
"""Facts of the same parties that are all compared; of more, only those that are of one time or follow on each other."""

_KINDS_COMPARED = ("event", "state", "flow", "link")
_KEYS = ("matter", "party")


class _SideRow(NamedTuple):
    """What a fact tells beside its leading claim."""

    fact_id: str
    side: str
    mood: str
    is_denial: bool
    direction: str | None
    value_kind: str | None
    unit_key: str | None
    subject_name: str
    object_name: str | None
    scopes: list[str]
    speakers: list[str]


def relate_facts(leaders: pl.DataFrame, linked: pl.DataFrame, names: pl.DataFrame) -> list[Relation]:
    """Return the relations between facts, sorted.

    `leaders` are the prepared leading claims of all facts and `linked` all prepared claims, both with their fact_id;
    `names` are entity_id and name.
    """
    found: set[Relation] = set()
    width = len(_KEYS) + len(_SideRow._fields)
    rows = _describe_sides(_choose_compared(leaders), linked, names).iter_rows()
    for (matter, _), group in groupby(rows, key=lambda row: row[: len(_KEYS)]):
        traits = predicate_traits().of(matter)
        sides = [_read_side(_SideRow(*row[len(_KEYS) : width]), StatementRow(*row[width:]), traits) for row in group]
        for one, other in _pairs(sides, traits):
            found.update(relate_pair(one, other, traits))
    return sorted(_reduce_updates(found))


def _choose_compared(leaders: pl.DataFrame) -> pl.DataFrame:
    """Return the facts that share their matter and party with another. Columns: those of `leaders`, _KEYS, and the
    parties as they were, `named_subject` and `named_object`.

    A predicate that says the same as another from the other side is turned round to that.
    """
    is_known = pl.col("subject").str.starts_with(ENTITY_PREFIX)
    is_mirrored = pl.col("mirror").is_not_null() & pl.col("object").str.starts_with(ENTITY_PREFIX).fill_null(
        value=False
    )
    matters = (
        leaders.filter(is_known)
        .join(_comparable(leaders), on="predicate")
        .with_columns(
            named_subject="subject",
            named_object="object",
            matter=pl.when(is_mirrored).then("mirror").otherwise("predicate"),
            party=pl.when(is_mirrored).then("object").otherwise("subject"),
            object=pl.when(is_mirrored).then("subject").otherwise("object"),
        )
    )
    return matters.filter(pl.len().over(_KEYS) > 1)


def _describe_sides(compared: pl.DataFrame, linked: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return the facts by matter and party. Columns: _KEYS, those of _SideRow, those of StatementRow.

    A fact stands as its leading claim, under its own identifier and with the day of its first report.
    """
    support = (
        linked.join(compared.select("fact_id"), on="fact_id", how="semi")
        .group_by("fact_id")
        .agg(
            first_reported_on=pl.col("published_on").min(),
            is_denial=(pl.col("stance") == "denies").any(),
            scopes=pl.col("scope").unique().sort(),
            speakers=pl.coalesce("speaker_entity_id", "speaker_text").drop_nulls().unique().sort(),
        )
    )
    return (
        compared.join(support, on="fact_id")
        .join(names.select(named_subject="entity_id", subject_name="name"), on="named_subject", how="left")
        .join(names.select(named_object="entity_id", entity_name="name"), on="named_object", how="left")
        .with_columns(
            object_name=pl.coalesce("entity_name", "object_text"), claim_id="fact_id", published_on="first_reported_on"
        )
        .sort(*_KEYS, "fact_id")
        .select(*_KEYS, *_SideRow._fields, *StatementRow._fields)
    )


def _comparable(facts: pl.DataFrame) -> pl.DataFrame:
    traits = predicate_traits()
    named = [(name, traits.of(name)) for name in facts["predicate"].unique().sort().to_list()]
    rows = [(name, found.mirror) for name, found in named if found.kind in _KINDS_COMPARED]
    return pl.DataFrame(rows, schema={"predicate": pl.String, "mirror": pl.String}, orient="row")


def _read_side(row: _SideRow, leading: StatementRow, traits: Traits) -> FactSide:
    parties = " → ".join(name for name in (row.subject_name, row.object_name) if name)
    return FactSide(
        statement=read_statement(leading, traits),
        predicate=leading.predicate,
        side=row.side,
        mood=row.mood,
        is_denial=row.is_denial,
        direction=row.direction,
        kind=f"{row.value_kind} {row.unit_key}",
        scopes=frozenset(row.scopes),
        speakers=frozenset(row.speakers),
        label=f"{leading.predicate} ({parties})",
        value=" ".join(part for part in (row.direction, leading.value_text) if part) or None,
    )


def _pairs(sides: list[FactSide], traits: Traits) -> Iterator[tuple[FactSide, FactSide]]:
    """Yield the pairs that name the same other party, or may do so."""
    by_object: dict[str, list[FactSide]] = {}
    for side in sides:
        by_object.setdefault(_object_block(side.statement.object), []).append(side)
    unnamed = [side for side in by_object.get("", ()) if side.statement.object is None and side.has_value]
    for block, group in sorted(by_object.items()):
        yield from combinations(group, 2) if len(group) <= ALL_PAIRS_LIMIT else _near_pairs(group, traits)
        if block and len(unnamed) <= ALL_PAIRS_LIMIT:
            yield from ((one, other) for one in unnamed for other in group if other.has_value)


def _object_block(key: str | None) -> str:
    return key if key is not None and is_entity(key) else ""


def _near_pairs(group: list[FactSide], traits: Traits) -> Iterator[tuple[FactSide, FactSide]]:
    """Yield each fact with those of the same time, and with those of the next time after it that has any."""
    ordered = sorted(group, key=lambda side: (side.statement.period.as_of or date.max, side.fact_id))
    for position, one in enumerate(ordered):
        following: date | None = None
        for other in ordered[position + 1 :]:
            days = one.statement.period.distance_in_days(other.statement.period)
            if days is not None and days > traits.same_days:
                following = following or other.statement.period.as_of
                if days > traits.persist_days or other.statement.period.as_of != following:
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
