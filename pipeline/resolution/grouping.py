"""Which claims of one block make one fact.

Each fact has a leader, its most precise claim; a claim joins the leader that it agrees with best, else leads a fact of
its own. Claims are taken in an order of their own, by precision and then content, so the order of input has no say, and
since each is compared to leaders alone, agreement does not creep from claim to claim (leader clustering, Hartigan
1975).
What belongs here: that algorithm and what agreement means. What does not: reading claims (`statements`).
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from pipeline.resolution.amounts import OWN_SHARE
from pipeline.resolution.periods import Period
from pipeline.resolution.statements import Statement, is_entity
from pipeline.resolution.traits import Traits, is_measure, measures_agree

PARTY_OVERLAP = 0.5
SPEECH_OVERLAP = 0.8
MIN_SPEECH_WORDS = 4
SHINGLE_WORDS = 3
EVENT_SLACK_DAYS = 2

MAX_CELLS = 40
COMMON_RUN = 50
"""A run of words that so many different statements have in common says nothing about which of them is meant."""

_FAR = 10**6
_EXACT = 1e-9
_TINY = 1e-9
_MAGNITUDE_STEP = math.log(1.06)
_ZERO_MAGNITUDE = math.floor(math.log(_TINY) / _MAGNITUDE_STEP)


def group_statements(statements: Iterable[Statement], traits: Traits) -> dict[str, str]:
    """Return the key of its leader for the key of each statement; all statements are of one block."""
    if traits.object == "content":
        return _group_speech(statements, traits)
    return _group_values(statements, traits)


@dataclass(slots=True)
class _Group:
    """A fact in the making: its leader, and the values that each scope states for it."""

    leader: Statement
    values: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def add(self, statement: Statement) -> None:
        for amount in statement.amounts.values():
            self.values.setdefault(statement.scope, []).append(amount.value)

    def accepts(self, statement: Statement, traits: Traits) -> bool:
        return (
            _names_fit(self.leader, statement)
            and _amounts_agree(self.leader, statement)
            and bases_agree(self.leader, statement)
            and periods_agree(self.leader.period, statement.period, traits)
            and self._is_not_told_apart(statement)
        )

    def _is_not_told_apart(self, statement: Statement) -> bool:
        """An article that gives two figures means two things, unless one is plainly the other, rounded."""
        stated = self.values.get(statement.scope)
        if not stated:
            return True
        return all(
            any(abs(amount.value - value) <= OWN_SHARE * abs(value) for value in stated)
            for amount in statement.amounts.values()
        )


class _LeaderIndex:
    """Finds the groups whose leader may agree with a statement in value and time, without looking at all.

    Leaders stand in cells of a grid of currency, magnitude and time, one for each that they reach with their tolerance.
    """

    def __init__(self, traits: Traits) -> None:
        self._reach = max(traits.persist_days, traits.same_days, EVENT_SLACK_DAYS) + 1
        self._by_cell: dict[tuple[str, int, int | None], list[int]] = {}
        self._by_magnitude: dict[tuple[str, int], list[int]] = {}

    def add(self, statement: Statement, position: int) -> None:
        times = self._times(statement.period, self._reach)
        for currency, magnitude in _magnitudes(statement):
            self._by_magnitude.setdefault((currency, magnitude), []).append(position)
            for time in times or (None,):
                self._by_cell.setdefault((currency, magnitude, time), []).append(position)

    def near(self, statement: Statement) -> list[int]:
        times = self._times(statement.period, 0)
        found: set[int] = set()
        for currency, magnitude in _magnitudes(statement):
            if not times:
                found.update(self._by_magnitude.get((currency, magnitude), ()))
            for time in (*times, None) if times else ():
                found.update(self._by_cell.get((currency, magnitude, time), ()))
        return sorted(found)

    def _times(self, period: Period, margin: int) -> range:
        """Return the time cells of a period and the margin around it; empty if it is unknown, open or very long."""
        bounds = period.day_bounds()
        if bounds is None:
            return range(0)
        first, last = (bounds[0] - margin) // self._reach, (bounds[1] + margin) // self._reach
        return range(first, last + 1) if last - first < MAX_CELLS else range(0)


def _magnitudes(statement: Statement) -> Iterator[tuple[str, int]]:
    """Yield the currencies of a statement with the magnitudes, in steps of a few percent, that its amounts reach."""
    if not statement.amounts:
        yield "", 0
    for currency, amount in statement.amounts.items():
        first, last = sorted((abs(amount.value - amount.below), abs(amount.value + amount.above)))
        for magnitude in range(_magnitude(first * (1 - _EXACT)), _magnitude(last * (1 + _EXACT)) + 1):
            yield currency, magnitude


def _magnitude(size: float) -> int:
    return math.floor(math.log(size) / _MAGNITUDE_STEP) if size > _TINY else _ZERO_MAGNITUDE


def _group_values(statements: Iterable[Statement], traits: Traits) -> dict[str, str]:
    groups: list[_Group] = []
    index = _LeaderIndex(traits)
    leaders: dict[str, str] = {}
    for statement in sorted(statements, key=_by_precision):
        near = (groups[position] for position in index.near(statement))
        accepting = [group for group in near if group.accepts(statement, traits)]
        group = _choose(accepting, statement)
        if group is None:
            group = _Group(statement)
            index.add(statement, len(groups))
            groups.append(group)
        group.add(statement)
        leaders[statement.key] = group.leader.key
    return leaders


def _by_precision(statement: Statement) -> tuple[object, ...]:
    """Sort what can lead first: it names the other party, a time, both of two currencies, and a precise value."""
    own = statement.amounts.get(statement.currency)
    return (
        statement.object is None,
        not statement.period.is_stated,
        -len(statement.amounts),
        own.tolerance if own else 0.0,
        own.value if own else 0.0,
        statement.period.as_of or date.max,
        statement.object or "",
        statement.key,
    )


def _choose(accepting: list[_Group], statement: Statement) -> _Group | None:
    """Return the group that fits best; None also where the statement names no object and several would fit."""
    if statement.object is None and len({group.leader.object for group in accepting if group.leader.object}) > 1:
        accepting = [group for group in accepting if group.leader.object is None]
    return min(accepting, key=lambda group: _distance(group.leader, statement), default=None)


def _distance(leader: Statement, statement: Statement) -> tuple[object, ...]:
    days = leader.period.distance_in_days(statement.period)
    amounts = leader.shared_amounts(statement)
    difference = abs(amounts[0].value - amounts[1].value) if amounts else 0.0
    return (leader.object != statement.object, _FAR if days is None else days, difference, leader.key)


def _names_fit(leader: Statement, statement: Statement) -> bool:
    """Return whether the objects can be the same; for an unnamed measure the value must be precise to tell it."""
    if leader.object is not None and statement.object is None and is_measure(leader.object):
        return any(amount.is_telling for amount in statement.amounts.values())
    return objects_agree(leader.object, statement.object)


def objects_agree(one: str | None, other: str | None) -> bool:
    """Return whether two objects can be the same: none named, the same entity or measure, or much the same words."""
    if one is None or other is None or one == other:
        return True
    if is_entity(one) or is_entity(other):
        return False
    if is_measure(one) or is_measure(other):
        return measures_agree(one, other)
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= PARTY_OVERLAP * min(len(words), len(others))


def periods_agree(one: Period, other: Period, traits: Traits) -> bool:
    """Return whether two statements of the same can be about the same time, given how long the predicate's hold."""
    days = one.distance_in_days(other)
    if days is None:
        return True
    if one.is_stated and other.is_stated:
        if traits.kind == "flow":
            return one.equals(other)
        return days <= (traits.persist_days if traits.kind == "state" else EVENT_SLACK_DAYS)
    if traits.kind == "flow" and not one.is_stated and not other.is_stated:
        return days <= traits.same_days
    return days <= traits.persist_days


