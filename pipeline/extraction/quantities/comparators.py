"""Reading how a value is stated from the words before and after it: "more than 190", "five or more".

Belongs here: matching the phrases of the vocabulary and what two of them together mean.
"""

from typing import NamedTuple

from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import COMPARATORS_AFTER, COMPARATORS_BEFORE, CURRENCIES, WORDS, Phrase
from pipeline.tables import Comparator

_LONGEST = max(len(phrase) for phrase in (*COMPARATORS_BEFORE, *COMPARATORS_AFTER))
_LAST_WORDS = frozenset(phrase[-1] for phrase in COMPARATORS_BEFORE)
_FIRST_WORDS = frozenset(phrase[0] for phrase in COMPARATORS_AFTER)
_SOFT: frozenset[Comparator] = frozenset({"eq", "about"})
_AMOUNT_OF_TIME: Phrase = ("over",)


class Stated(NamedTuple):
    """How a value is stated, over tokens `start` to `end` (exclusive): the value with its comparator words."""

    comparator: Comparator
    start: int
    end: int


def read_comparator(tokens: Tokens, operand: Operand, floor: int) -> Stated:
    """Return how `operand` is stated, "eq" if nothing says otherwise; tokens before `floor` are taken already.

    A verb of exceeding bounds its object and is no part of it. A bound before the number wins over words after it,
    those over "about" and the like before it. "Over" before a duration means throughout it unless the words before
    that say that it is exceeded.
    """
    before = _read_before(tokens, operand, floor)
    if before.comparator not in _SOFT:
        return before
    after = _read_after(tokens, operand)
    return before if after is None else after._replace(start=before.start)


def _read_before(tokens: Tokens, operand: Operand, floor: int) -> Stated:
    start = operand.start
    if tokens.lows[start - 1] in ("a", "an", "the") and operand.numeral.form == "digits" and start - 1 > floor:
        start -= 1
    if tokens.lows[start - 1] in _LAST_WORDS:
        for length in range(min(_LONGEST, start - floor), 0, -1):
            phrase = tuple(tokens.lows[start - length : start])
            comparator = COMPARATORS_BEFORE.get(phrase)
            if comparator is not None and not _means_throughout(tokens, operand, phrase, start):
                return Stated(comparator, start - length, operand.end)
    if tokens.lows[operand.start - 1] in WORDS.words.exceeding_verbs and operand.kind != "duration":
        return Stated("more_than", operand.start, operand.end)
    return Stated("eq", operand.start, operand.end)


def _read_after(tokens: Tokens, operand: Operand) -> Stated | None:
    if tokens.lows[operand.end] in _FIRST_WORDS:
        for length in range(_LONGEST, 0, -1):
            comparator = COMPARATORS_AFTER.get(tuple(tokens.lows[operand.end : operand.end + length]))
            if comparator is not None and _stands_alone(tokens, operand, length):
                return Stated(comparator, operand.start, operand.end + length)
    if operand.kind == "duration" and "+" in tokens.words[operand.numeral.end : operand.end]:
        return Stated("at_least", operand.start, operand.end)
    return None


def _means_throughout(tokens: Tokens, operand: Operand, phrase: Phrase, start: int) -> bool:
    if operand.kind == "duration" and phrase == _AMOUNT_OF_TIME:
        return tokens.lows[start - 2] not in WORDS.words.exceeding_over
    if phrase in (("some",), ("near",)) and operand.numeral.form == "fraction":
        return phrase == ("some",)
    return False


def _stands_alone(tokens: Tokens, operand: Operand, length: int) -> bool:
    """Return whether the words after the value belong to it: "plus" and "+" only where no number follows."""
    after = operand.end + length
    if tokens.lows[operand.end] == "and":
        return not tokens.is_number(after) and tokens.words[after] not in CURRENCIES.signs
    if tokens.lows[operand.end] in ("plus", "+", "-"):
        return not tokens.is_number(after) and not (tokens.lows[operand.end] == "plus" and tokens.words[after] == "$")
    if length == 2 and tokens.lows[operand.end] == "or":
        return tokens.lows[after] != "than" or not tokens.is_number(after + 1)
    return True
