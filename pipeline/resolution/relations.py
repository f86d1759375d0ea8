"""How facts relate: which supports, contradicts, updates or denies which, and why, in words.

What belongs here: the rules for a pair of facts about the same parties, and the reasons. What does not: which facts are
compared (`comparison`), and the status that follows (`facts`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.resolution.grouping import EVENT_SLACK_DAYS, bases_agree, objects_agree, periods_agree
from pipeline.resolution.statements import Statement
from pipeline.resolution.traits import Traits
from pipeline.tables import FactRelationKind


class Relation(NamedTuple):
    """One row of fact_relations."""

    fact_id: str
    related_fact_id: str
    relation: FactRelationKind
    reason: str


@dataclass(frozen=True, slots=True)
class FactSide:
    """A fact as relations see it: its leading statement, the scopes and speakers behind it, and how to call it.

    `statement.period.published_on` is the fact's first report; `kind` is what its value counts, and in which
    unit; `label` says what is claimed ("valuation (Moonshot AI)"), `value` how the value and its direction are put.
    """

    statement: Statement
    predicate: str
    side: str
    mood: str
    is_denial: bool
    direction: str | None
    kind: str
    scopes: frozenset[str]
    speakers: frozenset[str]
    label: str
    value: str | None

    @property
    def fact_id(self) -> str:
        """The fact's identifier."""
        return self.statement.key

    @property
    def reported_on(self) -> date | None:
        """When it was first reported."""
        return self.statement.period.published_on

    @property
    def has_value(self) -> bool:
        """Whether it states a value."""
        return self.statement.has_value

    def describe(self) -> str:
        """Return the fact's value and date in words, for a reason."""
        period = self.statement.period
        when = f"for {period.as_of}" if period.is_stated else "undated"
        if period.published_on:
            when = f"{when}, reported {period.published_on}" if period.is_stated else f"reported {period.published_on}"
        return f"{self.value or 'the statement'} ({when})"


def relate_pair(one: FactSide, other: FactSide, traits: Traits) -> Iterator[Relation]:
    """Yield the relations between two facts of the same parties; at most one in each direction."""
    is_other_measure = one.has_value and other.has_value and one.kind != other.kind
    if is_other_measure or not bases_agree(one.statement, other.statement):
        return
    if {one.side, other.side} == {"affirming", "denying"}:
        yield from _relate_sides(one, other, traits)
    elif one.side == other.side == "affirming":
        yield from _relate_affirming(*_by_time(one, other), traits)


def _relate_sides(one: FactSide, other: FactSide, traits: Traits) -> Iterator[Relation]:
    denying, affirming = (one, other) if one.side == "denying" else (other, one)
    if not _is_same_matter(denying, affirming, traits):
        return
    if not denying.is_denial and denying.scopes & affirming.scopes:
        return
    relation: FactRelationKind = "denies" if denying.is_denial else "contradicts"
    verb = "is denied" if denying.is_denial else "is said not to be so"
    yield Relation(
        denying.fact_id,
        affirming.fact_id,
        relation,
        f"{affirming.label}: {affirming.describe()} {verb}, {_reported(denying)}",
    )


def _is_same_matter(denying: FactSide, affirming: FactSide, traits: Traits) -> bool:
    if denying.statement.object != affirming.statement.object:
        return False
    if denying.direction and affirming.direction and denying.direction != affirming.direction:
        return False
    amounts = denying.statement.shared_amounts(affirming.statement)
    if denying.has_value and affirming.has_value and not (amounts and amounts[0].agrees(amounts[1])):
        return False
    days = denying.statement.period.distance_in_days(affirming.statement.period)
    return days is None or days <= traits.persist_days


def _relate_affirming(earlier: FactSide, later: FactSide, traits: Traits) -> Iterator[Relation]:
    if earlier.mood != later.mood:
        yield from _relate_moods(earlier, later, traits)
    elif _is_opposite(earlier, later) or _is_other_value(earlier, later):
        yield from _relate_values(earlier, later, traits)
    else:
        yield from _relate_precision(earlier, later, traits)


