"""Pages one behind the other, what their containers inherit, and sums and distances over them.

What belongs here: arithmetic on the trees of containers, which stand in document order. What does not: any feature.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.matrix import Numbers, Rows
from pipeline.cleaning.hints import read_hints
from pipeline.cleaning.page import Block, Page


class Stack:
    """The blocks and containers of several pages, those of all pages in one row and numbered through.

    `rows` are the blocks of each page and `owners` their containers. `roots` are the outermost containers of the pages;
    of each container `ends` ends those in it, `above` is the one that it is in, a root in itself, and `depths` is how
    many that are. `marks` are those of it and all above it; `hints` are those of its own names, `all_hints` also those
    of all above it.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        containers = [page.containers for page in pages]
        self.pages = pages
        self.rows = Rows([len(page.blocks) for page in pages])
        self.blocks: list[Block] = [block for page in pages for block in page.blocks]
        self.tags = list(chain.from_iterable(each.tags for each in containers))
        within = Rows([len(each.tags) for each in containers])
        self.roots: list[int] = within.starts.tolist()
        self.owners = within.starts[self.rows.texts] + np.array([block.container for block in self.blocks], np.int64)
        roots = within.starts[within.texts]
        self.ends = roots + _join(each.ends for each in containers)
        self.above = roots + np.maximum(_join(each.parents for each in containers), 0)
        self.depths = within.numbers - np.searchsorted(np.sort(self.ends), within.numbers, side="right")
        self.hints = read_hints(list(chain.from_iterable(each.names for each in containers)))
        self.all_hints = self._inherit(self.hints)
        self.marks = self._inherit(_join(each.marks for each in containers))

    def _inherit(self, bits: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the bits of each container and all above it; each round doubles how many above have been seen."""
        above = self.above
        while True:
            bits = bits | bits[above]
            further = above[above]
            if np.array_equal(further, above):
                return bits
            above = further


def _join(columns: Iterable[Sequence[int]]) -> NDArray[np.int64]:
    return np.array(list(chain.from_iterable(columns)), dtype=np.int64)


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
