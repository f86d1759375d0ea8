"""Sums and distances over a page's containers, whose parents come before them.

What belongs here: arithmetic on the tree of containers. What does not: any feature.
"""

import numpy as np
from numpy.typing import NDArray


def sum_upwards(values: NDArray[np.float64], parent: list[int]) -> NDArray[np.float64]:
    """Return for each container the sum of `values` over it and all containers in it."""
    sums: list[float] = values.tolist()
    for index in range(len(sums) - 1, 0, -1):
        sums[parent[index]] += sums[index]
    return np.array(sums)


def find_main(sums: NDArray[np.float64], parent: list[int], share: float) -> int:
    """Return the innermost container that most is in: from the root on to the child with a `share` of its parent's."""
    main = 0
    values: list[float] = sums.tolist()
    for index in range(1, len(values)):
        if parent[index] == main and values[index] >= share * values[main] > 0:
            main = index
    return main


def find_shared(target: int, parent: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each container the innermost one that also holds `target`, and how far above `target` that is."""
    path: dict[int, int] = {}
    while target >= 0:
        path[target] = len(path)
        target = parent[target]
    shared = list(range(len(parent)))
    levels = [0] * len(parent)
    for index, above in enumerate(parent):
        if index in path:
            levels[index] = path[index]
        else:
            shared[index], levels[index] = shared[above], levels[above]
    return np.array(shared), np.array(levels)
