"""Reading one amount at a given token: money, percent, duration, measure, ratio or a bare number.

Belongs here: how a number and the word or sign beside it make a value. Does not belong here: comparators, ranges, and
whether a bare number is worth reporting.
"""

from typing import NamedTuple

from pipeline.extraction.quantities.numerals import Numeral, read_numeral
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import (
    CODES,
    CURRENCIES,
    CURRENCY_NAMES,
    DURATIONS,
    MEASURES,
    NUMBERS,
    SUBUNITS,
    WORDS,
)
from pipeline.tables import ValueKind

PERCENTAGE_POINT = "percentage point"
_LONGEST_NAME = 4
_HYPHENS = frozenset("-‐‑")
_WORDLIKE_MEASURES = frozenset({"m", "g", "t", "l", "in", "mm", "nm", "W", "mi"})
_BEFORE_MINUS = frozenset("<>=(~")
_MINUS = frozenset("-−–")


class Operand(NamedTuple):
    """An amount over tokens `start` to `end` (exclusive); `kind` is None while nothing says what the number is."""

    kind: ValueKind | None
    value: float
    start: int
    end: int
    numeral: Numeral
    currency: str | None = None
    unit: str | None = None
    is_share: bool = False


def read_operand(tokens: Tokens, i: int) -> Operand | None:
    """Return the amount that begins at token `i`, its sign and currency included, or None."""
    if (
        tokens.words[i] in _MINUS
        and (not tokens.is_glued(i) or tokens.words[i - 1] in _BEFORE_MINUS)
        and tokens.is_glued(i + 1)
    ):
        operand = _read_unsigned(tokens, i + 1)
        return operand and operand._replace(value=-operand.value, start=i)
    if tokens.lows[i] in ("minus", "negative"):
        operand = _read_unsigned(tokens, i + 1)
        return operand and operand._replace(value=-operand.value, start=i)
    return _read_unsigned(tokens, i)


def _read_unsigned(tokens: Tokens, i: int) -> Operand | None:
    money = _read_currency_first(tokens, i)
    if money is not None:
        return money
    numeral = read_numeral(tokens, i)
    if numeral is None:
        return _read_number_word(tokens, i)
    return (
        _read_percent(tokens, numeral)
        or _read_currency_last(tokens, numeral)
        or _read_duration(tokens, numeral)
        or _read_multiple(tokens, numeral)
        or _read_measure(tokens, numeral)
        or _read_plain(tokens, numeral)
    )


# ── money ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_currency_first(tokens: Tokens, i: int) -> Operand | None:
    """Return the money at `i` whose currency stands before the number: "US$1.5bn", "RMB 280 billion", "Ksh.6.4tn"."""
    found = _currency_sign(tokens, i) or _currency_word(tokens, i)
    if found is None:
        return None
    currency, at, is_ambiguous = found
    negative = tokens.words[at] in _MINUS and tokens.is_glued(at + 1)
    if negative:
        at += 1
    if tokens.lows[at] == "a" and tokens.is_number(at + 1):
        at += 1
    numeral = read_numeral(tokens, at)
    if numeral is None or (numeral.form != "digits" and not numeral.scale > 1):
        return None
    if is_ambiguous and numeral.scale == 1:
        return None
    end = numeral.end
    name = _currency_after(tokens, end)
    if name is not None and name[0] == currency:
        end = name[1]
    value = -numeral.value if negative else numeral.value
    return Operand("money", value, i, end, numeral, currency)


def _currency_sign(tokens: Tokens, i: int) -> tuple[str, int, bool] | None:
    """Return the currency of the sign at `i`, with letters glued to either side of it, and where the number begins."""
    sign_at = i
    letters = ""
    if tokens.words[i] not in CURRENCIES.signs:
        if tokens.lows[i : i + 4] == ["u", ".", "s", "."] and tokens.words[i + 4] in CURRENCIES.signs:
            return "USD", i + 5, False
        if tokens.lows[i : i + 3] == ["u", ".", "s"] and tokens.words[i + 3] in CURRENCIES.signs:
            return "USD", i + 4, False
        if tokens.words[i + 1] not in CURRENCIES.signs or not tokens.words[i].isalpha():
            return None
        sign_at, letters = i + 1, tokens.lows[i]
        if letters not in ("us", "hk", "rmb") and not tokens.is_glued(sign_at):
            return None
    sign = tokens.words[sign_at]
    if letters:
        currency = CURRENCIES.signed.get(letters + sign) or (letters.upper() if letters.upper() in CODES else None)
        return (currency, sign_at + 1, False) if currency else None
    if tokens.is_glued(sign_at + 1) and tokens.is_glued(sign_at + 2):
        currency = CURRENCIES.signed.get(sign + tokens.lows[sign_at + 1])
        if currency is not None:
            return currency, sign_at + 2, False
    return CURRENCIES.signs[sign], sign_at + 1, False


