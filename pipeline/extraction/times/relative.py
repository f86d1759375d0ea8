"""Reading times that count from the day of publication: "Tuesday", "last week", "two years ago", "the past decade".

Belongs here: deictic words and units. Does not belong here: calendar names, and prepositions that open an end.
"""

from datetime import date

from pipeline.extraction.quantities.dates import MONTHS
from pipeline.extraction.quantities.numerals import read_numeral
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import NUMBERS
from pipeline.extraction.times.absolute import read_date_or_month
from pipeline.extraction.times.clock import Clock, read_tense
from pipeline.extraction.times.periods import (
    UNITS,
    UNKNOWN,
    Period,
    Unit,
    around,
    of_day,
    of_months,
    of_week,
    precision_of,
    shift,
)
from pipeline.extraction.times.readings import Reading
from pipeline.extraction.times.vocabulary import TIMES

_HYPHENS = frozenset("-‐‑")
_LAST, _MOST_IN_MONTH = -1, 5


def read_weekday(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the weekday at `i`, or the date that it begins ("Tuesday, Nov. 19")."""
    dated = read_date_or_month(tokens, i, clock)
    if dated is not None:
        return dated
    low = tokens.lows[i]
    if low not in TIMES.weekdays or not tokens.words[i][0].isupper() or _is_weekday_name(tokens, i):
        return None
    end = i + 1
    if tokens.lows[end].removesuffix("s") in TIMES.words.parts_of_day:
        if tokens.lows[end].endswith("s"):
            return None
        end += 1
    ordinal = _ordinal_day(tokens, end)
    if ordinal is not None:
        return Reading(i, ordinal[1], _weekday_on(clock, TIMES.weekdays[low], ordinal[0]))
    at = end + 1 if tokens.lows[end] == "of" else end
    if tokens.lows[at] in ("last", "next", "this") and tokens.lows[at + 1] == "week":
        return Reading(i, at + 2, _weekday_of_week(clock, TIMES.weekdays[low], TIMES.deictics[tokens.lows[at]]))
    return Reading(i, end, clock.resolve_weekday(TIMES.weekdays[low], read_tense(tokens, i)), is_weekday=True)


def _ordinal_day(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Return the day of the month at `i` ("the 21st") and where it ends."""
    number = tokens.words[i + 1]
    if tokens.lows[i] != "the" or not number.isdecimal() or tokens.lows[i + 2] not in ("st", "nd", "rd", "th"):
        return None
    return int(number), i + 3


def _weekday_on(clock: Clock, weekday: int, day: int) -> Period:
    """Return the day of the month nearest to publication that falls on that weekday."""
    today = clock.published_on
    if today is None:
        return UNKNOWN
    near = (shift(today, step * sign, "day") for step in range(200) for sign in (-1, 1))
    return next((of_day(one) for one in near if one.day == day and one.weekday() == weekday), UNKNOWN)


def read_nth_weekday(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "the second Monday of May" at the ordinal `i`; also "the last Friday in November 2018"."""
    low, at = tokens.lows[i], i + 3
    number = _LAST if low == "last" else int(NUMBERS.ordinals.get(low, 0))
    weekday = TIMES.weekdays.get(tokens.lows[i + 1])
    if weekday is None or not _LAST <= number <= _MOST_IN_MONTH or tokens.lows[i + 2] not in ("of", "in"):
        return None
    month = read_deictic(tokens, at, clock) if tokens.lows[at] in TIMES.deictics else None
    month = month or read_date_or_month(tokens, at, clock)
    if month is None or month.period.precision != "month" or month.period.start is None or month.period.end is None:
        return None
    first, last = month.period.start, month.period.end
    if number == _LAST:
        day = shift(last, -((last.weekday() - weekday) % 7), "day")
    else:
        day = shift(first, (weekday - first.weekday()) % 7 + 7 * (number - 1), "day")
    return Reading(i, month.end, of_day(day)) if number and day <= last else None


def _is_weekday_name(tokens: Tokens, i: int) -> bool:
    return tokens.lows[i - 1] in TIMES.words.before_weekday_names or (
        tokens.lows[i + 1] in TIMES.words.after_weekday_names and tokens.words[i + 1][:1].isupper()
    )


def _weekday_of_week(clock: Clock, weekday: int, weeks: int) -> Period:
    if clock.published_on is None:
        return UNKNOWN
    monday = of_week(clock.published_on, weeks).start
    return UNKNOWN if monday is None else of_day(shift(monday, weekday, "day"))


def read_day(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "today", "yesterday", "tonight", "now" at `i`, and the days before and after them."""
    low = tokens.lows[i]
    offset, start = TIMES.days[low], i
    if low == "yesterday" and tokens.lows[i - 3 : i] == ["the", "day", "before"]:
        offset, start = -2, i - 3
    if low == "tomorrow" and tokens.lows[i - 3 : i] == ["the", "day", "after"]:
        offset, start = 2, i - 3
    if low == "now" and (
        tokens.lows[i - 1] in ("until", "right", "for", "from", "by", "even", "just") or tokens.lows[i + 1] == "that"
    ):
        return None
    end = i + 1
    if tokens.lows[end] in TIMES.words.parts_of_day:
        end += 1
    today = clock.published_on
    return Reading(start, end, UNKNOWN if today is None else of_day(shift(today, offset, "day")))


def read_deictic(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "last week", "this Friday", "next two years", "the past decade", "last summer" at `i`."""
    low = tokens.lows[i]
    offset = TIMES.deictics[low]
    at = i + 1
    if tokens.words[at] in _HYPHENS:
        at += 1
    target = tokens.lows[at]
    if tokens.lows[i - 1] == "the" and tokens.lows[at + 1] == "of":
        return None
    if target in UNITS and not target.endswith("s"):
        return Reading(i, at + 1, _unit_period(tokens, i, clock, UNITS[target], offset))
    if target in ("weekend", "weekends") and low in ("this", "last", "next", "past", "coming"):
        return Reading(i, at + 1, _weekend(tokens, i, clock, low))
    if target in TIMES.weekdays and tokens.words[at][:1].isupper():
        return Reading(i, at + 1, _deictic_weekday(clock, TIMES.weekdays[target], low))
    if target in MONTHS and (tokens.words[at][:1].isupper() or target not in ("may", "march")):
        return Reading(i, at + 1, _deictic_month(clock, MONTHS[target], low))
    if target in TIMES.seasons:
        return Reading(i, at + 1, _deictic_season(clock, TIMES.seasons[target], low))
    if target in TIMES.words.parts_of_day and low in ("this", "last"):
        return Reading(i, at + 1, _day_or_unknown(clock, -1 if low == "last" else 0))
    if low in TIMES.words.backward or low in TIMES.words.forward:
        return _read_units_around(tokens, i, at, clock, 1 if low in TIMES.words.forward else -1)
    return None


def _day_or_unknown(clock: Clock, offset: int) -> Period:
    return UNKNOWN if clock.published_on is None else of_day(shift(clock.published_on, offset, "day"))


def _unit_period(tokens: Tokens, i: int, clock: Clock, unit: Unit, offset: int) -> Period:
    """Return the calendar unit, or the span of one unit up to publication or from then on ("over the last year")."""
    if clock.published_on is None:
        return UNKNOWN
    before = tokens.lows[i - 2] if tokens.lows[i - 1] == "the" else ""
    low = tokens.lows[i]
    is_rolling = (
        low == "past"
        or unit in ("decade", "fortnight", "century")
        or (before in TIMES.words.rolling and low in ("last", "next", "coming"))
    )
    if is_rolling and offset:
        return _rolling(clock.published_on, unit, offset)
    return around(clock.published_on, unit, offset)


def _rolling(today: date, unit: Unit, count: int) -> Period:
    """Return the span of `count` units that ends today, or if positive begins today."""
    other = shift(today, count, unit)
    return Period(min(today, other), max(today, other), precision_of(unit))


def _read_units_around(tokens: Tokens, i: int, at: int, clock: Clock, sign: int) -> Reading | None:
    """Return "past two years" at `i`, the number at `at`; undated where the number is vague."""
    if tokens.lows[at] in TIMES.words.vague_numbers:
        unit_at = at + 2 if tokens.lows[at + 1] == "of" else at + 1
        return Reading(i, unit_at + 1, UNKNOWN) if tokens.lows[unit_at] in UNITS else None
    if tokens.lows[at] in UNITS:
        return Reading(i, at + 1, UNKNOWN)
    numeral = read_numeral(tokens, at)
    if numeral is None or numeral.value != int(numeral.value) or not 0 < numeral.value <= 1000:
        return None
    unit_at = (
        numeral.end + 1
        if tokens.words[numeral.end] in _HYPHENS or tokens.lows[numeral.end] in ("full", "consecutive", "straight")
        else numeral.end
    )
    unit = UNITS.get(tokens.lows[unit_at])
    if unit is None:
        return None
    period = UNKNOWN if clock.published_on is None else _rolling(clock.published_on, unit, sign * int(numeral.value))
    return Reading(i, unit_at + 1, period)


def read_within(tokens: Tokens, i: int, at: int, clock: Clock) -> Reading | None:
    """Return "within five years" at `i`, the number at `at`: from publication on."""
    if tokens.lows[at] in TIMES.words.forward:
        at += 1
    numeral = read_numeral(tokens, at)
    if numeral is None or numeral.value != int(numeral.value) or not 0 < numeral.value <= 1000:
        return None
    unit = UNITS.get(tokens.lows[numeral.end])
    if unit is None or tokens.lows[numeral.end + 1] in ("of", "after", "before"):
        return None
    today = clock.published_on
    return Reading(i, numeral.end + 1, UNKNOWN if today is None else _rolling(today, unit, int(numeral.value)))


def _weekend(tokens: Tokens, i: int, clock: Clock, low: str) -> Period:
    """Return the Saturday and Sunday: of this week, but of the week before for "last" and for a past "this"."""
    today = clock.published_on
    if today is None:
        return UNKNOWN
    weeks = -1 if low in ("last", "past") else 1 if low == "next" else 0
    if (
        low in ("this", "the")
        and today.weekday() < 5
        and (low == "the" or today.weekday() < 2)
        and read_tense(tokens, i) != "ahead"
    ):
        weeks = -1
    monday = of_week(today, weeks).start
    if monday is None:
        return UNKNOWN
    return Period(shift(monday, 5, "day"), shift(monday, 6, "day"), "day")


def read_weekend(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "the weekend" at "weekend" `i`: the latest, or the next where the words before look ahead."""
    if tokens.lows[i - 1] != "the":
        return None
    return Reading(i - 1, i + 1, _weekend(tokens, i - 1, clock, "the"))


def _deictic_weekday(clock: Clock, weekday: int, low: str) -> Period:
    """Return the day of this week for "this", the latest before today for "last", the day of next week for "next"."""
    today = clock.published_on
    if today is None:
        return UNKNOWN
    if low in ("last", "past"):
        return of_day(shift(today, -((today.weekday() - weekday - 1) % 7 + 1), "day"))
    if low == "next":
        return _weekday_of_week(clock, weekday, 1)
    if low == "this":
        return _weekday_of_week(clock, weekday, 0)
    return of_day(shift(today, (weekday - today.weekday() - 1) % 7 + 1, "day"))


def _deictic_month(clock: Clock, month: int, low: str) -> Period:
    """Return the month of this year for "this", the latest one over for "last", the first to begin for "next"."""
    today = clock.published_on
    if today is None:
        return UNKNOWN
    year = today.year
    if low in ("last", "past") and month >= today.month:
        year -= 1
    if low in ("next", "coming", "upcoming") and month <= today.month:
        year += 1
    return of_months(year, month)


def _deictic_season(clock: Clock, first_month: int, low: str) -> Period:
    today = clock.published_on
    if today is None:
        return UNKNOWN
    year = today.year
    if low in ("last", "past") and first_month + 2 >= today.month:
        year -= 1
    if low in ("next", "coming", "upcoming") and first_month <= today.month:
        year += 1
    return of_months(year, first_month, 3)