def _relate_moods(earlier: FactSide, later: FactSide, traits: Traits) -> Iterator[Relation]:
    """What happened updates what was planned, forecast or thought possible of it, if the report is no older.

    One report may say that a deal is being done where another says that it will be: such reports of one time are held
    against each other like any two.
    """
    if "actual" not in (earlier.mood, later.mood) or not _is_specific(earlier, later):
        return
    actual, other = (later, earlier) if later.mood == "actual" else (earlier, later)
    if traits.kind in ("state", "flow") and not actual.statement.period.equals(other.statement.period):
        return
    if not _is_later(actual, other):
        if traits.kind == "event" and other.mood == "planned" and _is_same_time(earlier, later, traits):
            is_other = _is_other_value(earlier, later)
            yield from (_relate_values if is_other else _relate_precision)(earlier, later, traits)
        return
    days = actual.statement.period.distance_in_days(other.statement.period)
    if days is not None and days <= traits.persist_days:
        yield Relation(
            actual.fact_id,
            other.fact_id,
            "updates",
            f"{actual.label}: {other.mood} as {other.describe()}, since reported as {actual.describe()}",
        )


def _relate_values(earlier: FactSide, later: FactSide, traits: Traits) -> Iterator[Relation]:
    """Two values that cannot both be right at one time: the same time is a contradiction, a later one an update."""
    if not _speaks_for_same(earlier, later, traits) or (traits.is_momentary and _is_of_moment(earlier, later)):
        return
    if _is_same_time(earlier, later, traits):
        if _is_of_one_truth(earlier, later, traits) and not earlier.scopes & later.scopes:
            yield Relation(
                later.fact_id,
                earlier.fact_id,
                "contradicts",
                f"{later.label}: {later.describe()} against {earlier.describe()}; both cannot be right",
            )
    elif _is_update(earlier, later, traits):
        yield Relation(
            later.fact_id,
            earlier.fact_id,
            "updates",
            f"{later.label}: {later.describe()} after {earlier.describe()}",
        )


def _is_of_one_truth(earlier: FactSide, later: FactSide, traits: Traits) -> bool:
    """Return whether only one of two values can be right: of what is so, and of deals also of what is agreed."""
    return {earlier.mood, later.mood} <= ({"actual", "planned"} if traits.kind == "event" else {"actual"})


def _is_same_time(earlier: FactSide, later: FactSide, traits: Traits) -> bool:
    periods = earlier.statement.period, later.statement.period
    reports = _days_between(earlier.reported_on, later.reported_on)
    if periods[0].is_stated and periods[1].is_stated:
        if traits.kind == "flow":
            return periods[0].equals(periods[1]) and (reports is None or reports <= traits.same_days)
        days = periods[0].distance_in_days(periods[1])
        slack = min(traits.same_days, EVENT_SLACK_DAYS)
        return days is not None and days <= slack and (reports is None or reports <= traits.same_days)
    if traits.kind == "flow" and (periods[0].is_stated or periods[1].is_stated):
        return False
    days = periods[0].distance_in_days(periods[1])
    return days is not None and days <= traits.same_days and reports is not None and reports <= traits.same_days


def _is_update(earlier: FactSide, later: FactSide, traits: Traits) -> bool:
    periods = earlier.statement.period, later.statement.period
    if traits.kind == "flow":
        return periods[0].equals(periods[1]) and _is_later(later, earlier)
    if earlier.scopes & later.scopes and not (traits.kind == "state" and periods[0].is_stated):
        return False
    first, second = periods[0].as_of, periods[1].as_of
    if first is None or second is None or first >= second:
        return False
    return traits.kind == "state" or (second - first).days <= traits.persist_days


def _relate_precision(earlier: FactSide, later: FactSide, traits: Traits) -> Iterator[Relation]:
    """The more specific of two facts that can both be right supports the other."""
    for specific, vague in ((earlier, later), (later, earlier)):
        if periods_agree(specific.statement.period, vague.statement.period, traits) and (
            reason := _find_support(specific, vague)
        ):
            yield Relation(specific.fact_id, vague.fact_id, "supports", f"{specific.label}: {reason}")
            return


