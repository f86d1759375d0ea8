"""Arithmetic on rows of features that stand in document order.

What belongs here: neighbours, windows, runs and distances over rows. What does not: any feature.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]


def shift(values: Matrix, offset: int) -> Matrix:
    """Return the rows `offset` places on, -1 where there are none."""
    shifted = np.full_like(values, -1)
    if abs(offset) < len(values):
        if offset > 0:
            shifted[:-offset] = values[offset:]
        else:
            shifted[-offset:] = values[:offset]
    return shifted


def average_window(values: Matrix, width: int) -> Matrix:
    """Return the mean over each row and `width` rows on either side."""
    sums = np.zeros((len(values) + 1, values.shape[1]))
    np.cumsum(values, axis=0, dtype=np.float64, out=sums[1:])
    index = np.arange(len(values))
    low, high = np.maximum(index - width, 0), np.minimum(index + width + 1, len(values))
    return ((sums[high] - sums[low]) / (high - low)[:, None]).astype(np.float32)


def last_index(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each position that of the last flag at or before it, minus the count where there is none."""
    return np.maximum.accumulate(np.where(flags, np.arange(len(flags)), -len(flags)))


def run_lengths(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each position the length of the run of true flags that it is in, 0 where its flag is false."""
    if not len(flags):
        return np.zeros(0, dtype=np.int64)
    edges = np.flatnonzero(np.diff(flags)) + 1
    bounds = np.concatenate([[0], edges, [len(flags)]])
    return np.repeat(np.diff(bounds), np.diff(bounds)) * np.where(flags, 1, 0)