def _currency_word(tokens: Tokens, i: int) -> tuple[str, int, bool] | None:
    """Return the currency of the code or short name at `i`, and where the number begins."""
    word = tokens.words[i]
    currency = CURRENCIES.before.get(word) or (word if word in CODES else None)
    if currency is None or (tokens.is_glued(i) and tokens.words[i - 1].isalnum()):
        return None
    at = i + 1
    if tokens.words[at] == "." and tokens.is_glued(at):
        at += 1
    if tokens.words[at] in CURRENCIES.signs:
        at += 1
    return currency, at, word in CURRENCIES.ambiguous.codes


def _currency_after(tokens: Tokens, i: int) -> tuple[str, int, bool] | None:
    """Return the currency that is named at `i`, where the name ends, and whether the name may be another word."""
    if tokens.words[i] in _HYPHENS and tokens.is_glued(i):
        i += 1
    if tokens.words[i] in CURRENCIES.signs:
        currency, end = CURRENCIES.signs[tokens.words[i]], i + 1
        return None if tokens.is_glued(end) and tokens.is_number(end) else (currency, end, False)
    if tokens.lows[i : i + 4] == ["u", ".", "s", "."] and tokens.lows[i + 4] in ("dollar", "dollars"):
        return "USD", i + 5, False
    for length in range(_LONGEST_NAME, 0, -1):
        phrase = tuple(tokens.lows[i : i + length])
        currency = CURRENCY_NAMES.get(phrase)
        if currency is not None:
            return currency, i + length, tokens.lows[i] in CURRENCIES.ambiguous.names
    if tokens.words[i] in CODES and tokens.words[i] not in CURRENCIES.ambiguous.codes:
        return tokens.words[i], i + 1, False
    if tokens.lows[i][:1] == "m" and tokens.words[i][1:] in CODES and tokens.words[i].isupper():
        return tokens.words[i][1:], i + 1, False
    return None


