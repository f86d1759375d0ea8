"""The best dependency tree for a sentence's scores.

Belongs here: the maximum spanning tree with one root, after Chu and Liu (1965) and Edmonds (1967), as McDonald et al.
(2005), "Non-projective Dependency Parsing using Spanning Tree Algorithms", use it. Does not belong here: where scores
come from.
"""

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
    cycle = _find_cycle(heads, root)
    if not len(cycle):
        return heads
    outside = np.setdiff1d(np.arange(len(heads)), cycle)
    inner = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - inner[:, None]
    leaving = scores[np.ix_(outside, cycle)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), _NEVER, dtype=scores.dtype)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    smaller[size, :size] = entering.max(axis=0)
    smaller[:size, size] = leaving.max(axis=1)
    found = _contract(smaller, int(np.flatnonzero(outside == root)[0]))
    result = heads.copy()
    for place, word in enumerate(outside):
        if word != root:
            result[word] = cycle[leaving[place].argmax()] if found[place] == size else outside[found[place]]
    entry = int(found[size])
    broken = int(entering[:, entry].argmax())
    result[cycle[broken]] = outside[entry]
    return result


def _find_cycle(heads: Heads, root: int) -> Heads:
    """Return the words of one cycle that does not reach `root`, or none."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[root] = 2
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return np.array(path[path.index(at) :], dtype=np.intp)
        state[path] = 2
    return np.zeros(0, dtype=np.intp)
