"""Amounts as stated: how precisely a text gives a value, and whether two statements of one can both be right.

"$2.8 billion" is precise to half of 0.1 billion, so "$2.81bn" agrees with it and "$2.9bn" does not. What belongs here:
tolerances and their comparison, for any predicate. What does not: which claims are compared (`facts`).
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.tables import Comparator

LOOSE_SHARE = 0.05
"""How far, as a share of the value, words like "about", "nearly" or "more than" may be from it."""

ROUNDING_SHARE = 0.15
"""How far, as a share of the value, rounding may reach: "$3 billion" is not 2.5, though it is stated to the billion."""

OWN_SHARE = 0.02
"""How far two figures of one article may be apart as a share, and still be the same one, once rounded."""

MIN_DIGITS = 2
"""How many leading digits of a round number are taken to be meant: "450 million" may be 447."""

THREE_DIGITS = 200
"""How many times its rounding, half a unit of the last digit, a value of three digits is at least."""

_NUMERAL = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_EXACT = 1e-9
_LOOSE_BELOW: frozenset[Comparator] = frozenset({"about", "nearly", "less_than", "at_most", "up_to"})
_LOOSE_ABOVE: frozenset[Comparator] = frozenset({"about", "more_than", "at_least"})
_OPEN_BELOW: frozenset[Comparator] = frozenset({"less_than", "at_most", "up_to"})
_OPEN_ABOVE: frozenset[Comparator] = frozenset({"more_than", "at_least"})
_LOG_STEPS = 15


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with how far below and above it another statement of the same value may lie.

    `value` is the middle of a range and `spread` half its width. `floor` and `ceiling` bound what the statement leaves
    possible ("more than 1" has no ceiling).
    """

    value: float
    spread: float
    below: float
    above: float
    floor: float
    ceiling: float

    @property
    def tolerance(self) -> float:
        """The wider of the two sides: the smaller, the more precise the statement."""
        return max(self.below, self.above)

    @property
    def is_telling(self) -> bool:
        """Whether it is put so precisely, to three digits, that two statements hardly share it by chance."""
        return 0 < self.tolerance * THREE_DIGITS <= abs(self.value)

    @property
    def _is_range(self) -> bool:
        return self.spread > 0 or math.isinf(self.floor) or math.isinf(self.ceiling)

    def covers(self, value: float) -> bool:
        """Return whether `value` may be what was stated here."""
        slack = _EXACT * abs(self.value)
        return self.value - self.below - slack <= value <= self.value + self.above + slack

    def agrees(self, other: "Amount") -> bool:
        """Return whether one statement is the other within the rounding of how either is put."""
        is_as_wide = (self.spread > 0) == (other.spread > 0) and abs(self.spread - other.spread) <= max(
            self.tolerance, other.tolerance
        )
        return is_as_wide and (self.covers(other.value) or other.covers(self.value))

    def leaves_room_for(self, other: "Amount") -> bool:
        """Return whether both statements can be true at once ("more than 1" and "2.8")."""
        if not (self._is_range or other._is_range):
            return self.agrees(other)
        slack = _EXACT * max(abs(self.value), abs(other.value))
        return self.floor <= other.ceiling + slack and other.floor <= self.ceiling + slack

    def is_within_range_of(self, other: "Amount") -> bool:
        """Return whether this value lies in the open or wide range that `other` states."""
        return other.ceiling - other.floor > self.ceiling - self.floor and other.floor <= self.value <= other.ceiling


def read_amount(low: float, high: float, comparator: Comparator | None, text: str | None) -> Amount:
    """Return the amount stated as `text`, whose ends were read as `low` and `high` in plain units.

    The precision is that of the numeral in the text ("2.8 billion": 0.1 billion, "450 million": 10 million); a value in
    words is taken as exact to the last digit.
    """
    middle = (low + high) / 2
    half = max(_half_unit(low, text), _half_unit(high, text))
    if high > low:
        return Amount(middle, (high - low) / 2, half, half, low - half, high + half)
    loose = LOOSE_SHARE * abs(middle)
    below = max(half, loose) if comparator in _LOOSE_BELOW else half
    above = max(half, loose) if comparator in _LOOSE_ABOVE else half
    return Amount(
        middle,
        0.0,
        below,
        above,
        -math.inf if comparator in _OPEN_BELOW else middle - below,
        math.inf if comparator in _OPEN_ABOVE else middle + above,
    )


@lru_cache(maxsize=100_000)
def _half_unit(value: float, text: str | None) -> float:
    size = abs(value)
    for numeral in _NUMERAL.findall(text or ""):
        stated = float(numeral.replace(",", ""))
        scale = _power_of_ten(size / stated) if stated else None
        if scale is not None:
            return min(scale * _last_place(numeral) / 2, ROUNDING_SHARE * size)
    return _half_of_last_digit(size)


def _last_place(numeral: str) -> float:
    """Return the unit of the last digit that counts; zeros that end a whole number may be rounding, past two digits."""
    whole, _, decimals = numeral.replace(",", "").partition(".")
    if decimals:
        return 10.0 ** -len(decimals)
    zeros = len(whole) - len(whole.rstrip("0"))
    return 10.0 ** max(0, min(zeros, len(whole) - MIN_DIGITS))


def _power_of_ten(ratio: float) -> float | None:
    """Return the power of ten that `ratio` is, or None if it is none."""
    exponent = round(math.log10(ratio)) if ratio > 0 else -1
    scale = 10.0**exponent
    return scale if 0 <= exponent <= _LOG_STEPS and math.isclose(ratio, scale, rel_tol=1e-6) else None


def _half_of_last_digit(size: float) -> float:
    """Return half a unit of the last significant digit of a value given without numerals; whole numbers are exact."""
    digits = f"{size:.6g}"
    if "." in digits and "e" not in digits:
        return 10.0 ** -len(digits.partition(".")[2]) / 2
    return 0.5 if size >= 1 else 0.0