def _read_currency_last(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the money whose currency follows the number: "280 billion yuan", "50 cents", "1.2m euros"."""
    end = numeral.end
    at = end + 1 if tokens.words[end] in _HYPHENS and tokens.is_glued(end) else end
    for length in (2, 1):
        subunit = SUBUNITS.get(tuple(tokens.lows[at : at + length]))
        is_name = tokens.lows[at] != "p" or (tokens.is_glued(at) and tokens.words[at + 1] not in _HYPHENS)
        if subunit is not None and is_name:
            value = round(numeral.value / subunit.parts, 6)
            return Operand("money", value, numeral.start, at + length, numeral, subunit.currency)
    found = _currency_after(tokens, end)
    if found is None or (numeral.form == "fraction" and numeral.scale == 1):
        return None
    currency, end, is_ambiguous = found
    if is_ambiguous and numeral.scale < 1000 and numeral.value < 100_000 and not _opens_conversion(tokens, end):
        return None
    value = numeral.value
    if tokens.words[end - 1][:1] == "M" and tokens.words[end - 1][1:] in CODES:
        value *= 1e6
    coins = _coins_after(tokens, end)
    if coins is not None and numeral.scale == 1:
        value, end = value + coins[0], coins[1]
    return Operand("money", value, numeral.start, end, numeral, currency)


def _coins_after(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """Return the part of a whole that coins after an amount make up ("thirteen dollars forty-five cents")."""
    at = i + 1 if tokens.lows[i] == "and" else i
    numeral = read_numeral(tokens, at)
    if numeral is None or numeral.value >= 100:
        return None
    subunit = SUBUNITS.get((tokens.lows[numeral.end],))
    return (numeral.value / subunit.parts, numeral.end + 1) if subunit else None


def _opens_conversion(tokens: Tokens, i: int) -> bool:
    return tokens.words[i] == "(" and (
        tokens.words[i + 1] in CURRENCIES.signs or tokens.words[i + 2] in CURRENCIES.signs
    )


# ── other kinds ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_percent(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the percentage: "5%", "5 per cent", "half a percentage point", "25 basis points" (0.25 points)."""
    end = numeral.end
    at = end
    if tokens.words[at] in _HYPHENS and tokens.is_glued(at):
        at += 1
    elif numeral.form == "fraction":
        at = _skip_words(tokens, at, ("of", "a", "an"))
    low = tokens.lows[at]
    if low in ("%", "％", "percent", "pct"):
        after = at + 1
    elif low == "per" and tokens.lows[at + 1] in ("cent", "cents"):
        after = at + 2
    elif low == "percentage":
        after = at + 1
    elif low in ("basis", "bps", "bp"):
        if low == "basis" and tokens.lows[at + 1] not in ("point", "points"):
            return None
        value = round(numeral.value / 100, 8)
        return Operand(
            "percent", value, numeral.start, at + (2 if low == "basis" else 1), numeral, None, PERCENTAGE_POINT
        )
    elif (
        low in ("pp", "ppt", "ppts", "pps")
        or (low in ("point", "points") and numeral.form == "fraction" and at > end)
        or (low == "point" and numeral.form == "fraction")
    ):
        return Operand("percent", numeral.value, numeral.start, at + 1, numeral, None, PERCENTAGE_POINT)
    else:
        return None
    unit = None
    point_at = after + 1 if tokens.words[after] in _HYPHENS else after
    if tokens.lows[point_at] in ("point", "points"):
        unit, after = PERCENTAGE_POINT, point_at + 1
    return Operand("percent", numeral.value, numeral.start, after, numeral, None, unit)


def _skip_words(tokens: Tokens, i: int, words: tuple[str, ...]) -> int:
    while tokens.lows[i] in words:
        i += 1
    return i


def _read_duration(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the duration: "three years", "12-month", "half an hour"; the unit as written, in the singular."""
    at = numeral.end
    if tokens.words[at] in _HYPHENS and tokens.is_glued(at):
        at += 1
    elif numeral.form == "fraction":
        if tokens.words[at] in ("a", "an") or tokens.lows[at] == "of":
            at = _skip_words(tokens, at, ("of", "a", "an"))
    elif (
        tokens.lows[at] in ("full", "whole", "more", "straight", "consecutive", "long", "short")
        or tokens.words[at] == "+"
    ):
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
    return Operand("duration", value, numeral.start, end, numeral, None, unit)


def _read_number_word(tokens: Tokens, i: int) -> Operand | None:
    """Return the amount that needs no number: "a decade", "an hour", "twofold", "twice the"."""
    low, follower = tokens.lows[i], tokens.lows[i + 1]
    if low in NUMBERS.multiples and (low.endswith("fold") or follower in WORDS.words.after_multiple):
        value = NUMBERS.multiples[low]
        return Operand("ratio", value, i, i + 1, Numeral(value, value, 1.0, i, i + 1, "words"))
    if low in ("a", "an") and follower in DURATIONS:
        return _read_duration(tokens, Numeral(1.0, 1.0, 1.0, i, i + 1, "words"))
    return None


def _read_multiple(tokens: Tokens, numeral: Numeral) -> Operand | None:
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
        if other is not None and 0 < other.value < 100:
            return Operand("ratio", numeral.value / other.value, numeral.start, other.end, numeral)
    if words[at] == ":" and tokens.is_glued(at) and tokens.is_glued(at + 1) and len(tokens.words[at + 1]) == 1:
        if tokens.is_number(at + 1) and tokens.words[at + 2] != ":" and tokens.value(at + 1) > 0:
            return Operand("ratio", numeral.value / tokens.value(at + 1), numeral.start, at + 2, numeral)
    return _read_one_in(tokens, numeral)


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


def _read_measure(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the count of an abbreviated measure: "29km", "10 GW"."""
    word = tokens.words[numeral.end]
    unit = MEASURES.get(word)
    if unit is None or numeral.form == "fraction" or (word in _WORDLIKE_MEASURES and not tokens.is_glued(numeral.end)):
        return None
    return Operand("count", numeral.value, numeral.start, numeral.end + 1, numeral, None, unit)


def _read_plain(tokens: Tokens, numeral: Numeral) -> Operand:
    if numeral.form == "fraction" and numeral.scale == 1:
        return Operand("percent", round(numeral.value * 100, 2), numeral.start, numeral.end, numeral, is_share=True)
    is_slash = tokens.words[numeral.start + 1] == "/" and numeral.end == numeral.start + 3
    return Operand("ratio" if is_slash else None, numeral.value, numeral.start, numeral.end, numeral)


def has_vague_numeral(tokens: Tokens, i: int) -> bool:
    """Return whether what precedes token `i` makes its number indefinite: "several hundred", "tens of millions"."""
    return tokens.lows[i - 1] in WORDS.words.vague and not tokens.is_number(i)


SCALE_WORDS = frozenset(NUMBERS.scales)
