"""The value that the readers of amounts hand to each other.

Belongs here: the shape alone.
"""

from typing import NamedTuple

from pipeline.extraction.quantities.numerals import Numeral
from pipeline.tables import ValueKind


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
