"""Reading calendar dates written out: "Nov. 13, 2024", "19-20 November", "2024-11-13", and telling years from counts.

Belongs here: notations of dates, which the quantities leave aside and the times resolve. Does not belong here: what a
date without a year means, and everything relative.
"""

from typing import NamedTuple

from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import COMPARATORS_BEFORE, CURRENCIES, NUMBERS, Vocabulary, read_toml


class DateNames(Vocabulary):
    """Names of months, in full and short, to their numbers."""

    months: dict[str, int]
    short_months: dict[str, int]


class CalendarDate(NamedTuple):
    """A date over tokens `start` to `end` (exclusive): year, month and days as far as they are written."""

    start: int
    end: int
    month: int
    year: int | None = None
    day: int | None = None
    last_day: int | None = None


NAMES = read_toml(__name__, "dates.toml", DateNames)
MONTHS: dict[str, int] = NAMES.months | NAMES.short_months
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_DASHES = frozenset("-–—‐‑")
_FIRST_YEAR, _LAST_YEAR = 1700, 2100
_LAST_DAY, _LAST_DIGIT = 31, 9
_TO = frozenset({"to", "through", "until"})
_AFTER_DAYS = frozenset({",", ".", ";", ":", ")", "", "in", "at", "for"})


def is_year(tokens: Tokens, i: int) -> bool:
    """Return whether token `i` is four bare digits that can be a year."""
    word = tokens.words[i]
    return len(word) == 4 and word.isdecimal() and _FIRST_YEAR <= int(word) <= _LAST_YEAR


def read_date(tokens: Tokens, i: int) -> CalendarDate | None:
    """Return the date that begins at token `i`: a day, or a month with at least a day or a year beside it."""
    if tokens.lows[i] in MONTHS:
        return _read_month_first(tokens, i)
    if tokens.is_number(i):
        return _read_numeric(tokens, i) or _read_day_first(tokens, i)
    day = _day_at(tokens, i)
    return _read_day_first(tokens, i) if day is not None and tokens.lows[day[1]] == "of" else None


def _month_at(tokens: Tokens, i: int) -> int | None:
    word = tokens.words[i]
    month = MONTHS.get(tokens.lows[i])
    if month is None or (word.islower() and word in ("may", "march", "mar", "sep", "dec")):
        return None
    return month


def _skip(tokens: Tokens, i: int, *words: str) -> int:
    return i + 1 if tokens.lows[i] in words else i


