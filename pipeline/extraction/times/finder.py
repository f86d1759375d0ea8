"""Finding the times of a text: walking its tokens, opening and joining ends, setting spans.

Belongs here: which reader is asked at which word, and what "since", "by", "from ... to" do to what it returns. Does not
belong here: any reading of a single time.
"""

from collections.abc import Callable
from datetime import date, timedelta

from pipeline.extraction.model import Span, TimeExpression
from pipeline.extraction.quantities.dates import MONTHS
from pipeline.extraction.quantities.numerals import NUMBER_WORDS
from pipeline.extraction.quantities.tokens import Tokens, tokenize
from pipeline.extraction.quantities.vocabulary import NUMBERS
from pipeline.extraction.times import absolute, distances, relative
from pipeline.extraction.times.accounting import read_reporting_period, read_week_of
from pipeline.extraction.times.clock import Clock
from pipeline.extraction.times.periods import UNITS, UNKNOWN, Period, around
from pipeline.extraction.times.readings import Reading
from pipeline.extraction.times.vocabulary import TIMES

Reader = Callable[[Tokens, int, Clock], Reading | None]

_DASHES = frozenset("-–—‐‑")
_OPENERS = frozenset(
    {"since", "by", "until", "till", "through", "before", "after", "from", "between", "within", "starting", "beginning"}
)
_EDGES = frozenset({"end", "start", "beginning", "close", "middle"})


def find_times(text: str, published_on: date | None) -> list[TimeExpression]:
    """Return the time expressions of `text`, in order and not overlapping, in time linear in its length.

    Relative ones count from `published_on`; weeks run from Monday to Sunday. A day or month without a year is the
    latest one, unless the words before it look ahead; without `published_on` it takes the one year in which the text
    dates that month. "Since X" has no end, "by X" no start. Ends that cannot be known are None: the expression is
    returned for its words. "Early", "mid" and "late" give the whole year or month. Fiscal periods are undated.
    """
    tokens = tokenize(text)
    readings = _read_all(tokens, Clock(published_on))
    if published_on is None:
        month_years = _date_months(readings)
        if month_years:
            readings = _read_all(tokens, Clock(None, month_years))
    return [
        TimeExpression(Span(tokens.starts[start], tokens.ends[end - 1]), *period)
        for start, end, period, _, _ in readings
    ]


def _date_months(readings: list[Reading]) -> dict[int, int]:
    """Return the months that the readings place in exactly one year, by dates no wider than a quarter."""
    years: dict[int, set[int]] = {}
    for reading in readings:
        start, end, precision = reading.period
        if precision not in ("day", "month", "quarter") or (start is None and end is None):
            continue
        first, last = start or end, end or start
        if first is None or last is None or (last - first).days > 92:
            continue
        day = first
        while day <= last:
            years.setdefault(day.month, set()).add(day.year)
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return {month: min(found) for month, found in years.items() if len(found) == 1}


def _read_all(tokens: Tokens, clock: Clock) -> list[Reading]:
    found: list[Reading] = []
    reached = 0
    for i, low in enumerate(tokens.lows[: tokens.count]):
        if i < reached or not (low in _STARTERS or low[-1].isdecimal()):
            continue
        if low in _ARTICLES and tokens.lows[i + 1] not in TIMES.words.units:
            continue
        read = _read_opened if low in _OPENERS else _read_joined
        reading = read(tokens, i, clock, _context(tokens, found, i))
        if reading is not None and reading.start >= reached:
            found.append(reading)
            reached = reading.end
    return found


def _context(tokens: Tokens, found: list[Reading], i: int) -> Period | None:
    """Return the latest month, quarter or year that the sentence of token `i` names before it."""
    if not found:
        return None
    for reading in reversed(found[-3:]):
        if tokens.text.find(". ", tokens.ends[reading.end - 1], tokens.starts[i]) >= 0:
            return None
        if "\n" in tokens.text[tokens.ends[reading.end - 1] : tokens.starts[i]]:
            return None
        if reading.period.precision in ("month", "quarter", "year") and reading.period.start and reading.period.end:
            return reading.period
    return None


def _read_base(tokens: Tokens, i: int, clock: Clock, context: Period | None = None) -> Reading | None:
    """Return the time expression at token `i` without what precedes or joins it."""
    if tokens.is_number(i) and tokens.is_glued(i) and (tokens.words[i - 1].isalnum() or tokens.words[i - 1] in "$£€."):
        return None
    for reader in _READERS.get(tokens.lows[i], _NUMBER_READERS):
        reading = reader(tokens, i, clock)
        if reading is not None:
            return reading
    low = tokens.lows[i]
    if low in ("a", "an") or low in NUMBER_WORDS or tokens.is_number(i):
        return distances.read_ago(tokens, i, clock, context)
    return None


