"""Sums and distances over a page's containers.

What belongs here: arithmetic on the tree of containers, which stand in document order. What does not: any feature.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.page import Nesting


def sum_within(values: NDArray[np.float64], owners: NDArray[np.int64], nesting: Nesting) -> NDArray[np.float64]:
    """Return for each container the sums of the `values` of blocks in it, a row of values a block of `owners`."""
    count = len(nesting.ends)
    sums = np.zeros((count + 1, values.shape[1]))
    np.add.at(sums, owners + 1, values)
    np.cumsum(sums, axis=0, out=sums)
    return sums[nesting.ends] - sums[:-1]


def find_main(sums: NDArray[np.float64], nesting: Nesting, share: float) -> int:
    """Return the innermost container that most is in: from the root on to the child with a `share` of its parent's."""
    main = 0
    while True:
        children = np.flatnonzero(nesting.parents[main + 1 : nesting.ends[main]] == main) + main + 1
        large = children[(sums[children] >= share * sums[main]) & (sums[children] > 0)]
        if not len(large):
            return main
        main = int(large[0])


def find_shared(target: int, nesting: Nesting) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each container the innermost one that also holds `target`, and how far above `target` that is."""
    path = [target]
    while nesting.parents[path[-1]] >= 0:
        path.append(int(nesting.parents[path[-1]]))
    shared, levels = np.zeros((2, len(nesting.ends)), dtype=np.int64)
    for level, container in reversed(list(enumerate(path))):
        within = slice(container, nesting.ends[container])
        shared[within], levels[within] = container, level
    return shared, levels
