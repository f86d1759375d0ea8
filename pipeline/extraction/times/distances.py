"""Reading times by their distance from publication: "two years ago", "a year earlier", "so far this year".

Belongs here: counts before "ago" and its like, and the part of a unit that is over or left. Does not belong here:
"last" and "next" with a unit.
"""

from datetime import date

from pipeline.extraction.quantities.numerals import read_numeral
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.times.clock import Clock, read_tense
from pipeline.extraction.times.periods import (
    UNITS,
    UNKNOWN,
    Period,
    Unit,
    around,
    of_months,
    of_week,
    shift,
    shift_years,
)
from pipeline.extraction.times.readings import Reading
from pipeline.extraction.times.vocabulary import TIMES

_HYPHENS = frozenset("-‐‑")


def read_ago(tokens: Tokens, i: int, clock: Clock, context: Period | None) -> Reading | None:
    """Return "two years ago", "a year earlier", "three weeks from now" at the number `i`.

    "A year ago" is the month, more years the year, weeks the week. After a month, quarter or year in the same sentence
    (`context`) "a year earlier" and "from a year ago" mean that one a year before; "earlier" without one is undated.
    """
    if tokens.lows[i] in ("a", "an", "one"):
        count, at = 1, i + 1
    else:
        numeral = read_numeral(tokens, i)
        if numeral is None or numeral.value != int(numeral.value) or not 0 < numeral.value <= 1000:
            return None
        count, at = int(numeral.value), numeral.end
    unit = UNITS.get(tokens.lows[at])
    if unit is None or (count > 1 and unit == "day" and not tokens.lows[at].endswith("s")):
        return None
    direction, end = _direction(tokens, at + 1)
    if direction is None:
        return None
    is_compared = direction == "earlier" or (
        direction == "ago" and TIMES.words.before_comparison & {*tokens.lows[max(i - 6, 0) : i]}
    )
    if unit == "year" and count == 1 and context is not None and is_compared:
        return Reading(i, end, shift_years(context, -1))
    if direction == "earlier" or clock.published_on is None:
        return Reading(i, end, UNKNOWN)
    return Reading(i, end, _distant(clock.published_on, unit, count if direction == "ahead" else -count))


def read_ahead(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "in three weeks" at "in" `i`, where the words before look ahead; else it is how long something took."""
    numeral = read_numeral(tokens, i + 1)
    count, at = (1, i + 2) if numeral is None else (int(numeral.value), numeral.end)
    if numeral is None and tokens.lows[i + 1] not in ("a", "an"):
        return None
    unit = UNITS.get(tokens.lows[at])
    is_whole = numeral is None or (numeral.value == count and 0 < count <= 1000)
    if unit is None or not is_whole or read_tense(tokens, i) != "ahead":
        return None
    today = clock.published_on
    return Reading(i, at + 1, UNKNOWN if today is None else _distant(today, unit, count))


def _direction(tokens: Tokens, i: int) -> tuple[str | None, int]:
    low = tokens.lows[i]
    if low == "ago":
        return "ago", i + 1
    if low in ("earlier", "previously", "prior", "before"):
        follower = tokens.lows[i + 1]
        if low in ("prior", "before") and (
            follower == "to" or (follower.isalpha() and follower not in ("and", "but", "as", "when"))
        ):
            return None, i
        return "earlier", i + 1
    if low == "from" and tokens.lows[i + 1] in ("now", "today"):
        return "ahead", i + 2
    return None, i


def _distant(today: date, unit: Unit, count: int) -> Period:
    if unit == "year" and abs(count) == 1:
        day = shift(today, count, "year")
        return of_months(day.year, day.month)
    if unit in ("decade", "century"):
        return around(shift(today, count, unit), "year", 0)
    if unit == "fortnight":
        return of_week(today, 2 * count)
    return around(today, unit, count)


def read_to_date(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the part of a unit up to or from publication at `i`.

    "Earlier this year", "so far this year" and "year to date" end then; "later this month" and "the rest of the year"
    begin then.
    """
    low, today = tokens.lows[i], clock.published_on
    if low == "year":
        at = i + 1
        if tokens.words[at] in _HYPHENS:
            at += 1
        if tokens.lows[at] != "to":
            return None
        at += 2 if tokens.words[at + 1] in _HYPHENS else 1
        if tokens.lows[at] != "date":
            return None
        return Reading(i, at + 1, UNKNOWN if today is None else _elapsed(today, "year"))
    at = i + 1
    if low == "so":
        if tokens.lows[at] != "far":
            return None
        at += 1
    elif low in ("rest", "remainder", "balance"):
        if tokens.lows[at] != "of":
            return None
        at += 1
    at = at + 1 if tokens.lows[at] == "in" else at
    unit = UNITS.get(tokens.lows[at + 1])
    if tokens.lows[at] not in ("this", "the") or unit in (None, "day") or tokens.lows[at + 1].endswith("s"):
        return None
    if today is None:
        return Reading(i, at + 2, UNKNOWN)
    return Reading(i, at + 2, _elapsed(today, unit) if low in ("earlier", "so") else _remaining(today, unit))


def _elapsed(today: date, unit: Unit) -> Period:
    return around(today, unit, 0)._replace(end=today)


def _remaining(today: date, unit: Unit) -> Period:
    return around(today, unit, 0)._replace(start=today)


def read_vague(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "recent years", "coming months" at `i`: a time without dates."""
    follower = tokens.lows[i + 1]
    return Reading(i, i + 2, UNKNOWN) if follower in UNITS and follower.endswith("s") else None
