"""The learner of the segment models: gradient-boosted symmetric trees by CatBoost, as plain arrays.

What belongs here: ensembles from features, labels and weights, and their export. What does not: what the features are.
Several ensembles that saw other samples of the rows and columns are averaged: pages of sites that were held out are
judged better by them than by any one (bagging; Breiman 1996, https://doi.org/10.1007/BF00058655). CatBoost
(https://catboost.ai) is in the dependency group `training`.
"""

import json
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import Matrix, on_grid
from pipeline.cleaning.model import Trees


class Settings(NamedTuple):
    """How many trees of which depth, how fast they learn, and the share of columns that each question chooses from.

    The trees are those of each of the ensembles that are averaged.
    """

    ensembles: int
    trees: int
    depth: int
    rate: float
    columns: float


def learn(features: Matrix, labels: NDArray[np.float64], weights: NDArray[np.float64], settings: Settings) -> Trees:
    """Return the trees that tell the labels, shares from 0 to 1, from the features; the same for the same input."""
    catboost: Any = import_module("catboost")
    pool = catboost.Pool(features, labels, weight=weights)
    return _average([_learn_ensemble(catboost, pool, settings, seed) for seed in range(1, settings.ensembles + 1)])


def _learn_ensemble(catboost: Any, pool: Any, settings: Settings, seed: int) -> "_Ensemble":
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
            "random_seed": seed,
            "thread_count": 1,
            "allow_writing_files": False,
            "verbose": 0,
        }
    )
    model.fit(pool)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return _read_ensemble(json.loads(path.read_text("utf-8")), settings.depth)


def _average(ensembles: Sequence["_Ensemble"]) -> Trees:
    """Return the mean of the ensembles, explained by the first of them."""
    count = len(ensembles)
    trees = [tree for ensemble in ensembles for tree in ensemble.trees]
    asked = sorted({question for tree in trees for question in tree.questions})
    numbers = {question: number for number, question in enumerate(asked)}
    return Trees(
        bias=np.mean([ensemble.bias for ensemble in ensembles], axis=0),
        columns=np.array([question.column for question in asked], dtype=np.int32),
        bounds=np.array([question.bound for question in asked], dtype=np.float32),
        questions=np.array([[numbers[question] for question in tree.questions] for tree in trees], dtype=np.int32),
        values=on_grid([tree.values / count for tree in trees]),
        objections=np.array([tree.objections for tree in ensembles[0].trees], dtype=np.int32),
        objection_values=np.array([tree.objection_values for tree in ensembles[0].trees], dtype=np.float32),
    )


class _Question(NamedTuple):
    """Whether a column of the features is above a bound."""

    column: int
    bound: float


class _Tree(NamedTuple):
    questions: list[_Question]
    values: NDArray[np.float64]
    objections: NDArray[np.int64]
    objection_values: NDArray[np.float64]


class _Ensemble(NamedTuple):
    bias: float
    trees: list[_Tree]


def _read_ensemble(stored: dict[str, Any], depth: int) -> _Ensemble:
    scale, (bias,) = stored["scale_and_bias"]
    return _Ensemble(bias, [_read_tree(tree, depth, scale) for tree in stored["oblivious_trees"]])


def _read_tree(tree: dict[str, Any], depth: int, scale: float) -> _Tree:
    """Read one tree; one that asks fewer questions is filled up with questions that nothing answers."""
    questions = [_Question(int(split["float_feature_index"]), float(split["border"])) for split in tree["splits"]]
    missing = depth - len(questions)
    leaves = np.arange(1 << depth) & ((1 << len(questions)) - 1)
    values = scale * np.array(tree["leaf_values"])[leaves]
    weights = np.array(tree["leaf_weights"])[leaves] / (1 << missing)
    questions += [_Question(0, np.inf)] * missing
    return _Tree(questions, values, *_find_objections([question.column for question in questions], values, weights))


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
