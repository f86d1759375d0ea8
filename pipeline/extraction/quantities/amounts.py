"""Reading one amount at a given token: its sign, number, and what makes it money, percent, duration, measure or ratio.

Belongs here: the order in which the readings are tried. Does not belong here: comparators, ranges, and whether a bare
number is worth reporting.
"""

from pipeline.extraction.quantities.measures import (
    read_duration,
    read_measure,
    read_multiple,
    read_number_word,
    read_percent,
)
from pipeline.extraction.quantities.money import read_money_sign_first, read_money_sign_last
from pipeline.extraction.quantities.numerals import Numeral, read_numeral
from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import WORDS

_MINUS = frozenset("-−–")
_BEFORE_MINUS = frozenset("<>=(~")


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
    money = read_money_sign_first(tokens, i)
    if money is not None:
        return money
    numeral = read_numeral(tokens, i)
    if numeral is None:
        return read_number_word(tokens, i)
    return (
        read_percent(tokens, numeral)
        or read_money_sign_last(tokens, numeral)
        or read_duration(tokens, numeral)
        or read_multiple(tokens, numeral)
        or read_measure(tokens, numeral)
        or _read_plain(tokens, numeral)
    )


def _read_plain(tokens: Tokens, numeral: Numeral) -> Operand:
    if numeral.form == "fraction" and numeral.scale == 1:
        return Operand("percent", round(numeral.value * 100, 2), numeral.start, numeral.end, numeral, is_share=True)
    is_slash = tokens.words[numeral.start + 1] == "/" and numeral.end == numeral.start + 3
    return Operand("ratio" if is_slash else None, numeral.value, numeral.start, numeral.end, numeral)


def has_vague_numeral(tokens: Tokens, i: int) -> bool:
    """Return whether what precedes token `i` makes its number indefinite: "several hundred", "tens of millions"."""
    return tokens.lows[i - 1] in WORDS.words.vague and not tokens.is_number(i)
