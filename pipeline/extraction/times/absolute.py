"""Reading times by their calendar names: dates, months, years, decades, quarters, halves, seasons of a year.

Belongs here: "Nov. 13", "mid-2023", "Q3 2019", "the third quarter of 2019", "the 1990s". Does not belong here: "last
week" and all that is counted from the day of publication in units.
"""

from pipeline.extraction.quantities.dates import MONTHS, NAMES, CalendarDate, is_year, read_date, reads_as_year
from pipeline.extraction.quantities.numerals import read_numeral
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import NUMBERS
from pipeline.extraction.times.clock import Clock, read_tense
from pipeline.extraction.times.periods import UNITS, UNKNOWN, Period, around, of_months, of_quarter, of_year
from pipeline.extraction.times.readings import Reading
from pipeline.extraction.times.vocabulary import TIMES

_HYPHENS = frozenset("-‐‑")
_DASHES = frozenset("-–—‐‑/")
_LAST_NAMES = {"last": 4, "final": 4, "opening": 1}


def read_date_or_month(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the date, or the month alone, at token `i`; a weekday before it belongs to it."""
    at, weekday = i, False
    if tokens.lows[i] in TIMES.weekdays or tokens.lows[i] in TIMES.short_weekdays:
        weekday = True
        at += 1
        if tokens.words[at] in (".", ","):
            at += 1
        if tokens.words[at] == ",":
            at += 1
        if tokens.lows[at] == "the":
            at += 1
    parts = read_date(tokens, at) or (None if weekday else _read_month(tokens, at))
    if parts is None:
        return None
    return Reading(i, parts.end, clock.resolve_date(parts, read_tense(tokens, i)), parts)


def _read_month(tokens: Tokens, i: int) -> CalendarDate | None:
    """Return the month alone at `i`, unless its word is more likely a name or a verb."""
    word, low = tokens.words[i], tokens.lows[i]
    if not word[:1].isupper() or low not in MONTHS:
        return None
    before = tokens.lows[i - 1]
    if before == "-" and tokens.is_glued(i):
        before = tokens.lows[i - 2]
    is_placed = before in TIMES.words.before_month or before in MONTHS or _begins_range(tokens, i)
    if low in NAMES.short_months and not (is_placed and word != "MAR"):
        return None
    if low in TIMES.words.also_names and not is_placed:
        return None
    if low in TIMES.words.also_names and tokens.words[i + 1][:1].isupper() and not tokens.starts_sentence(i + 1):
        return None
    end = i + 2 if low in NAMES.short_months and tokens.words[i + 1] == "." and tokens.is_glued(i + 1) else i + 1
    return CalendarDate(i, end, MONTHS[low])


def _begins_range(tokens: Tokens, i: int) -> bool:
    """Return whether another month follows the short one at `i` after a dash: "Oct.-Dec."."""
    at = i + 2 if tokens.words[i + 1] == "." else i + 1
    return tokens.words[at] in _DASHES and tokens.lows[at + 1] in MONTHS


def read_year(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the year, season ("2018-19"), decade ("1990s") or part of a year ("2019 Q3") at token `i`."""
    if not is_year(tokens, i):
        return None
    if tokens.lows[i + 1] == "s" and tokens.is_glued(i + 1):
        return _read_decade(tokens, i, i + 2, int(tokens.words[i]))
    if (
        tokens.words[i + 1] in ("'", "’")
        and tokens.lows[i + 2] == "s"
        and int(tokens.words[i]) % 10 == 0
        and tokens.lows[i - 1] in ("the", "-", "early", "late")
    ):
        return _read_decade(tokens, i, i + 3, int(tokens.words[i]))
    year = int(tokens.words[i])
    glued = _part_at(tokens, i + 1) if tokens.is_glued(i + 1) else None
    if glued is not None:
        return Reading(i, glued[2], _period_of_part(year, glued[0], glued[1]))
    if not reads_as_year(tokens, i) or _is_in_name(tokens, i):
        return None
    quarter_at = i + 3 if tokens.words[i + 1] in ("'", "’") and tokens.lows[i + 2] == "s" else i + 1
    part = _part_at(tokens, quarter_at)
    if part is not None:
        return Reading(i, part[2], _period_of_part(year, part[0], part[1]))
    after = tokens.words[i + 2]
    if (
        tokens.words[i + 1] in _DASHES
        and tokens.is_glued(i + 1)
        and tokens.is_glued(i + 2)
        and len(after) == 2
        and after.isdecimal()
    ):
        if int(after) == (year + 1) % 100:
            return Reading(i, i + 3, of_months(year, 1, 24))
        return None
    return Reading(i, i + 1, of_year(year))


def _is_in_name(tokens: Tokens, i: int) -> bool:
    """Return whether a capitalised word that begins no sentence stands before the year ("Vision 2030")."""
    before = tokens.words[i - 1]
    if tokens.words[i - 1] in ("-", "/", ".", ":", "$", "£", "€", "#") and tokens.is_glued(i):
        return tokens.lows[i - 2] not in ("mid", "pre", "post", "early", "late") and not is_year(tokens, i - 2)
    return (
        before.isalpha()
        and before[:1].isupper()
        and not tokens.starts_sentence(i - 1)
        and tokens.lows[i - 1] not in TIMES.words.before_month
        and tokens.lows[i - 1] not in MONTHS
        and tokens.lows[i - 1] not in TIMES.weekdays
    )


def _read_decade(tokens: Tokens, i: int, end: int, first: int) -> Reading | None:
    return Reading(i, end, of_months(first, 1, 120)) if first % 10 == 0 and not _is_in_name(tokens, i) else None


def read_short_decade(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "'80s" or "’10s" at the apostrophe `i`: decades up to the twenties are of this century."""
    word = tokens.words[i + 1]
    if not (
        len(word) == 2 and word.isdecimal() and word[1] == "0" and tokens.is_glued(i + 1) and tokens.lows[i + 2] == "s"
    ):
        return None
    century = 2000 if int(word) <= 20 else 1900
    return Reading(i, i + 3, of_months(century + int(word), 1, 120))


# ── parts of a year ──────────────────────────────────────────────────────────────────────────────────────────────────


def _part_at(tokens: Tokens, i: int) -> tuple[str, int, int] | None:
    """Return the kind ("quarter", "half") and number of the part of a year at `i`, and where it ends."""
    low = tokens.lows[i]
    number = tokens.words[i + 1]
    turned = number in ("Q", "H") and tokens.is_glued(i + 1) and tokens.words[i] in ("1", "2", "3", "4")
    if turned and int(tokens.words[i]) <= (4 if number == "Q" else 2):
        return ("quarter" if number == "Q" else "half"), int(tokens.words[i]), i + 2
    if (
        low in ("q", "h")
        and tokens.words[i] in ("Q", "H")
        and tokens.is_glued(i + 1)
        and number.isdecimal()
        and len(number) == 1
    ):
        is_question = tokens.starts_line(i) and tokens.words[i + 2] in (".", ":")
        if 1 <= int(number) <= (4 if low == "q" else 2) and not is_question:
            return ("quarter" if low == "q" else "half"), int(number), i + 2
        return None
    if low in NUMBERS.ordinals or low in _LAST_NAMES:
        value, at = NUMBERS.ordinals.get(low) or _LAST_NAMES[low], i + 1
    elif tokens.words[i].isdecimal() and tokens.is_glued(i + 1) and tokens.lows[i + 1] in ("st", "nd", "rd", "th"):
        value, at = float(tokens.words[i]), i + 2
    else:
        return None
    if tokens.words[at] in _HYPHENS and tokens.is_glued(at):
        at += 1
    if tokens.lows[at] in TIMES.words.fiscal:
        at += 1
    kind = tokens.lows[at]
    if kind == "quarter" and value <= 4 and tokens.words[at + 1] not in _HYPHENS:
        return kind, int(value), at + 1
    if kind == "half" and (value <= 2 or low in _LAST_NAMES):
        return kind, min(int(value), 2), at + 1
    return None


def _period_of_part(year: int, kind: str, number: int) -> Period:
    return of_quarter(year, number) if kind == "quarter" else of_months(year, number * 6 - 5, 6)


def _year_after(tokens: Tokens, i: int, clock: Clock) -> tuple[int, int] | None:
    """Return the year that is named at `i` ("of 2019", "2019", "this year", "of last year"), and where it ends."""
    at = i + 1 if tokens.lows[i] in ("of", ",", "in", "for") else i
    if tokens.lows[at] == "the" and tokens.lows[at + 1] == "year":
        return (clock.published_on.year, at + 2) if clock.published_on else None
    if is_year(tokens, at) and reads_as_year(tokens, at) and (tokens.lows[i] != "for" or at == i):
        return int(tokens.words[at]), at + 1
    offset = TIMES.deictics.get(tokens.lows[at])
    if offset is not None and tokens.lows[at + 1] == "year" and clock.published_on is not None:
        return clock.published_on.year + offset, at + 2
    return None


def _short_year(tokens: Tokens, i: int, end: int) -> tuple[int, int] | None:
    """Return the year in two digits after "3Q" or "Q3" (at `i`, to `end`) and where it ends: "3Q19", "Q3'19"."""
    at = end + 1 if tokens.words[end] in ("'", "’") else end
    is_sign = tokens.words[i] == "Q" or tokens.words[i + 1] == "Q"
    word = tokens.words[at]
    if not (is_sign and tokens.is_glued(end) and tokens.is_glued(at) and len(word) == 2 and word.isdecimal()):
        return None
    return 2000 + int(word), at + 1


def read_part(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the quarter or half at `i`: "Q3 2019", "third-quarter", "first half of last year".

    A quarter without a year is the calendar quarter nearest to publication. Fiscal ones, and halves without a year, are
    not dated: only the text could date them.
    """
    part = _part_at(tokens, i)
    if part is None:
        return _read_first_months(tokens, i, clock)
    kind, number, end = part
    if _is_fiscal(tokens, i, end):
        at = end + 1 if tokens.lows[end] == "of" else end
        at = at + 1 if tokens.lows[at] in TIMES.words.fiscal else at
        return Reading(i, at + 1 if is_year(tokens, at) else end, UNKNOWN)
    year = _year_after(tokens, end, clock) or _short_year(tokens, i, end)
    if year is not None:
        return Reading(i, year[1], _period_of_part(year[0], kind, number))
    if tokens.lows[i] in _LAST_NAMES:
        return None
    if kind == "half":
        return Reading(i, end, UNKNOWN) if tokens.words[i + 1] in _HYPHENS or tokens.words[i] == "H" else None
    return Reading(i, end, clock.resolve_quarter(number, read_tense(tokens, i)))


def _is_fiscal(tokens: Tokens, i: int, end: int) -> bool:
    words = {*tokens.lows[max(i - 2, 0) : end + 2]}
    return bool(words & TIMES.words.fiscal)


def _read_first_months(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "the first nine months of 2019", "the last three months of last year" at `i`."""
    low = tokens.lows[i]
    if low not in ("first", "last", "final"):
        return None
    numeral = read_numeral(tokens, i + 1)
    if numeral is None or tokens.lows[numeral.end] not in ("months", "quarters") or not 1 <= numeral.value <= 12:
        return None
    count = int(numeral.value) * (3 if tokens.lows[numeral.end] == "quarters" else 1)
    year = _year_after(tokens, numeral.end + 1, clock)
    if year is None or count > 12:
        return None
    first = 1 if low == "first" else 13 - count
    return Reading(i, year[1], of_months(year[0], first, count))


def read_season(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return the season with its year at `i` ("summer 2019", "the spring of 2016"); winters are left undated."""
    low = tokens.lows[i]
    year = _year_after(tokens, i + 1, clock)
    if year is None:
        return None
    return Reading(i, year[1], of_months(year[0], TIMES.seasons[low], 3))


def read_modified(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "early 2019", "mid-December", "late last year" at `i`: the year or month alone."""
    at = i + 1
    if tokens.words[at] in _HYPHENS:
        at += 1
    if tokens.lows[at] in ("in", "the"):
        at += 1
    if (
        tokens.lows[at] in TIMES.deictics
        and tokens.lows[at + 1] in ("year", "month", "week", "quarter")
        and clock.published_on is not None
    ):
        unit = UNITS[tokens.lows[at + 1]]
        period = around(clock.published_on, unit, TIMES.deictics[tokens.lows[at]])
        return Reading(i, at + 2, period)
    inner = read_year(tokens, at, clock) or read_date_or_month(tokens, at, clock)
    return None if inner is None else inner._replace(start=i)


def read_fiscal(tokens: Tokens, i: int, clock: Clock) -> Reading | None:
    """Return "fiscal 2020", "FY2019", "financial year 2019/20" at `i`, undated."""
    at = i + 1
    if tokens.lows[at] == "year":
        at += 1
    if is_year(tokens, at) or (tokens.lows[i] == "fy" and tokens.words[at].isdecimal() and tokens.is_glued(at)):
        end = at + 1
        if tokens.words[end] in _DASHES and tokens.words[end + 1].isdecimal() and tokens.is_glued(end + 1):
            end += 2
        return Reading(i, end, UNKNOWN)
    part = _part_at(tokens, at)
    return None if part is None else Reading(i, part[2], UNKNOWN)
