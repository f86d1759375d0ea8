"""The best dependency tree for a sentence's scores.

Belongs here: the maximum spanning tree with one root, after Chu and Liu (1965) and Edmonds (1967), as McDonald et al.
(2005), "Non-projective Dependency Parsing using Spanning Tree Algorithms", use it. Does not belong here: where scores
come from.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Heads = NDArray[np.intp]

_NEVER = np.float32(-1e9)


def find_tree(scores: Floats) -> Heads:
    """Return the head of each word; the one root heads itself.

    `scores[word, head]` says how well `head` suits `word`, and `scores[word, word]` how well `word` suits as root. The
    tree whose scores add up to most is returned.
    """
    heads = scores.argmax(axis=1)
    if _is_tree(heads):
        return heads
    roots = np.diagonal(scores)
    others = scores.copy()
    np.fill_diagonal(others, _NEVER)
    most = others.max(axis=1)
    bounds = most.sum() - most + roots
    best, best_score = heads, -np.inf
    for root in np.argsort(-bounds, kind="stable").tolist():
        if bounds[root] <= best_score:
            break
        found = _span(others, root)
        score = float(scores[np.arange(len(scores)), found].sum())
        if score > best_score:
            best, best_score = found, score
    return best


def _is_tree(heads: Heads) -> bool:
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) != 1:
        return False
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((reached == roots[0]).all())


def _span(scores: Floats, root: int) -> Heads:
    """Return the heads of the maximum spanning tree from `root`; no word of `scores` heads itself."""
    rooted = scores.copy()
    rooted[root] = _NEVER
    rooted[root, root] = 0
    return _contract(rooted, root)


def _contract(scores: Floats, root: int) -> Heads:
    """Return the best heads, taking each cycle as one word until none is left."""
    heads = scores.argmax(axis=1)
    heads[root] = root
    cycle = _find_cycle(heads.tolist(), root)
    if not cycle:
        return heads
    kept = np.ones(len(heads), dtype=np.bool_)
    kept[cycle] = False
    outside = np.flatnonzero(kept)
    to_outside = scores[:, outside]
    entering = to_outside[cycle] - scores[cycle, heads[cycle]][:, None]
    leaving = scores[:, cycle][outside]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), _NEVER, dtype=scores.dtype)
    smaller[:size, :size] = to_outside[outside]
    smaller[size, :size] = entering.max(axis=0)
    smaller[:size, size] = leaving.max(axis=1)
    found = _contract(smaller, int(np.searchsorted(outside, root)))
    entry = found[size]
    heads[outside] = outside[np.minimum(found[:size], size - 1)]
    behind = np.flatnonzero(found[:size] == size)
    heads[outside[behind]] = np.array(cycle)[leaving[behind].argmax(axis=1)]
    heads[cycle[int(entering[:, entry].argmax())]] = outside[entry]
    return heads


def _find_cycle(heads: Sequence[int], root: int) -> list[int]:
    """Return the words of one cycle that does not reach `root`, or none."""
    done = [False] * len(heads)
    done[root] = True
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while not done[at]:
            done[at] = True
            path.append(at)
            at = heads[at]
        if at in path:
            return path[path.index(at) :]
    return []