def _day_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Return the day of the month at `i` and where it ends: "13", "13th", "thirteenth", "twenty-second"."""
    word = tokens.words[i]
    if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31:
        end = i + 1
        if tokens.is_glued(end) and tokens.lows[end] in _ORDINAL_ENDINGS:
            end += 1
        return int(word), end
    tens, at = NUMBERS.tens.get(tokens.lows[i], 0), i
    if tens:
        at = i + 2 if tokens.words[i + 1] in _DASHES else i + 1
    ordinal = NUMBERS.ordinals.get(tokens.lows[at])
    if ordinal is None or tens + ordinal > _LAST_DAY or (tens and ordinal > _LAST_DIGIT):
        return None
    return int(tens + ordinal), at + 1


def _year_after(tokens: Tokens, i: int) -> tuple[int | None, int]:
    """Return the year at `i`, past a comma or "of", and where it ends; None and `i` if there is none."""
    at = _skip(tokens, i, ",", "of")
    if is_year(tokens, at) and not (
        tokens.words[at + 1] == "," and tokens.is_number(at + 2) and tokens.is_glued(at + 2)
    ):
        return int(tokens.words[at]), at + 1
    return None, i


def _read_month_first(tokens: Tokens, i: int) -> CalendarDate | None:
    month = _month_at(tokens, i)
    if month is None:
        return None
    at = _skip(tokens, i + 1, ".") if tokens.lows[i] in NAMES.short_months else i + 1
    year, year_end = _year_after(tokens, at)
    if year is not None:
        return CalendarDate(i, year_end, month, year)
    day_at = _skip(tokens, at, "the")
    if tokens.words[at] in ("-", "/") and tokens.is_glued(at) and tokens.is_glued(at + 1):
        day_at = at + 1
    day = _day_at(tokens, day_at)
    if day is None or _counts_something(tokens, day[1]):
        return None
    number, end = day
    last_day, end = _last_day(tokens, number, end)
    year, end = _year_after(tokens, end)
    return CalendarDate(i, end, month, year, number, last_day)


def _last_day(tokens: Tokens, first: int, end: int) -> tuple[int | None, int]:
    """Return the second day of "19-20" or "19 to 20" and where it ends."""
    is_to = tokens.lows[end] in _TO
    if tokens.words[end] not in _DASHES and not is_to:
        return None, end
    last = _day_at(tokens, end + 1)
    if last is None or last[0] <= first or tokens.lows[last[1]] in MONTHS:
        return None, end
    if is_to and tokens.words[last[1]] not in _AFTER_DAYS and not is_year(tokens, last[1]):
        return None, end
    return last


def _counts_something(tokens: Tokens, end: int) -> bool:
    """Return whether the number that ends at `end` goes on as no day of the month does."""
    follower = tokens.lows[end]
    return follower in ("%", "percent", "per", "million", "billion", "trillion") or (
        tokens.is_glued(end) and (follower.isalpha() or (follower == "." and tokens.is_number(end + 1)))
    )


def _read_day_first(tokens: Tokens, i: int) -> CalendarDate | None:
    day = _day_at(tokens, i)
    if day is None:
        return None
    number, end = day
    last_day: int | None = None
    if tokens.words[end] in _DASHES or tokens.lows[end] in ("and", "to", "until", "till", "through"):
        last = _day_at(tokens, end + 1)
        if last is not None and last[0] > number and _month_at(tokens, _skip(tokens, last[1], "of")):
            last_day, end = last
    end = _skip(tokens, end, "of") if tokens.lows[end] == "of" else _skip(tokens, end, "-")
    month = _month_at(tokens, end)
    if month is None:
        return None
    end += 1
    if tokens.lows[end - 1] in NAMES.short_months:
        end = _skip(tokens, end, ".")
    year, end = _year_after(tokens, _skip(tokens, end, "-") if is_year(tokens, end + 1) else end)
    return CalendarDate(i, end, month, year, number, last_day)


def _read_numeric(tokens: Tokens, i: int) -> CalendarDate | None:
    """Return the date in digits at `i`: year first, or month first unless the first number can only be a day."""
    separator = tokens.words[i + 1]
    if separator not in ("-", "/", ".") or tokens.words[i + 3] != separator:
        return None
    if not all(tokens.is_glued(k) for k in range(i + 1, i + 5)):
        return None
    middle = tokens.words[i + 2]
    month_name = MONTHS.get(middle.lower())
    parts = [tokens.words[i], str(month_name) if month_name else middle, tokens.words[i + 4]]
    if not all(part.isdecimal() for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    if is_year(tokens, i):
        year, month, day = first, second, third
    elif len(parts[2]) in (2, 4) and len(parts[0]) <= 2:
        year = third if len(parts[2]) == 4 else third + (2000 if third < 50 else 1900)
        month, day = (first, second) if first <= 12 and separator != "." and not month_name else (second, first)
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31 and _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    return CalendarDate(i, i + 5, month, year, day)


_YEAR_PREPOSITIONS = frozenset({"the", "of", "in"})
_MORE_WORDS = (("more", "than"), ("less", "than"), ("fewer", "than"), ("at", "least"))


def reads_as_year(tokens: Tokens, i: int) -> bool:
    """Return whether the four digits at `i` are a year rather than a count or an amount.

    They are, unless a comparator or currency sign precedes, or a unit, scale or percent sign follows, or they are a
    round number before a plural ("2000 people").
    """
    if not is_year(tokens, i) or (tokens.is_glued(i) and tokens.words[i - 1].isalpha()):
        return False
    return not (_follows_comparator(tokens, i) or _precedes_unit(tokens, i) or _counts_round(tokens, i))


def _follows_comparator(tokens: Tokens, i: int) -> bool:
    before = tokens.lows[i - 1]
    if tokens.words[i - 1] in CURRENCIES.signs or tuple(tokens.lows[i - 2 : i]) in _MORE_WORDS:
        return True
    return (before,) in COMPARATORS_BEFORE and before not in ("around", "about", "over", "near")


def _precedes_unit(tokens: Tokens, i: int) -> bool:
    after = tokens.lows[i + 1]
    if after in ("%", "percent", "times") or after in NUMBERS.scales or after in CURRENCIES.signs:
        return True
    return tokens.is_glued(i + 1) and after.isalpha() and after != "s"


def _counts_round(tokens: Tokens, i: int) -> bool:
    after = tokens.lows[i + 1]
    is_plural = after.endswith("s") and len(after) > 3
    return tokens.words[i].endswith("00") and is_plural and tokens.lows[i - 1] not in _YEAR_PREPOSITIONS
