"""Reading what a number measures: percent, durations, measures, multiples and odds.

Belongs here: how the word or sign after a number gives it its kind and unit. Money has a module of its own.
"""

from pipeline.extraction.quantities.numerals import Numeral, read_numeral
from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import DURATIONS, MEASURES, NUMBERS, WORDS

PERCENTAGE_POINT = "percentage point"
_PARTS = {
    "year": ("month", 12),
    "week": ("day", 7),
    "day": ("hour", 24),
    "hour": ("minute", 60),
    "minute": ("second", 60),
}
"""The smaller unit that may follow a unit, and how many of it make one."""

_POINTS = ("point", "points")
_HYPHENS = frozenset("-‐‑")
_WORDLIKE_MEASURES = frozenset({"m", "g", "t", "l", "in", "mm", "nm", "W", "mi"})
_BEFORE_UNIT = frozenset({"full", "whole", "more", "straight", "consecutive", "long", "short", "+"})


def read_percent(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the percentage: "5%", "5 per cent", "half a percentage point", "25 basis points" (0.25 points)."""
    at = numeral.end
    if tokens.words[at] in _HYPHENS and tokens.is_glued(at):
        at += 1
    elif numeral.form == "fraction":
        at = _skip_words(tokens, at, ("of", "a", "an", "one") if tokens.lows[at] == "of" else ("a", "an"))
    end = _basis_points_end(tokens, at)
    if end is not None:
        value = round(numeral.value / 100, 8)
        return Operand("percent", value, numeral.start, end, numeral, None, PERCENTAGE_POINT)
    end = _percent_end(tokens, at)
    point_at = at if end is None else end
    point_at += tokens.words[point_at] in _HYPHENS
    is_point = tokens.lows[point_at] in _POINTS if end is not None else _is_point(tokens, at, numeral)
    if is_point:
        return Operand("percent", numeral.value, numeral.start, point_at + 1, numeral, None, PERCENTAGE_POINT)
    return None if end is None else Operand("percent", numeral.value, numeral.start, end, numeral)


def _basis_points_end(tokens: Tokens, i: int) -> int | None:
    if tokens.lows[i] in ("bps", "bp"):
        return i + 1
    return i + 2 if tokens.lows[i] == "basis" and tokens.lows[i + 1] in _POINTS else None


def _percent_end(tokens: Tokens, i: int) -> int | None:
    low = tokens.lows[i]
    if low == "per" and tokens.lows[i + 1] in ("cent", "cents"):
        return i + 2
    return i + 1 if low in ("%", "％", "percent", "pct", "percentage") else None


def _is_point(tokens: Tokens, i: int, numeral: Numeral) -> bool:
    """Return whether token `i` says percentage points without the word: "3pp", "a quarter point"."""
    return tokens.lows[i] in ("pp", "ppt", "ppts", "pps") or (tokens.lows[i] in _POINTS and numeral.form == "fraction")


def _skip_words(tokens: Tokens, i: int, words: tuple[str, ...]) -> int:
    while tokens.lows[i] in words:
        i += 1
    return i


def read_duration(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the duration: "three years", "12-month", "half an hour"; the unit as written, in the singular.

    Of two units the smaller one counts: "one hour and 30 minutes" is 90 minutes.
    """
    at = numeral.end
    if tokens.words[at] in _HYPHENS and tokens.is_glued(at):
        at += 1
    elif numeral.form == "fraction":
        at = _skip_words(tokens, at, ("of", "a", "an"))
    elif tokens.lows[at] in _BEFORE_UNIT:
        at += 1
    unit = DURATIONS.get(tokens.lows[at])
    if unit is None:
        return None
    if tokens.lows[at] == "h" and not tokens.is_glued(at):
        return None
    value, end = numeral.value, at + 1
    if tokens.lows[end] == "and" and tokens.lows[end + 1] in ("a", "half"):
        half_at = end + 2 if tokens.lows[end + 1] == "a" else end + 1
        share = {"half": 0.5, "quarter": 0.25}.get(tokens.lows[half_at])
        if share is not None:
            value, end = value + share, half_at + 1
    return _add_rest(tokens, Operand("duration", value, numeral.start, end, numeral, None, unit))


def _add_rest(tokens: Tokens, whole: Operand) -> Operand:
    """Return the duration with what smaller units add to it, in those: "a year and six months" is 18 months."""
    parts = _PARTS.get(whole.unit or "")
    at = whole.end + 1 if tokens.lows[whole.end] in ("and", ",") else whole.end
    rest = read_numeral(tokens, at)
    if parts is None or rest is None or tokens.lows[at] in ("a", "an") or rest.value >= parts[1]:
        return whole
    if DURATIONS.get(tokens.lows[rest.end]) != parts[0] or whole.value != int(whole.value):
        return whole
    return whole._replace(value=whole.value * parts[1] + rest.value, end=rest.end + 1, unit=parts[0])


def read_number_word(tokens: Tokens, i: int) -> Operand | None:
    """Return the amount that needs no number: "a decade", "an hour", "twofold", "twice the"."""
    low, follower = tokens.lows[i], tokens.lows[i + 1]
    if low in NUMBERS.multiples and (low.endswith("fold") or follower in WORDS.words.after_multiple):
        value = NUMBERS.multiples[low]
        return Operand("ratio", value, i, i + 1, Numeral(value, value, 1.0, i, i + 1, "words"))
    if low in ("a", "an") and follower in DURATIONS:
        return read_duration(tokens, Numeral(1.0, 1.0, 1.0, i, i + 1, "words"))
    return None


def read_multiple(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the ratio: "10 times", "20x", "10-fold", "two-for-one", "3:1", "one in five"."""
    at, words = numeral.end, tokens.lows
    glued_hyphen = tokens.words[at] in _HYPHENS and tokens.is_glued(at)
    after = at + 1 if glued_hyphen else at
    if words[at] in ("x", "×") and tokens.is_glued(at) and not tokens.is_number(at + 1):
        return Operand("ratio", numeral.value, numeral.start, at + 1, numeral)
    if words[after] == "fold" and (glued_hyphen or tokens.is_glued(after)):
        return Operand("ratio", numeral.value, numeral.start, after + 1, numeral)
    if words[at] == "times" and words[at + 1] in WORDS.words.after_multiple:
        return Operand("ratio", numeral.value, numeral.start, at + 1, numeral)
    if glued_hyphen and words[at + 1] in ("for", "to") and words[at + 2] in _HYPHENS:
        other = read_numeral(tokens, at + 3)
        is_span = other is not None and words[other.end] in _HYPHENS and words[other.end + 1] in DURATIONS
        if other is not None and 0 < other.value < 100 and not is_span:
            return Operand("ratio", numeral.value / other.value, numeral.start, other.end, numeral)
    return _read_odds(tokens, numeral) or _read_one_in(tokens, numeral)


def _read_odds(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the ratio "3:1": the number after the colon has one digit, that before it no clock's form."""
    at = numeral.end
    if tokens.words[at] != ":" or not tokens.is_glued(at) or not tokens.is_glued(at + 1):
        return None
    other = tokens.words[at + 1]
    if len(other) != 1 or not other.isdecimal() or other == "0" or tokens.words[at + 2] == ":":
        return None
    return Operand("ratio", numeral.value / int(other), numeral.start, at + 2, numeral)


def _read_one_in(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the share "two in five", "three out of four"; no period and no year can be the whole."""
    words, at = tokens.lows, numeral.end
    if words[at] == "in":
        at += 1
    elif words[at] == "out" and words[at + 1] == "of":
        at += 2
    else:
        return None
    whole = read_numeral(tokens, at)
    if whole is None or whole.form == "fraction" or not 0 < numeral.value < whole.value <= 1000 or numeral.value > 99:
        return None
    if (
        numeral.value != int(numeral.value)
        or words[whole.end] in DURATIONS
        or words[whole.end] in ("-", "%", "percent", "per")
    ):
        return None
    return Operand("ratio", numeral.value / whole.value, numeral.start, whole.end, numeral)


def read_measure(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the count of an abbreviated measure: "29km", "10 GW"."""
    word = tokens.words[numeral.end]
    unit = MEASURES.get(word)
    if unit is None or numeral.form == "fraction" or (word in _WORDLIKE_MEASURES and not tokens.is_glued(numeral.end)):
        return None
    return Operand("count", numeral.value, numeral.start, numeral.end + 1, numeral, None, unit)
