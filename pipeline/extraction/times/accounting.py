"""Reading reporting periods that are named by their end: "the three months to December", "quarter ended Sept. 30".

Belongs here: counting back from the end. The end itself is read as any date.
"""

from pipeline.extraction.quantities.numerals import read_numeral
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.times.absolute import read_date_or_month
from pipeline.extraction.times.clock import Clock
from pipeline.extraction.times.periods import UNKNOWN, Period, of_months, of_week, precision_of, shift
from pipeline.extraction.times.readings import Reading

_HYPHENS = frozenset("-‐‑")
_MONTHS_IN = {"month": 1, "months": 1, "quarter": 3, "quarters": 3, "half": 6, "year": 12, "years": 12}
_DAYS_IN = {"week": 7, "weeks": 7, "day": 1, "days": 1}
_ENDINGS = frozenset({"ended", "ending", "to", "through", "until"})


def read_reporting_period(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the reporting period at `i`, a number or a unit; its year is that of its end, else as the clock says.

    The end of a past period lies before publication, so a month without a year is read as over.
    """
    counted = _count_at(tokens, i)
    if counted is None:
        return None
    count, unit, at = counted
    if tokens.words[at] in _HYPHENS and tokens.lows[at + 1] == "year":
        at += 2
    if tokens.lows[at] in ("period", "term"):
        at += 1
    if tokens.lows[at] in ("that", "which"):
        at += 1
    if tokens.lows[at] not in _ENDINGS:
        return None
    at += 1
    while tokens.lows[at] in ("in", "on", "at", "the", "end", "of", "late", "mid", "-"):
        at += 1
    end = read_date_or_month(tokens, at, clock)
    if end is None or end.parts is None:
        return None
    past = end.period
    if end.parts.year is None:
        past = clock.resolve_date(end.parts, "behind")
    return Reading(i, end.end, _back_from(past, count, unit))


def read_week_of(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the week, Monday to Sunday, of the day after "week" `i`: "week of Nov. 18", "week starting February 4"."""
    at = i + 1
    if tokens.lows[at] not in ("of", "starting", "beginning", "commencing"):
        return None
    at += 1
    while tokens.lows[at] in ("on", "the"):
        at += 1
    day = read_date_or_month(tokens, at, clock)
    if day is None or day.parts is None or day.parts.day is None:
        return None
    return Reading(i, day.end, UNKNOWN if day.period.start is None else of_week(day.period.start))


def _count_at(tokens: Tokens, i: int) -> tuple[int, str, int] | None:
    """Return how many of which unit stand at `i`, and where they end."""
    low = tokens.lows[i]
    if low in ("year", "quarter", "half", "week"):
        return 1, low, i + 1
    numeral = read_numeral(tokens, i)
    if numeral is None or numeral.value != int(numeral.value) or not 0 < numeral.value <= 60:
        return None
    at = numeral.end + 1 if tokens.words[numeral.end] in _HYPHENS else numeral.end
    unit = tokens.lows[at]
    return (int(numeral.value), unit, at + 1) if unit in _MONTHS_IN or unit in _DAYS_IN else None


def _back_from(end: Period, count: int, unit: str) -> Period:
    """Return the period of `count` units that ends with `end`."""
    if end.end is None:
        return UNKNOWN
    if unit in _DAYS_IN:
        return Period(shift(end.end, 1 - count * _DAYS_IN[unit], "day"), end.end, "day")
    months = count * _MONTHS_IN[unit]
    precision = precision_of("month" if months == 1 else "quarter" if months < 12 else "year")
    if end.precision == "day":
        return Period(shift(shift(end.end, 1, "day"), -months, "month"), end.end, precision)
    whole = of_months(end.end.year, end.end.month - months + 1, months)
    return whole._replace(precision=precision)
