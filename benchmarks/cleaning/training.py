"""Training the segment models from annotated pages: `python -m benchmarks.cleaning.training --data FOLDER`.

What belongs here: labels, the learner, and its export to plain arrays. What does not: the features, which the pipeline
computes the same way. LightGBM is in the dependency group `training`.
"""

import argparse
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import lightgbm
import numpy as np
import trafilatura
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from resiliparse.extract.html2text import extract_plain_text

from benchmarks.cleaning.pages import SETS, AnnotatedPage, find_data, load_pages
from benchmarks.cleaning.scoring import tokenize
from pipeline.cleaning.features import Matrix
from pipeline.cleaning.judgement import PAGE_FEATURES, TEXT_MODEL_FEATURES, describe_page, describe_text
from pipeline.cleaning.metadata import read_metadata
from pipeline.cleaning.model import SegmentModel
from pipeline.cleaning.page import parse_page
from pipeline.cleaning.repairs import repair
from pipeline.cleaning.segments import split_segments

VERSION = "1"
_ROUNDS = 100
_THRESHOLDS = {"page": 0.4, "text": 0.4}
_LEARNER = {
    "objective": "cross_entropy",
    "learning_rate": 0.08,
    "num_leaves": 16,
    "max_depth": 6,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
    "verbose": -1,
}


class Example(NamedTuple):
    """One text's segments: their features, the share of each that is article, and how much each weighs."""

    site: str
    texts: list[str]
    features: Matrix
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]


def page_model_of(pages: Sequence[AnnotatedPage]) -> SegmentModel:
    """Return the model for blocks of pages, learned from these."""
    return fit("page", [page_example(page) for page in pages])


def text_model_of(pages: Sequence[AnnotatedPage]) -> SegmentModel:
    """Return the model for segments of bare texts, learned from these pages without their markup."""
    return fit("text", [example for page in pages for example in text_examples(page)])


@cache
def page_example(page: AnnotatedPage) -> Example:
    """Return the blocks of an HTML page as an example."""
    parsed = parse_page(page.html)
    description = describe_page(parsed, page.html, read_metadata(parsed.tree))
    return _example(page, [block.text for block in parsed.blocks], description.features)


@cache
def text_examples(page: AnnotatedPage) -> list[Example]:
    """Return what is left of a page without markup as examples: all its text, an extractor's output, the article."""
    variants = (
        extract_plain_text(page.html),
        trafilatura.extract(page.html, include_comments=False) or "",
        page.body,
    )
    examples: list[Example] = []
    for text in variants:
        segments = split_segments(repair(text)[0])
        if segments:
            examples.append(_example(page, [s.text for s in segments], describe_text(segments).features))
    return examples


def _example(page: AnnotatedPage, texts: list[str], features: Matrix) -> Example:
    shares, sizes = align(texts, page.body)
    weights = (sizes + 3.0) / (sizes + 3.0).sum() * 100
    return Example(page.site, texts, features, np.clip((shares - 0.3) / 0.5, 0, 1), weights)


def align(texts: Sequence[str], body: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return for each text the share of its words that the body has in the same order, and the number of its words."""
    tokens = [tokenize(text) for text in texts]
    flat = [token for words in tokens for token in words]
    hits = np.zeros(len(flat) + 1)
    for operation in LCSseq.opcodes(flat, tokenize(body)):
        if operation.tag == "equal":
            hits[operation.src_start : operation.src_end] = 1
    sizes = np.array([len(words) for words in tokens])
    ends = np.cumsum(sizes)
    sums = np.concatenate([[0.0], np.cumsum(hits)])
    return (sums[ends] - sums[ends - sizes]) / np.maximum(sizes, 1), sizes


def fit(name: Literal["page", "text"], examples: Sequence[Example]) -> SegmentModel:
    """Return the model learned from the examples."""
    data = lightgbm.Dataset(
        np.concatenate([example.features for example in examples]),
        np.concatenate([example.labels for example in examples]),
        weight=np.concatenate([example.weights for example in examples]),
    )
    booster = lightgbm.train(dict(_LEARNER), data, _ROUNDS)  # pyright: ignore[reportUnknownMemberType]
    names = PAGE_FEATURES if name == "page" else TEXT_MODEL_FEATURES
    return _export(name, names, _THRESHOLDS[name], booster.dump_model())


class _Node(NamedTuple):
    split_feature: int
    split_value: float
    left: int
    right: int
    value: float
    objection: int
    objection_value: float


def _export(
    name: Literal["page", "text"], features: tuple[str, ...], threshold: float, dump: dict[str, Any]
) -> SegmentModel:
    """Lay the trees out as arrays; of each leaf keep the split on its path that lowered the expected value most."""
    nodes: list[_Node] = []
    depth = 0

    def add(node: dict[str, Any], level: int, objection: tuple[int, float]) -> int:
        nonlocal depth
        depth = max(depth, level)
        index = len(nodes)
        value = float(node.get("leaf_value", node.get("internal_value", 0.0)))
        nodes.append(_Node(0, 0.0, index, index, value, *objection))
        if "split_feature" in node:
            feature = int(node["split_feature"])
            children: list[int] = []
            for child in (node["left_child"], node["right_child"]):
                fall = value - float(child.get("leaf_value", child.get("internal_value", 0.0)))
                children.append(add(child, level + 1, (feature, fall) if fall > objection[1] else objection))
            nodes[index] = nodes[index]._replace(
                split_feature=feature, split_value=float(node["threshold"]), left=children[0], right=children[1]
            )
        return index

    roots = [add(tree["tree_structure"], 0, (0, 0.0)) for tree in dump["tree_info"]]
    return SegmentModel(
        name=name,
        version=VERSION,
        features=features,
        threshold=threshold,
        depth=depth,
        roots=np.array(roots, dtype=np.int32),
        split_feature=np.array([node.split_feature for node in nodes], dtype=np.int32),
        split_value=np.array([node.split_value for node in nodes], dtype=np.float32),
        left=np.array([node.left for node in nodes], dtype=np.int32),
        right=np.array([node.right for node in nodes], dtype=np.int32),
        value=np.array([node.value for node in nodes], dtype=np.float32),
        objection=np.array([node.objection for node in nodes], dtype=np.int32),
        objection_value=np.array([node.objection_value for node in nodes], dtype=np.float32),
    )


def main() -> None:
    """Train both models on all pages and write them into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    folder = find_data(parser.parse_args().data)
    pages = [page for name in SETS for page in load_pages(folder, name)]
    page_model_of(pages).save()
    text_model_of(pages).save()


if __name__ == "__main__":
    main()
