"""Pages one behind the other, and sums and distances over their containers.

What belongs here: arithmetic on the trees of containers, which stand in document order. What does not: any feature.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.matrix import Numbers, Rows
from pipeline.cleaning.page import Block, Container, Page


class Stack:
    """The blocks and containers of several pages, those of all pages in one row and numbered through.

    `rows` are the blocks of each page and `owners` their containers. `roots` are the outermost containers of the pages;
    `ends` ends the containers in each, `above` is the one that each is in; a root is in itself.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.rows = Rows([len(page.blocks) for page in pages])
        self.blocks: list[Block] = [block for page in pages for block in page.blocks]
        self.containers: list[Container] = [container for page in pages for container in page.containers]
        sizes = [len(page.containers) for page in pages]
        self.roots = [end - size for end, size in zip(accumulate(sizes), sizes, strict=True)]
        owners: list[int] = []
        ends: list[int] = []
        above: list[int] = []
        for root, page in zip(self.roots, pages, strict=True):
            owners += [block.container + root for block in page.blocks]
            ends += [container.end + root for container in page.containers]
            above += [max(container.parent, 0) + root for container in page.containers]
        self.owners = np.array(owners, dtype=np.int64)
        self.ends = np.array(ends, dtype=np.int64)
        self.above = np.array(above, dtype=np.int64)


def sum_within(values: Numbers, stack: Stack) -> Numbers:
    """Return for each container the sums of the `values` of blocks in it, a row of values a block, on the grid."""
    owners = stack.owners + 1
    count = len(stack.ends) + 1
    sums = np.zeros((count, values.shape[1]))
    for column, of_column in enumerate(values.T):
        sums[:, column] = np.bincount(owners, of_column, minlength=count)
    np.cumsum(sums, axis=0, out=sums)
    return sums[stack.ends] - sums[:-1]


def find_mains(sums: Numbers, stack: Stack, share: float) -> list[int]:
    """Return the innermost container of each page that most is in.

    The way to it leads from the root on to the first child with a `share` of its parent's.
    """
    weights: list[float] = sums.tolist()
    ends: list[int] = stack.ends.tolist()

    def find_large_child(container: int) -> int | None:
        least = share * weights[container]
        child = container + 1
        while child < ends[container]:
            if weights[child] >= least and weights[child] > 0:
                return child
            child = ends[child]
        return None

    mains: list[int] = []
    for root in stack.roots:
        main, child = root, find_large_child(root)
        while child is not None:
            main, child = child, find_large_child(child)
        mains.append(main)
    return mains


def find_shared(targets: Sequence[int], stack: Stack) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each container the innermost one that also holds its page's target, and how far above that it is."""
    shared, levels = np.zeros((2, len(stack.ends)), dtype=np.int64)
    for root, target in zip(stack.roots, targets, strict=True):
        path = [target]
        while path[-1] != root:
            path.append(int(stack.above[path[-1]]))
        for level, container in reversed(list(enumerate(path))):
            within = slice(container, stack.ends[container])
            shared[within], levels[within] = container, level
    return shared, levels