def bases_agree(one: Statement, other: Statement) -> bool:
    """Return whether two changes can be measured against the same (a year ago, a quarter ago)."""
    return one.basis is None or other.basis is None or one.basis == other.basis


def _amounts_agree(one: Statement, other: Statement) -> bool:
    if not one.has_value and not other.has_value:
        return True
    amounts = one.shared_amounts(other)
    return amounts is not None and amounts[0].agrees(amounts[1])


def _group_speech(statements: Iterable[Statement], traits: Traits) -> dict[str, str]:
    """Group words said: the longest version leads, found by shared runs of words."""
    led: list[Statement] = []
    by_run: dict[tuple[str, ...], list[int]] = {}
    leaders: dict[str, str] = {}
    for statement in sorted(statements, key=_by_length):
        runs = _runs(statement.words)
        near = sorted({position for run in runs for position in by_run.get(run, ())})
        agreeing = [
            position
            for position in near
            if _words_agree(led[position].words, statement.words)
            and periods_agree(led[position].period, statement.period, traits)
        ]
        if agreeing:
            best = min(agreeing, key=lambda position: (-_common(led[position].words, statement.words), position))
            leaders[statement.key] = led[best].key
            continue
        for run in runs:
            bearers = by_run.setdefault(run, [])
            if len(bearers) < COMMON_RUN:
                bearers.append(len(led))
        led.append(statement)
        leaders[statement.key] = statement.key
    return leaders


def _by_length(statement: Statement) -> tuple[object, ...]:
    return (-len(statement.words), statement.words, statement.period.as_of or date.max, statement.key)


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    if len(words) < MIN_SPEECH_WORDS:
        return {words}
    return {words[at : at + SHINGLE_WORDS] for at in range(len(words) - SHINGLE_WORDS + 1)}


def _words_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if min(len(one), len(other)) < MIN_SPEECH_WORDS:
        return one == other
    return _common(one, other) >= SPEECH_OVERLAP * min(len(set(one)), len(set(other)))


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return len(set(one) & set(other))
