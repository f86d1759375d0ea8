"""Joining two amounts to a range: "between 3 and 5%", "$30-$40bn", "more than 10 but fewer than 40".

Belongs here: when two amounts are the ends of one value, and what each lends the other (scale, currency, unit). Does
not belong here: two currencies for one amount, which are a conversion.
"""

from typing import NamedTuple

from pipeline.extraction.quantities.amounts import has_vague_numeral, read_operand
from pipeline.extraction.quantities.comparators import Stated, read_comparator
from pipeline.extraction.quantities.exclusions import is_label
from pipeline.extraction.quantities.nouns import compound_noun, counted_noun
from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import WORDS

_DASHES = frozenset("-–—‐‑~")
_LOWER_BOUNDS = frozenset({"more_than", "at_least"})
_UPPER_BOUNDS = frozenset({"less_than", "at_most"})
_LONGEST_COMPARATOR = 6


class Found(NamedTuple):
    """A value over tokens: an operand or a range of two, and how it is stated."""

    low: Operand
    high: Operand
    stated: Stated
    unit: str | None


def read_range(tokens: Tokens, low: Operand, floor: int) -> Found | None:
    """Return the range that begins with `low` ("between 3 and 5%", "$30-$40bn", "two or three"), None for a point."""
    joint, joined = tokens.lows[low.end], low.end + 1
    before = tokens.lows[low.start - 1]
    is_between = before == "between" and low.start - 1 >= floor
    if before == "from" and tokens.lows[low.end : low.end + 2] == ["up", "to"]:
        joint, joined = "to", low.end + 2
    if joint == "and":
        if not is_between:
            return None
    elif joint not in _DASHES and joint not in ("to", "or", "through"):
        return None
    if joint in _DASHES and tokens.is_glued(low.end) != tokens.is_glued(low.end + 1):
        return None
    high = read_operand(tokens, joined)
    if high is None and joint == "-" and tokens.lows[joined] in ("to", "or"):
        joint = tokens.lows[joined]
        high = read_operand(tokens, joined + 2 if tokens.words[joined + 1] == "-" else joined + 1)
    if high is None or high.is_share != low.is_share or has_vague_numeral(tokens, joined):
        return None
    if low.kind == "percent" and high.kind is None and joint == "to" and not is_between:
        return None
    united = _unite(tokens, low, high)
    if (
        united is None
        or (united[0].kind is None and is_label(tokens, low.start))
        or not _joins(tokens, low, high, joint)
    ):
        return None
    low, high = united
    start = low.start
    is_from = before == "from" and low.start - 1 >= floor
    if is_from and _is_change(tokens, low.start - 1):
        return None
    if is_between or is_from:
        start -= 1
    unit = high.unit if high.kind is not None else counted_noun(tokens, high.end) or compound_noun(tokens, high.end)
    return Found(low, high, Stated("between", start, high.end), unit)


def _unite(tokens: Tokens, low: Operand, high: Operand) -> tuple[Operand, Operand] | None:
    """Return the two ends with the unit and scale that only one of them states given to both; None if they differ."""
    if low.kind is None and high.kind is not None:
        low = low._replace(kind=high.kind, currency=high.currency, unit=high.unit)
    elif high.kind is None and low.kind is not None:
        high = high._replace(kind=low.kind, currency=low.currency, unit=low.unit)
    if (
        low.kind != high.kind
        or low.currency != high.currency
        or low.unit != high.unit
        or (high.kind == "ratio" and tokens.lows[high.end - 1] not in ("x", "times"))
    ):
        return None
    if low.numeral.scale == 1 and high.numeral.scale > 1 and low.value <= high.value / high.numeral.scale:
        low = low._replace(value=round(low.value * high.numeral.scale, 6))
    elif (
        low.value == low.numeral.value
        and high.kind == "percent"
        and high.numeral.value != high.value
        and low.numeral.value > high.value
    ):
        low = low._replace(value=round(low.value * high.value / high.numeral.value, 8))
    return (low, high) if low.value < high.value else None


def _joins(tokens: Tokens, low: Operand, high: Operand, joint: str) -> bool:
    """Return whether `joint` makes a range of two amounts, rather than a delta and a level, or a choice."""
    before = tokens.lows[low.start - 1]
    both_bare = low.kind is None and high.kind is None
    if joint == "or":
        return high.numeral.value - low.numeral.value <= 2 and low.kind != "money"
    if joint in ("to", "through") and before != "from":
        if before == "by" and (both_bare or low.kind is not None):
            return False
        is_one_amount = low.kind is None and high.kind == "money"
        is_delta = before in WORDS.words.change and low.kind != "percent" and not is_one_amount
        return not is_delta
    return True


def _is_change(tokens: Tokens, i: int) -> bool:
    """Return whether the sentence speaks of a change shortly before token `i`."""
    for at in range(i - 1, max(i - 9, -1), -1):
        if tokens.lows[at] in WORDS.words.change:
            return True
        if tokens.words[at] in (".", ";") and not tokens.is_glued(at + 1):
            return False
    return False


def read_bounds(tokens: Tokens, first: Found) -> Found | None:
    """Return the range that two bounds make: "more than 10 but less than 40", "at most 100 and at least 20"."""
    at = first.stated.end
    if tokens.words[at] == ",":
        at += 1
    if tokens.lows[at] in ("and", "but"):
        at += 1
    if at == first.stated.end or first.stated.comparator not in (_LOWER_BOUNDS | _UPPER_BOUNDS):
        return None
    floor = at
    reach = range(floor, floor + _LONGEST_COMPARATOR + 1)
    operand = next((operand for i in reach if (operand := read_operand(tokens, i)) is not None), None)
    second = None if operand is None else read_comparator(tokens, operand, floor)
    if operand is None or second is None or second.start != floor:
        return None
    if first.stated.comparator in _UPPER_BOUNDS and second.comparator in _LOWER_BOUNDS:
        united = _unite(tokens, operand, first.low)
    elif first.stated.comparator in _LOWER_BOUNDS and second.comparator in _UPPER_BOUNDS:
        united = _unite(tokens, first.low, operand)
    else:
        return None
    if united is None:
        return None
    unit = first.unit or operand.unit or counted_noun(tokens, second.end)
    return Found(*united, Stated("between", first.stated.start, second.end), unit)
