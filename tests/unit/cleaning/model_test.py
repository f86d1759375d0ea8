"""A model gives what its trees add up to, or says why it cannot be loaded."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.cleaning.features import on_grid
from pipeline.cleaning.judgement import page_model, text_model
from pipeline.cleaning.model import SegmentModel, SegmentModelError, load_segment_model

MODELS = pytest.mark.parametrize("model", [page_model(), text_model()], ids=lambda model: model.name)


@MODELS
def test_a_score_is_the_sum_of_all_trees(model: SegmentModel) -> None:
    trees = model.first
    features = np.random.default_rng(7).normal(size=(300, len(model.first_features))).astype(np.float32)
    leaves = trees.find_leaves(features)
    sums = trees.values[np.arange(len(leaves))[:, None], leaves].sum(axis=0)
    assert trees.score(leaves).tolist() == on_grid(1 / (1 + np.exp(-trees.bias - sums))).tolist()


@MODELS
def test_a_model_for_other_features_is_refused(model: SegmentModel) -> None:
    with pytest.raises(SegmentModelError, match="train it again"):
        load_segment_model(model.name, ("length",), model.second_features)


def test_a_model_of_an_odd_number_of_trees_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cleaning.model._FOLDER", tmp_path)
    model = page_model()
    odd = {name: getattr(model.first, name)[1:] for name in ("questions", "values")}
    replace(model, first=replace(model.first, **odd)).save()
    load_segment_model.cache_clear()
    with pytest.raises(SegmentModelError, match="odd number"):
        load_segment_model("page", model.first_features, model.second_features)