def _find_support(specific: FactSide, vague: FactSide) -> str | None:
    """Return why one fact supports another that it does not conflict with, or None if it does not."""
    if specific.has_value and not vague.has_value:
        is_same = specific.statement.object == vague.statement.object and not _is_told_otherwise(specific, vague)
        return f"{specific.describe()} is more specific than {vague.describe()}" if is_same else None
    is_mirrored = specific.predicate < vague.predicate
    mirrored = f"says the same from the side of the other party ({vague.label})" if is_mirrored else None
    amounts = specific.statement.shared_amounts(vague.statement)
    if amounts is None:
        is_bare = not specific.has_value and not vague.has_value
        return mirrored if is_bare and specific.statement.object == vague.statement.object else None
    return _find_value_support(specific, vague, mirrored)


def _find_value_support(specific: FactSide, vague: FactSide, mirrored: str | None) -> str | None:
    amounts = specific.statement.shared_amounts(vague.statement)
    if amounts is None or not objects_agree(specific.statement.object, vague.statement.object):
        return None
    if not amounts[0].agrees(amounts[1]):
        is_within = amounts[0].is_within_range_of(amounts[1])
        return f"{specific.describe()} lies within {vague.describe()}" if is_within else None
    if specific.statement.object is not None and vague.statement.object is None:
        return f"{specific.describe()} names the other party, which {vague.describe()} leaves open"
    if specific.mood == "actual" != vague.mood:
        return f"{specific.describe()} is so, as {vague.describe()} is {vague.mood}"
    return mirrored


def _is_told_otherwise(one: FactSide, other: FactSide) -> bool:
    return one.direction is not None and other.direction is not None and one.direction != other.direction


def _is_opposite(one: FactSide, other: FactSide) -> bool:
    """Return whether one tells of a rise and the other of a fall, both with or both without a figure."""
    return _is_told_otherwise(one, other) and one.has_value == other.has_value


def _is_other_value(one: FactSide, other: FactSide) -> bool:
    amounts = one.statement.shared_amounts(other.statement)
    return amounts is not None and not amounts[0].agrees(amounts[1]) and not amounts[0].leaves_room_for(amounts[1])


def _is_specific(one: FactSide, other: FactSide) -> bool:
    """Return whether the two are about one matter: both name the other party, or their values agree."""
    amounts = one.statement.shared_amounts(other.statement)
    agree = amounts is not None and amounts[0].agrees(amounts[1])
    both_name = one.statement.object is not None and one.statement.object == other.statement.object
    return agree or both_name


def _is_of_moment(one: FactSide, other: FactSide) -> bool:
    """Return whether either states what was so while it was written: up to the day of its report, or undated."""
    return any(
        not fact.statement.period.is_stated
        or fact.statement.period.end is None
        or fact.reported_on is None
        or fact.statement.period.end >= fact.reported_on
        for fact in (one, other)
    )


def _speaks_for_same(one: FactSide, other: FactSide, traits: Traits) -> bool:
    """Return whether both facts are about one thing and of one voice, as forecasts must be to replace each other."""
    if traits.needs_object and one.statement.object is None:
        return False
    same_object = one.statement.object == other.statement.object or (
        one.predicate == other.predicate
        and one.statement.object is not None
        and other.statement.object is not None
        and objects_agree(one.statement.object, other.statement.object)
    )
    return same_object and (one.mood != "forecast" or bool(one.speakers & other.speakers))


def _is_later(one: FactSide, other: FactSide) -> bool:
    return one.reported_on is not None and other.reported_on is not None and one.reported_on > other.reported_on


def _by_time(one: FactSide, other: FactSide) -> tuple[FactSide, FactSide]:
    first, second = sorted((one, other), key=_time_order)
    return first, second


def _time_order(fact: FactSide) -> tuple[date, date, str]:
    return (fact.statement.period.as_of or date.max, fact.reported_on or date.max, fact.fact_id)


def _days_between(one: date | None, other: date | None) -> int | None:
    return None if one is None or other is None else abs((one - other).days)


def _reported(fact: FactSide) -> str:
    return f"reported {fact.reported_on}" if fact.reported_on else "in an undated report"
