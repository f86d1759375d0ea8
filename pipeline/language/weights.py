"""The numbers that a network has learned, by name, and their files.

Belongs here: keeping weights on disk, and the first step that all networks share, from the rows of a word's spelling to
its numbers. Does not belong here: what else is computed with them.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.language.spelling import AFFIX_COLUMNS, WORD_COLUMNS

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]


def read_weights(path: Path) -> dict[str, Floats]:
    """Return the weights in the file `path`; raises OSError or ValueError where it is missing or damaged."""
    with np.load(path, allow_pickle=False) as arrays:
        return {name: np.ascontiguousarray(arrays[name], dtype=np.float32) for name in arrays.files}


def write_weights(path: Path, weights: Weights) -> None:
    """Write `weights` to the file `path`, in half precision."""
    halves = {name: values.astype(np.float16) for name, values in weights.items()}
    np.savez(path, allow_pickle=False, **halves)


def embed_spelling(weights: Weights, rows: NDArray[np.int32]) -> Floats:
    """Return a vector for each row of `pipeline.language.spelling`: word, affixes and shape, side by side."""
    word, affix, shape = weights["word"], weights["affix"], weights["shape"]
    words = sum((word[rows[:, column]] for column in range(1, WORD_COLUMNS)), start=word[rows[:, 0]])
    first = WORD_COLUMNS
    affixes = sum(
        (affix[rows[:, column]] for column in range(first + 1, first + AFFIX_COLUMNS)), start=affix[rows[:, first]]
    )
    return np.concatenate([words, affixes, shape[rows[:, -1]]], axis=1)
