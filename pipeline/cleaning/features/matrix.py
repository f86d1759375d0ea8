"""Arithmetic on rows of features that stand in document order.

What belongs here: neighbours, windows, runs and distances over rows. What does not: any feature.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]


def look_around(values: Matrix, offsets: Sequence[int]) -> Matrix:
    """Return for each row the rows at `offsets` from it, side by side, -1 where there are none."""
    reach = max(map(abs, offsets))
    padded = np.full((len(values) + 2 * reach, values.shape[1]), -1, dtype=np.float32)
    padded[reach : reach + len(values)] = values
    places = np.arange(reach, reach + len(values))[:, None] + np.array(offsets)
    return padded[places].reshape(len(values), len(offsets) * values.shape[1])


def average_windows(values: Matrix, widths: Sequence[int]) -> Matrix:
    """Return the means over each row and so many rows on either side, for each of the widths, side by side."""
    count = len(values)
    sums = np.zeros((count + 1, values.shape[1]))
    np.cumsum(values, axis=0, dtype=np.float64, out=sums[1:])
    places, spread = np.arange(count)[:, None], np.array(widths)
    low, high = np.maximum(places - spread, 0), np.minimum(places + spread + 1, count)
    means = (sums[high] - sums[low]) / (high - low)[:, :, None]
    return means.reshape(count, len(widths) * values.shape[1]).astype(np.float32)


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
