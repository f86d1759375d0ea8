"""The segment models: how likely a segment is part of the article, and what speaks against one that is not.

What belongs here: loading the learned trees and evaluating them. What does not: the features, and training, which is
`benchmarks.cleaning.training`.

A model judges twice: its first trees see each segment and its surroundings, its second trees see what the first expect
of all segments (stacked sequential learning; Cohen and Carvalho 2005,
https://www.ijcai.org/Proceedings/05/Papers/0378.pdf). The trees are gradient-boosted and symmetric: all nodes of a
level ask the same question (Prokhorenkova et al. 2018, https://arxiv.org/abs/1706.09516). They are learned from
annotated pages and kept as plain arrays, so that no learning library is needed to run them. A decision is explained by
the falls of the expected value along the paths through the trees, the largest of each path, summed per feature.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import Matrix, Numbers, on_grid

ModelName = Literal["page", "text"]
_FOLDER: Final = Path(__file__).parent / "data"
_STAGES: Final = ("first", "second")
_AT_ONCE: Final = 256


class SegmentModelError(Exception):
    """The model's file is missing, or was made for other features."""


@dataclass(frozen=True)
class Trees:
    """An even number of symmetric trees of equal depth, eight at most, as arrays.

    `columns` and `bounds` are the questions: which columns of features are above which bounds. `questions` (trees by
    depth) are what the trees ask of them; the answers, that to the first question as the lowest bit, number the leaf.
    `values` (trees by leaves) are few enough binary digits long for their sums to be exact, in any order. `objections`
    and `objection_values` hold for each leaf the feature on its path that lowers the value most, and by how much: those
    of the first trees, as many as are enough to explain a decision.
    """

    bias: NDArray[np.float64]
    columns: NDArray[np.int32]
    bounds: NDArray[np.float32]
    questions: NDArray[np.int32]
    values: NDArray[np.float64]
    objections: NDArray[np.int32]
    objection_values: NDArray[np.float32]

    def find_leaves(self, features: Matrix) -> NDArray[np.uint8]:
        """Return the number of the leaf in each tree (rows) that each row of features comes to (columns)."""
        leaves = np.empty((len(self.questions), len(features)), dtype=np.uint8)
        for part in _divide(len(features)):
            asked = np.ascontiguousarray(features[part].T)[self.columns]
            answers = (asked > self.bounds[:, None]).view(np.uint8)
            numbers, answered = np.zeros((2, len(self.questions), answers.shape[1]), dtype=np.uint8)
            for questions in reversed(self.questions.T):
                np.take(answers, questions, axis=0, out=answered, mode="clip")
                numbers += numbers
                numbers += answered
            leaves[:, part] = numbers
        return leaves

    def score(self, leaves: NDArray[np.uint8]) -> Numbers:
        """Return for each column of leaves how likely the segment is part of the article, 0 to 1, on the grid."""
        sums = np.zeros(leaves.shape[1])
        for part in _divide(leaves.shape[1]):
            sums[part] = np.take(self._values_of_pairs, self._number_pairs(leaves[:, part])).sum(axis=0)
        return on_grid(1 / (1 + np.exp(-self.bias - sums)))

    def explain(self, leaves: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return for each column of leaves the column of the feature that speaks most against the segment."""
        found = np.zeros(leaves.shape[1], dtype=np.int64)
        width = int(self.columns.max()) + 1
        for part in _divide(len(found)):
            numbers = self._number(leaves[: len(self.objections), part])
            count: int = numbers.shape[1]
            cells = np.take(self.objections, numbers) + np.arange(count)[None, :] * width
            weights = np.take(self.objection_values, numbers)
            sums = np.bincount(cells.ravel(), weights.ravel(), minlength=count * width)
            found[part] = sums.reshape(count, width).argmax(axis=1)
        return found

    @cached_property
    def _values_of_pairs(self) -> NDArray[np.float64]:
        """The values of each two trees together: half as many are looked up."""
        firsts, seconds = self.values[::2], self.values[1::2]
        return (firsts[:, :, None] + seconds[:, None, :]).reshape(len(firsts), -1)

    def _number_pairs(self, leaves: NDArray[np.uint8]) -> NDArray[np.int32]:
        """Return the pairs of leaves in each two trees, numbered over all such pairs."""
        numbers = np.arange(len(leaves) // 2, dtype=np.int32)[:, None]
        for trees in (leaves[::2], leaves[1::2]):
            numbers = numbers * self.values.shape[1] + trees
        return numbers

    def _number(self, leaves: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return the leaves of the first trees, numbered over all trees."""
        return leaves + np.arange(0, self.values.size, len(self.values[0]))[: len(leaves), None]


def _divide(count: int) -> Iterator[slice]:
    """Yield parts of so many segments that are small enough for arrays of trees by segments to stay in the cache."""
    return (slice(start, start + _AT_ONCE) for start in range(0, count, _AT_ONCE))


@dataclass(frozen=True, slots=True)
class SegmentModel:
    """The trees of both judgements; a segment is residue where the second likelihood is below `threshold`."""

    name: ModelName
    version: str
    threshold: float
    first_features: tuple[str, ...]
    second_features: tuple[str, ...]
    first: Trees
    second: Trees

    def save(self) -> None:
        """Write the model to its place in the package."""
        arrays = {
            f"{stage}_{field.name}": getattr(trees, field.name)
            for stage, trees in zip(_STAGES, (self.first, self.second), strict=True)
            for field in fields(Trees)
        }
        np.savez_compressed(
            _FOLDER / f"segments-{self.name}.npz",
            version=np.array(self.version),
            threshold=np.array(self.threshold),
            first_features=np.array(self.first_features),
            second_features=np.array(self.second_features),
            **arrays,
        )


@cache
def load_segment_model(
    name: ModelName, first_features: tuple[str, ...], second_features: tuple[str, ...]
) -> SegmentModel:
    """Return the model for segments of whole pages or of bare texts.

    Raises SegmentModelError where the file is missing or was made for other features.
    """
    path = _FOLDER / f"segments-{name}.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            model = SegmentModel(
                name=name,
                version=str(stored["version"]),
                threshold=float(stored["threshold"]),
                first_features=tuple(str(feature) for feature in stored["first_features"]),
                second_features=tuple(str(feature) for feature in stored["second_features"]),
                first=_read_trees(stored, "first"),
                second=_read_trees(stored, "second"),
            )
    except (OSError, KeyError, ValueError) as error:
        raise SegmentModelError(f"{path.name} cannot be loaded ({error}): restore it, or train it again") from error
    if (model.first_features, model.second_features) != (first_features, second_features):
        raise SegmentModelError(f"{path.name} was made for other features: train it again")
    return model


def _read_trees(stored: Mapping[str, NDArray[Any]], stage: str) -> Trees:
    trees = Trees(**{field.name: stored[f"{stage}_{field.name}"] for field in fields(Trees)})
    if len(trees.values) % 2:
        raise ValueError(f"the {stage} trees are of an odd number")
    return trees
