"""When a statement holds: its stated period, or else the day it was published.

What belongs here: periods and whether two statements can be about the same time. What does not: what a predicate makes
of it (`traits`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

CALENDAR_SLACK = timedelta(days=4)
"""Fiscal and calendar periods of a month or longer differ by this much at either end, shorter ones by less."""

_SLACK_SHARE = 7
"""Weeks, counted from Sunday or Monday, differ by a day; days do not."""


@dataclass(frozen=True, slots=True)
class Period:
    """Stated start and end (either may be open) and the day of publication, each None where unknown."""

    start: date | None
    end: date | None
    published_on: date | None

    @property
    def is_stated(self) -> bool:
        """Whether the text gives a time."""
        return self.start is not None or self.end is not None

    @property
    def as_of(self) -> date | None:
        """The day from which the statement is taken to hold: stated start or end, or else the publication."""
        return self.start or self.end or self.published_on

    def distance_in_days(self, other: "Period") -> int | None:
        """Return the days between the two, 0 where stated periods overlap; None if either time is unknown."""
        if self.is_stated and other.is_stated:
            return _gap(self._first, self._last, other._first, other._last)
        mine, theirs = self._undated_span(), other._undated_span()
        if mine is None or theirs is None:
            return None
        return _gap(*mine, *theirs)

    def day_bounds(self) -> tuple[int, int] | None:
        """Return the first and last day as ordinals, of the stated period or else the publication; None if open."""
        if not self.is_stated:
            day = self.published_on
            return None if day is None else (day.toordinal(), day.toordinal())
        return None if self.start is None or self.end is None else (self.start.toordinal(), self.end.toordinal())

    def equals(self, other: "Period") -> bool:
        """Return whether both state the same period, give or take the slack of calendars."""
        slack = min(CALENDAR_SLACK, self._length / _SLACK_SHARE, other._length / _SLACK_SHARE)
        return (
            self.is_stated
            and other.is_stated
            and _near(self.start, other.start, slack)
            and _near(self.end, other.end, slack)
        )

    @property
    def _length(self) -> timedelta:
        return self._last - self._first

    @property
    def _first(self) -> date:
        return self.start or date.min

    @property
    def _last(self) -> date:
        return self.end or date.max

    def _undated_span(self) -> tuple[date, date] | None:
        if self.is_stated:
            return self._first, self._last
        return None if self.published_on is None else (self.published_on, self.published_on)


def _gap(first: date, last: date, other_first: date, other_last: date) -> int:
    if first <= other_last and other_first <= last:
        return 0
    return (other_first - last).days if last < other_first else (first - other_last).days


def _near(one: date | None, other: date | None, slack: timedelta) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= slack
