"""Stretches of calendar time and their arithmetic: years, quarters, months, weeks (Monday to Sunday), days.

Belongs here: dates alone, no text. Every function returns inclusive ends, or `UNKNOWN` where the calendar ends.
"""

import calendar
from datetime import date
from typing import Literal, NamedTuple

from pipeline.tables import EventPrecision

Unit = Literal["day", "week", "fortnight", "month", "quarter", "year", "decade", "century"]


UNITS: dict[str, Unit] = {
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "fortnight": "fortnight",
    "month": "month",
    "months": "month",
    "quarter": "quarter",
    "quarters": "quarter",
    "year": "year",
    "years": "year",
    "decade": "decade",
    "decades": "decade",
    "century": "century",
}
"""Words for units, to the unit."""


class Period(NamedTuple):
    """From `start` to `end`, both inclusive; an end that is open or not known is None."""

    start: date | None
    end: date | None
    precision: EventPrecision


UNKNOWN = Period(None, None, "none")
_MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN: dict[str, int] = {"day": 1, "week": 7, "fortnight": 14}


def of_day(day: date) -> Period:
    """Return the one day."""
    return Period(day, day, "day")


def of_months(year: int, month: int, count: int = 1) -> Period:
    """Return `count` whole months from `month` of `year` on; months beyond December run into the next year."""
    first, last = year * 12 + month - 1, year * 12 + month - 2 + count
    if not (date.min.year < first // 12 and last // 12 < date.max.year):
        return UNKNOWN
    end_year, end_month = last // 12, last % 12 + 1
    precision: EventPrecision = "month" if count == 1 else "quarter" if count < 12 else "year"
    return Period(
        date(first // 12, first % 12 + 1, 1),
        date(end_year, end_month, calendar.monthrange(end_year, end_month)[1]),
        precision,
    )


def of_year(year: int) -> Period:
    """Return the calendar year."""
    return of_months(year, 1, 12)


def of_quarter(year: int, quarter: int) -> Period:
    """Return the calendar quarter, 1 to 4."""
    return of_months(year, quarter * 3 - 2, 3)


def of_week(day: date, weeks: int = 0) -> Period:
    """Return the week, Monday to Sunday, that lies `weeks` after that of `day`."""
    monday = shift(day, -day.weekday() + 7 * weeks, "day")
    return Period(monday, shift(monday, 6, "day"), "day")


def around(day: date, unit: Unit, offset: int) -> Period:
    """Return the calendar unit that lies `offset` units after the one around `day`."""
    if unit == "day":
        return of_day(shift(day, offset, "day"))
    if unit == "week":
        return of_week(day, offset)
    if unit == "fortnight":
        return UNKNOWN
    if unit == "decade":
        return of_months(day.year // 10 * 10 + 10 * offset, 1, 120)
    if unit == "century":
        return UNKNOWN
    size = _MONTHS_IN[unit]
    first = (day.year * 12 + day.month - 1) // size * size + size * offset
    return of_months(first // 12, first % 12 + 1, size)


def shift(day: date, count: int, unit: Unit) -> date:
    """Return the date `count` units after `day`, the last of the month where the day does not exist there.

    Stops at the ends of the calendar.
    """
    if unit in _DAYS_IN:
        ordinal = day.toordinal() + count * _DAYS_IN[unit]
        return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
    months = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
    months = min(max(months, 12), date.max.year * 12 + 11)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shift_years(period: Period, years: int) -> Period:
    """Return the same stretch of the calendar in another year."""
    start = shift(period.start, years, "year") if period.start else None
    end = shift(period.end, years, "year") if period.end else None
    if end is not None and period.precision != "day":
        end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    return Period(start, end, period.precision)


def precision_of(unit: Unit) -> EventPrecision:
    """Return the precision at which a count of units is stated."""
    if unit in _DAYS_IN:
        return "day"
    return "month" if unit == "month" else "quarter" if unit == "quarter" else "year"