def _read_joined(tokens: Tokens, i: int, clock: Clock, context: Period | None) -> Reading | None:
    """Return the time at `i`, or the range that it begins: "January to March 2019", "2015-2019"."""
    low = _read_base(tokens, i, clock, context)
    if low is None:
        return None
    at = low.end
    if tokens.words[at] in _DASHES or tokens.lows[at] in ("to", "through", "until", "till"):
        return _join(tokens, low, _read_end(tokens, at + 1, clock), clock) or low
    if tokens.lows[at : at + 2] == ["so", "far"]:
        return _cut_to_date(low, clock)._replace(end=at + 2)
    return low


def _cut_to_date(reading: Reading, clock: Clock) -> Reading:
    """Return the part of the period up to publication."""
    start, end, precision = reading.period
    today = clock.published_on
    if today is None or start is None or end is None or not start <= today <= end:
        return reading
    return reading._replace(period=Period(start, today, precision))


def _read_end(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    at = i + 1 if tokens.lows[i] == "the" else i
    return _read_base(tokens, at, clock)


def _join(tokens: Tokens, low: Reading, high: Reading | None, clock: Clock) -> Reading | None:
    """Return the range from `low` to `high`; a year that only the end states holds for both."""
    if high is None or low.is_weekday != high.is_weekday:
        return None
    period = low.period
    states_year = high.parts is not None and high.parts.year is not None
    if low.parts is not None and low.parts.year is None and high.period.end is not None and states_year:
        year = high.period.end.year
        if low.parts.month > high.period.end.month:
            year -= 1
        period = clock.resolve_date(low.parts._replace(year=year), "open")
    if low.parts is not None and low.parts.year and high.parts is not None and high.parts.year is None:
        year = low.parts.year + (high.parts.month < low.parts.month)
        high = high._replace(period=clock.resolve_date(high.parts._replace(year=year), "open"))
    if low.parts is not None and high.parts is not None and not (states_year or low.parts.year) and period.start:
        year = period.start.year + (high.parts.month < low.parts.month)
        high = high._replace(period=clock.resolve_date(high.parts._replace(year=year), "open"))
    if period.start is None or high.period.end is None:
        return (
            Reading(low.start, high.end, Period(period.start, high.period.end, "none")) if not low.is_weekday else None
        )
    if period.start > high.period.end:
        return None
    return Reading(low.start, high.end, Period(period.start, high.period.end, high.period.precision))


def _read_opened(tokens: Tokens, i: int, clock: Clock, context: Period | None) -> Reading | None:
    """Return the time after the preposition at `i`, with the end that it leaves open: "since 2023", "by November"."""
    low, at = tokens.lows[i], i + 1
    if low in ("starting", "beginning") and tokens.lows[at] in ("in", "on", "from"):
        at += 1
    while tokens.lows[at] in ("the", "at", "least", "around", "about"):
        at += 1
    if low in ("before", "after") and tokens.lows[i - 2 : i] == ["the", "day"] and tokens.lows[at] in TIMES.days:
        return relative.read_day(tokens, at, clock)
    if low == "within":
        return relative.read_within(tokens, i, at, clock)
    if low == "between":
        return _read_between(tokens, i, at, clock)
    inner = _read_joined(tokens, at, clock, context)
    if inner is None:
        return None
    return _open(tokens, low, inner, i)


def _read_between(tokens: Tokens, i: int, at: int, clock: Clock) -> Reading | None:
    low = _read_base(tokens, at, clock)
    if low is None or tokens.lows[low.end] != "and":
        return low
    joined = _join(tokens, low, _read_end(tokens, low.end + 1, clock), clock)
    return low if joined is None else joined._replace(start=i)


def _open(tokens: Tokens, preposition: str, inner: Reading, i: int) -> Reading | None:
    start, end, precision = inner.period
    if preposition in ("since", "starting", "beginning"):
        return inner._replace(start=i, period=_normal(Period(start, None, precision)))
    if preposition in ("by", "until", "till", "through"):
        return inner._replace(start=i, period=_normal(Period(None, end, precision)))
    if preposition == "from" and tokens.lows[inner.end] in ("onward", "onwards", "forward", "on"):
        return inner._replace(start=i, end=inner.end + 1, period=_normal(Period(start, None, precision)))
    if inner.is_weekday or preposition == "from":
        return inner
    is_end = tokens.lows[inner.start] in ("end", "close")
    if preposition == "before" and is_end:
        return inner._replace(start=i, period=_normal(Period(None, end, precision)))
    if preposition == "before":
        return inner._replace(start=i, period=_normal(Period(None, _next_to(start, -1), precision)))
    return inner._replace(start=i, period=_normal(Period(_next_to(end, 1), None, precision)))


def _next_to(day: date | None, step: int) -> date | None:
    return day if day is None or day in (date.min, date.max) else day + timedelta(days=step)


def _normal(period: Period) -> Period:
    return UNKNOWN if period.start is None and period.end is None else period


def _read_edge(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the year, month or week whose end, middle or beginning stands at `i`: "end of 2025", "end of the year"."""
    if tokens.lows[i + 1] != "of":
        return None
    at = i + 2
    if tokens.lows[at] == "the" and tokens.lows[at + 1] in ("year", "month", "week", "quarter", "decade"):
        unit = UNITS[tokens.lows[at + 1]]
        if tokens.lows[at + 2] in ("ago", "earlier", "before", "s", "'"):
            return None
        period = UNKNOWN if clock.published_on is None else around(clock.published_on, unit, 0)
        return Reading(i, at + 2, period)
    if tokens.lows[at] == "the":
        at += 1
    inner = None if tokens.lows[at] in _EDGES else _read_base(tokens, at, clock)
    return None if inner is None else inner._replace(start=i)


def _read_year_end(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "year-end" at `i` as this year."""
    at = i + 2 if tokens.words[i + 1] in _DASHES else i + 1
    if tokens.lows[at] != "end" or tokens.lows[at + 1] == "of":
        return None
    return Reading(i, at + 1, UNKNOWN if clock.published_on is None else around(clock.published_on, "year", 0))


_DATE_READERS: tuple[Reader, ...] = (absolute.read_date_or_month,)
_NUMBER_READERS: tuple[Reader, ...] = (
    absolute.read_date_or_month,
    absolute.read_year,
    absolute.read_part,
    read_reporting_period,
)


def _list_readers() -> dict[str, tuple[Reader, ...]]:
    """Return the readers to ask, in order, at each word that can begin a time expression; numbers have their own."""
    readers: dict[str, tuple[Reader, ...]] = dict.fromkeys(MONTHS, _DATE_READERS)
    readers |= dict.fromkeys((*TIMES.weekdays, *TIMES.short_weekdays), (relative.read_weekday,))
    readers |= dict.fromkeys(TIMES.days, (relative.read_day,))
    readers |= dict.fromkeys(
        NUMBERS.ordinals, (absolute.read_date_or_month, absolute.read_part, relative.read_nth_weekday)
    )
    readers |= dict.fromkeys(NUMBER_WORDS, (read_reporting_period,))
    readers |= dict.fromkeys(NUMBERS.tens, (absolute.read_date_or_month, read_reporting_period))
    readers |= dict.fromkeys(TIMES.deictics, (relative.read_deictic,))
    readers |= dict.fromkeys(("last", "final"), (absolute.read_part, relative.read_nth_weekday, relative.read_deictic))
    readers["final"] = (absolute.read_part,)
    readers |= dict.fromkeys(TIMES.seasons, (absolute.read_season,))
    readers |= dict.fromkeys(TIMES.words.early, (absolute.read_modified,))
    readers |= dict.fromkeys(TIMES.words.fiscal, (absolute.read_fiscal,))
    readers |= dict.fromkeys(("earlier", "later", "so", "rest", "remainder"), (distances.read_to_date,))
    readers |= dict.fromkeys(("q", "h", "opening"), (absolute.read_part,))
    readers |= dict.fromkeys(("'", "’", "‘"), (absolute.read_short_decade,))
    readers |= dict.fromkeys(_EDGES, (_read_edge,))
    readers |= dict.fromkeys(("a", "an"), ())
    readers["in"] = (distances.read_ahead,)
    readers["weekend"] = (relative.read_weekend,)
    readers["year"] = (distances.read_to_date, read_reporting_period, _read_year_end)
    readers |= dict.fromkeys(("quarter", "half"), (read_reporting_period,))
    readers["week"] = (read_week_of, read_reporting_period)
    readers["recent"] = (distances.read_vague,)
    readers["coming"] = readers["upcoming"] = (relative.read_deictic, distances.read_vague)
    return readers


_READERS = _list_readers()
_STARTERS = frozenset({*_READERS, *_OPENERS})
_ARTICLES = frozenset({"a", "an"})
