"""How far the confidence of claims can be taken for the chance that they are right.

Belongs here: reliability by bins of confidence and the expected calibration error. Does not belong here: what is right,
which `extraction` judges.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import sqrt
from typing import NamedTuple

BIN_COUNT = 10
_DEVIATIONS = 1.96
"""Standard deviations either side that hold 95 in 100."""


class Verdict(NamedTuple):
    """A claim's document and confidence, and whether it is right."""

    document_id: str
    confidence: float
    is_right: bool


class Bin(NamedTuple):
    """The claims of one tenth of confidence: their number, mean confidence and share right.

    `low` and `high` are the ends of the share's 95 % interval (Wilson 1927).
    """

    start: float
    claims: int
    confidence: float
    right: float
    low: float
    high: float


def sort_into_bins(verdicts: Iterable[Verdict]) -> list[Bin]:
    """Return the bins that hold claims, from the least confidence on."""
    held: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        held[min(int(verdict.confidence * BIN_COUNT), BIN_COUNT - 1)].append(verdict)
    return [_describe_bin(number, members) for number, members in sorted(held.items())]


def measure_error(bins: Iterable[Bin]) -> float:
    """Return the expected calibration error (Naeini et al. 2015): how far mean confidence and share right are apart in
    a bin, the mean over all claims; 0 where there are none.
    """
    rows = list(bins)
    total = sum(row.claims for row in rows)
    return sum(row.claims * abs(row.confidence - row.right) for row in rows) / max(total, 1)


def show_reliability(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Yield the table of the bins and the error, line by line."""
    bins = sort_into_bins(verdicts)
    yield "    confidence  claims  mean   right  (95 % interval)"
    for row in bins:
        yield (
            f"    {row.start:.1f}-{row.start + 1 / BIN_COUNT:.1f}     {row.claims:6}  {row.confidence:.3f}  "
            f"{row.right:.3f}  ({row.low:.3f}-{row.high:.3f})"
        )
    yield f"    expected calibration error {measure_error(bins):.3f} over {sum(row.claims for row in bins)} claims"


def _describe_bin(number: int, members: list[Verdict]) -> Bin:
    count = len(members)
    right = sum(verdict.is_right for verdict in members) / count
    confidence = sum(verdict.confidence for verdict in members) / count
    square = _DEVIATIONS**2
    middle = (right + square / (2 * count)) / (1 + square / count)
    reach = _DEVIATIONS / (1 + square / count) * sqrt(right * (1 - right) / count + square / (4 * count**2))
    return Bin(number / BIN_COUNT, count, confidence, right, middle - reach, middle + reach)
