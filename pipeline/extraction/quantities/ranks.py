"""Reading ranks: ordinals ("second-best", "the 21st"), "No. 2", and streaks, which count ("seventh straight session").

Belongs here: when an ordinal ranks something. "Largest" and other superlatives without a number are the claims'.
"""

from typing import NamedTuple

from pipeline.extraction.quantities.dates import MONTHS
from pipeline.extraction.quantities.nouns import counted_singular
from pipeline.extraction.quantities.numerals import read_numeral
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import DURATIONS, NUMBERS, WORDS
from pipeline.tables import ValueKind


class Rank(NamedTuple):
    """A rank, or the count or duration of a streak with its unit, over tokens `start` to `end` (exclusive)."""

    kind: ValueKind
    value: float
    start: int
    end: int
    unit: str | None = None


_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_HYPHENS = frozenset("-‐‑")


def read_rank(tokens: Tokens, i: int) -> Rank | None:
    """Return the rank or streak that begins at token `i`, or None."""
    return _read_numbered(tokens, i) or _read_ordinal(tokens, i)


def _read_numbered(tokens: Tokens, i: int) -> Rank | None:
    """Return the rank of "No. 2", "number one" or "#1"."""
    low, at = tokens.lows[i], i + 1
    if (low == "no" and tokens.words[at] == ".") or (low == "nos" and tokens.words[at] == "."):
        at += 1
    elif low == "#":
        if not tokens.is_glued(at):
            return None
    elif low != "number" or tokens.lows[i - 1] in ("phone", "telephone", "a", "serial"):
        return None
    numeral = read_numeral(tokens, at)
    if (
        numeral is None
        or numeral.form == "fraction"
        or not 0 < numeral.value <= (20 if low == "number" else 200)
        or numeral.value != int(numeral.value)
    ):
        return None
    return Rank("rank", numeral.value, i, numeral.end)


def _read_ordinal(tokens: Tokens, i: int) -> Rank | None:
    value_end = _ordinal_at(tokens, i)
    if value_end is None:
        return None
    value, end = value_end
    at = end + 1 if tokens.words[end] in _HYPHENS and tokens.is_glued(end) else end
    after, before = tokens.lows[at], tokens.lows[i - 1]
    if after in WORDS.words.streak:
        unit = counted_singular(tokens, at + 1)
        return Rank("duration" if unit in DURATIONS else "count", value, i, at + 1, unit)
    if after in WORDS.words.not_ranked or after in DURATIONS or after in MONTHS or before in MONTHS:
        return None
    if tokens.lows[i] == "second" and (before in ("per", "a", "every", "split", "each", "one") or before.isdecimal()):
        return None
    if before == "at" and tokens.lows[i] == "first":
        return None
    if after == "to" and tokens.lows[at + 1] == "last":
        return None
    if (
        (after in NUMBERS.units and after != "one")
        or after in NUMBERS.tens
        or after in WORDS.words.vague
        or after[:1].isdecimal()
    ):
        return None
    return Rank("rank", value, i, end)


def _ordinal_at(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """Return the value of the ordinal at `i` and where it ends."""
    low = tokens.lows[i]
    if tokens.words[i].isdecimal() and tokens.is_glued(i + 1) and tokens.lows[i + 1] in _ENDINGS:
        return float(tokens.words[i]), i + 2
    if low in NUMBERS.ordinals:
        return NUMBERS.ordinals[low], i + 1
    if low not in NUMBERS.units and low not in NUMBERS.tens:
        return None
    base = read_numeral(tokens, i)
    if base is None or base.form == "fraction":
        return None
    at = base.end + 1 if tokens.words[base.end] in _HYPHENS or tokens.lows[base.end] == "and" else base.end
    if base.value % 100 == 0 and tokens.lows[at] in NUMBERS.tens:
        base = base._replace(value=base.value + NUMBERS.tens[tokens.lows[at]])
        at = at + 2 if tokens.words[at + 1] in _HYPHENS else at + 1
    ordinal = NUMBERS.ordinals.get(tokens.lows[at])
    if ordinal is None or (tokens.lows[at] == "second" and base.end == at):
        return None
    if base.value % 10 == 0 and ordinal < 10:
        return base.value + ordinal, at + 1
    if base.value % 100 == 0 and ordinal < 100:
        return base.value + ordinal, at + 1
    return (base.value * ordinal, at + 1) if ordinal >= 100 and at == base.end else None
