"""The learner of the segment models: gradient-boosted symmetric trees by CatBoost, as plain arrays.

What belongs here: one ensemble from features, labels and weights, and its export. What does not: what the features are.
CatBoost (https://catboost.ai) is in the dependency group `training`.
"""

import json
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import Matrix, on_grid
from pipeline.cleaning.model import Trees


class Settings(NamedTuple):
    """How many trees of which depth, how fast they learn, and the share of columns that each question chooses from."""

    trees: int
    depth: int
    rate: float
    columns: float


def learn(features: Matrix, labels: NDArray[np.float64], weights: NDArray[np.float64], settings: Settings) -> Trees:
    """Return the trees that tell the labels, shares from 0 to 1, from the features; the same for the same input."""
    catboost: Any = import_module("catboost")
    model = catboost.CatBoost(
        {
            "loss_function": "CrossEntropy",
            "iterations": settings.trees,
            "depth": settings.depth,
            "learning_rate": settings.rate,
            "rsm": settings.columns,
            "l2_leaf_reg": 10,
            "bootstrap_type": "Bernoulli",
            "subsample": 0.7,
            "boosting_type": "Plain",
            "border_count": 64,
            "random_seed": 1,
            "thread_count": 1,
            "allow_writing_files": False,
            "verbose": 0,
        }
    )
    model.fit(catboost.Pool(features, labels, weight=weights))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return _export(json.loads(path.read_text("utf-8")), settings.depth)


def _export(stored: dict[str, Any], depth: int) -> Trees:
    scale, (bias,) = stored["scale_and_bias"]
    trees = [_read_tree(tree, depth, scale) for tree in stored["oblivious_trees"]]
    return Trees(
        bias=np.array(bias),
        questions=np.array([tree.questions for tree in trees], dtype=np.int32),
        bounds=np.array([tree.bounds for tree in trees], dtype=np.float32),
        values=on_grid([tree.values for tree in trees]).astype(np.float32),
        objections=np.array([tree.objections for tree in trees], dtype=np.int32),
        objection_values=np.array([tree.objection_values for tree in trees], dtype=np.float32),
    )


class _Tree(NamedTuple):
    questions: list[int]
    bounds: list[float]
    values: NDArray[np.float64]
    objections: NDArray[np.int64]
    objection_values: NDArray[np.float64]


def _read_tree(tree: dict[str, Any], depth: int, scale: float) -> _Tree:
    """Read one tree; one that asks fewer questions is filled up with questions that nothing answers."""
    questions = [int(split["float_feature_index"]) for split in tree["splits"]]
    bounds = [float(split["border"]) for split in tree["splits"]]
    missing = depth - len(questions)
    leaves = np.arange(1 << depth) & ((1 << len(questions)) - 1)
    values = scale * np.array(tree["leaf_values"])[leaves]
    weights = np.array(tree["leaf_weights"])[leaves] / (1 << missing)
    questions += [0] * missing
    bounds += [np.inf] * missing
    return _Tree(questions, bounds, values, *_find_objections(questions, values, weights))


def _find_objections(
    questions: list[int], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each leaf the question on its path whose answer lowered the expected value most, and by how much."""
    leaves = np.arange(len(values))
    objections, falls = np.full(len(values), questions[0]), np.zeros(len(values))
    expected = np.full(len(values), np.average(values, weights=weights + 1e-9))
    for level, question in enumerate(questions):
        prefix = leaves & ((2 << level) - 1)
        sums = np.bincount(prefix, values * (weights + 1e-9))
        narrowed = (sums / np.bincount(prefix, weights + 1e-9))[prefix]
        fall = expected - narrowed
        objections = np.where(fall > falls, question, objections)
        falls = np.maximum(falls, fall)
        expected = narrowed
    return objections, falls
