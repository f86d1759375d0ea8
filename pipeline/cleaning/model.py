"""The segment model: how likely a segment is part of the article, and what speaks against one that is not.

What belongs here: loading the learned trees and evaluating them. What does not: the features, and training, which is
`benchmarks.cleaning.training`.

The model is a sum of small decision trees (gradient boosting; Friedman 2001, https://doi.org/10.1214/aos/1013203451)
learned from annotated pages and kept as plain arrays, so that no learning library is needed to run it. A decision is
explained by the falls of the expected value along the paths through the trees, the largest of each path, summed per
feature.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import Matrix

ModelName = Literal["page", "text"]
_FOLDER: Final = Path(__file__).parent / "data"


class SegmentModelError(Exception):
    """The model's file is missing, or was made for other features."""


@dataclass(frozen=True, slots=True)
class SegmentModel:
    """Trees as arrays over all nodes: leaves have themselves as children, so that every path has the same length.

    Of each leaf `objection` is the feature on its path that lowers the value most, and `objection_value` by how much.
    """

    name: str
    version: str
    features: tuple[str, ...]
    threshold: float
    depth: int
    roots: NDArray[np.int32]
    split_feature: NDArray[np.int32]
    split_value: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    objection: NDArray[np.int32]
    objection_value: NDArray[np.float32]

    def find_leaves(self, features: Matrix) -> NDArray[np.int32]:
        """Return for each row the leaf that it comes to in each tree."""
        flat = np.ascontiguousarray(features).ravel()
        offsets = np.repeat(np.arange(len(features), dtype=np.int32) * features.shape[1], len(self.roots))
        node = np.tile(self.roots, len(features))
        for _ in range(self.depth):
            goes_left = flat.take(offsets + self.split_feature.take(node)) <= self.split_value.take(node)
            node = np.where(goes_left, self.left.take(node), self.right.take(node))
        return node.reshape(len(features), len(self.roots))

    def score(self, leaves: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return for each row of leaves the likelihood, 0 to 1, that the segment is part of the article."""
        return 1 / (1 + np.exp(-self.value.take(leaves).sum(axis=1, dtype=np.float64)))

    def explain(self, leaves: NDArray[np.int32]) -> list[str]:
        """Return for each row of leaves the feature that speaks most against the segment."""
        width = len(self.features)
        cells = self.objection.take(leaves) + np.arange(len(leaves))[:, None] * width
        weights = self.objection_value.take(leaves)
        sums = np.bincount(cells.ravel(), weights.ravel(), minlength=len(leaves) * width)
        return [self.features[index] for index in sums.reshape(len(leaves), width).argmax(axis=1)]

    def save(self) -> None:
        """Write the model to its place in the package."""
        np.savez_compressed(
            _FOLDER / f"segments-{self.name}.npz",
            version=np.array(self.version),
            features=np.array(self.features),
            threshold=np.array(self.threshold),
            depth=np.array(self.depth),
            roots=self.roots,
            split_feature=self.split_feature,
            split_value=self.split_value,
            left=self.left,
            right=self.right,
            value=self.value,
            objection=self.objection,
            objection_value=self.objection_value,
        )


@cache
def load_segment_model(name: ModelName, features: tuple[str, ...]) -> SegmentModel:
    """Return the model for segments of whole pages or of bare texts.

    Raises SegmentModelError where the file is missing or was made for other features.
    """
    path = _FOLDER / f"segments-{name}.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            model = SegmentModel(
                name=name,
                version=str(stored["version"]),
                features=tuple(str(feature) for feature in stored["features"]),
                threshold=float(stored["threshold"]),
                depth=int(stored["depth"]),
                roots=stored["roots"],
                split_feature=stored["split_feature"],
                split_value=stored["split_value"],
                left=stored["left"],
                right=stored["right"],
                value=stored["value"],
                objection=stored["objection"],
                objection_value=stored["objection_value"],
            )
    except (OSError, KeyError, ValueError) as error:
        raise SegmentModelError(f"{path.name} cannot be loaded ({error}): restore it, or train it again") from error
    if model.features != features:
        raise SegmentModelError(f"{path.name} was made for other features: train it again")
    return model
