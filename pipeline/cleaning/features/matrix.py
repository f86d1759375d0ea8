"""Arithmetic on rows of features of several texts that stand one behind the other, each in the order of its text.

What belongs here: where texts begin and end, and neighbours, windows, runs and distances within them. What does not:
any feature. No result depends on the texts beside: sums that run over several texts are exact, by `on_grid`.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.float64]

_STEPS = 1 << 20


class Rows:
    """Which rows are which text's.

    `counts`, `starts` and `ends` are of the texts, `texts` and `places` of the rows: the text of each and its place in
    it, both from 0.
    """

    def __init__(self, counts: Sequence[int]) -> None:
        self.counts = np.array(counts, dtype=np.int64)
        self.ends = np.cumsum(self.counts)
        self.starts = self.ends - self.counts
        self.texts = np.repeat(np.arange(len(self.counts)), self.counts)
        self.numbers = np.arange(len(self.texts))
        self.places = self.numbers - self.starts[self.texts]

    @property
    def spans(self) -> list[slice]:
        """The rows of each text."""
        return [slice(start, end) for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def total(self, values: ArrayLike) -> Numbers:
        """Return the sum of the values of each text."""
        return np.bincount(self.texts, values, minlength=len(self.counts)).astype(np.float64)

    def sum_before(self, values: Numbers) -> Numbers:
        """Return for each row the sum of the values before it in its text; the values are on the grid."""
        sums = np.concatenate([np.zeros(1), np.cumsum(values)])
        return sums[:-1] - sums[self.starts][self.texts]

    def last(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each row that of the last flag at or before it in its text, -1 where there is none."""
        found = np.maximum.accumulate(np.where(flags, self.numbers, -1))
        return np.where(found >= self.starts[self.texts], found, -1)

    def since_last(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each row how far behind the last flag it is, a text's length more than its place for none."""
        found = self.last(flags)
        return np.where(found >= 0, self.numbers - found, self.places + self.counts[self.texts])

    def until_next(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each row how far before the next flag it is, the same of the text read backwards."""
        count = len(flags)
        found = np.minimum.accumulate(np.where(flags, self.numbers, count)[::-1])[::-1]
        ends = self.ends[self.texts]
        left = ends - 1 - self.numbers
        return np.where(found < ends, found - self.numbers, left + self.counts[self.texts])

    def run_lengths(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each row the length of the run of true flags that it is in, 0 where its flag is false."""
        if not len(flags):
            return np.zeros(0, dtype=np.int64)
        changes = (flags[1:] != flags[:-1]) | (self.texts[1:] != self.texts[:-1])
        bounds = np.concatenate([[0], np.flatnonzero(changes) + 1, [len(flags)]])
        return np.repeat(np.diff(bounds), np.diff(bounds)) * flags

    def look_around(self, values: Matrix, offsets: Sequence[int]) -> Matrix:
        """Return for each row the rows at `offsets` from it, side by side, -1 where its text has none."""
        reach = max(map(abs, offsets))
        width = values.shape[1]
        padded = np.full((len(values) + reach * (len(self.counts) + 1), width), -1, dtype=np.float32)
        moved = self.numbers + reach * (self.texts + 1)
        padded[moved] = values
        return padded[moved[:, None] + np.array(offsets)].reshape(len(values), len(offsets) * width)

    def average_windows(self, values: ArrayLike, widths: Sequence[int]) -> Matrix:
        """Return the means over each row and so many rows of its text on either side, width by width, side by side."""
        summands = on_grid(values)
        sums = np.zeros((len(summands) + 1, summands.shape[1]))
        np.cumsum(summands, axis=0, out=sums[1:])
        numbers, spread = self.numbers[:, None], np.array(widths)
        low = np.maximum(numbers - spread, self.starts[self.texts][:, None])
        high = np.minimum(numbers + spread + 1, self.ends[self.texts][:, None])
        means = (sums[high] - sums[low]) / (high - low)[:, :, None]
        return means.reshape(len(summands), len(widths) * summands.shape[1]).astype(np.float32)


def on_grid(values: ArrayLike) -> Numbers:
    """Return the nearest multiples of 2^-20: sums of them are exact as floats, whatever was summed before them."""
    return np.rint(np.asarray(values, dtype=np.float64) * _STEPS) / _STEPS
