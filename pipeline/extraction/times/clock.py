"""What a time expression is counted from: the publication date, and the years that the text itself gives to months.

Belongs here: choosing the year of a month, the week of a weekday, the year of a quarter. Does not belong here: how any
of them is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.extraction.quantities.dates import CalendarDate
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.times.periods import UNKNOWN, Period, of_day, of_months, of_quarter, shift
from pipeline.extraction.times.vocabulary import TIMES

Tense = Literal["ahead", "behind", "open"]
_REACH = 9
_BREAKS = frozenset(".;!?:")
_QUOTES = frozenset("\"”’'")


@dataclass(frozen=True, slots=True)
class Clock:
    """The publication date if it is known; else `month_years`, where the text dates a month in exactly one year."""

    published_on: date | None
    month_years: Mapping[int, int] = field(default_factory=dict[int, int])

    def resolve_date(self, parts: CalendarDate, tense: Tense) -> Period:
        """Return the day, days or month that is written, with the year that the text or the publication date gives."""
        year = parts.year if parts.year is not None else self.year_of(parts.month, parts.day, tense)
        if year is None:
            return UNKNOWN
        if parts.day is None:
            return of_months(year, parts.month)
        try:
            first = date(year, parts.month, parts.day)
            last = first if parts.last_day is None else date(year, parts.month, parts.last_day)
        except ValueError:
            return UNKNOWN
        return Period(first, last, "day")

    def year_of(self, month: int, day: int | None, tense: Tense) -> int | None:
        """Return the year of a month or day without one.

        It is the latest that has begun, unless the words before look ahead and it comes within `far_future_days`, or
        nothing says that it is over and it comes within `near_future_days`. Without a publication date it is the one
        year in which the text dates that month.
        """
        today = self.published_on
        if today is None:
            return self.month_years.get(month)
        begins = _first_day(today.year, month, day)
        if begins is None:
            return today.year
        if begins <= today:
            again = _first_day(today.year + 1, month, day)
            is_due = again is not None and (again - today).days <= TIMES.limits.far_future_days
            return today.year + 1 if tense == "ahead" and is_due else today.year
        is_near = (begins - today).days <= TIMES.limits.near_future_days
        return today.year if tense == "ahead" or (tense == "open" and is_near) else today.year - 1

    def resolve_weekday(self, weekday: int, tense: Tense) -> Period:
        """Return the latest such day up to publication, or the first from then on if the words before look ahead."""
        today = self.published_on
        if today is None:
            return UNKNOWN
        back = (today.weekday() - weekday) % 7
        return of_day(shift(today, -back if tense != "ahead" or back == 0 else 7 - back, "day"))

    def resolve_quarter(self, quarter: int, tense: Tense) -> Period:
        """Return the latest calendar quarter of that number to have begun; if the words before look ahead, the next."""
        today = self.published_on
        if today is None:
            return UNKNOWN
        period = of_quarter(today.year, quarter)
        has_begun = period.start is not None and period.start <= today
        is_over = period.end is not None and period.end < today
        if tense == "ahead":
            return of_quarter(today.year + 1, quarter) if is_over else period
        return period if has_begun else of_quarter(today.year - 1, quarter)


def _first_day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def read_tense(tokens: Tokens, i: int) -> Tense:
    """Return whether the words before token `i`, within its clause, look ahead or back; the nearest decides."""
    if tokens.lows[i - 1] in TIMES.words.deadline:
        return "behind" if tokens.lows[i - 2] in TIMES.words.behind else "ahead"
    for at in range(i - 1, max(i - 1 - _REACH, -1), -1):
        low = tokens.lows[at]
        if low in TIMES.words.ahead:
            return "ahead"
        if low in TIMES.words.behind or (low.endswith("ed") and len(low) > 4):
            return "behind"
        if low in _BREAKS and (not tokens.is_glued(at + 1) or tokens.words[at + 1] in _QUOTES):
            return "open"
        if tokens.starts_line(at):
            return "open"
    return "open"
