"""Training the segment models from annotated pages: `python -m benchmarks.cleaning.training --data FOLDER`.

What belongs here: examples, their labels, and learning in two stages. What does not: the features, which the pipeline
computes the same way, and the learner.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import trafilatura
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from resiliparse.extract.html2text import extract_plain_text

from benchmarks.cleaning.learner import Settings, learn
from benchmarks.cleaning.pages import SETS, AnnotatedPage, find_data, load_pages, split_by_site
from benchmarks.cleaning.scoring import tokenize
from pipeline.cleaning.features import Matrix, Numbers, Stack
from pipeline.cleaning.judgement import (
    PAGE_FEATURES,
    PAGE_SECOND_FEATURES,
    TEXT_FEATURES,
    TEXT_SECOND_FEATURES,
    describe_pages,
    describe_pages_again,
    describe_texts,
    describe_texts_again,
)
from pipeline.cleaning.metadata import read_metadata
from pipeline.cleaning.model import ModelName, SegmentModel, Trees
from pipeline.cleaning.page import parse_tree, read_blocks
from pipeline.cleaning.repairs import repair
from pipeline.cleaning.segments import split_segments

VERSION = "6"
_FIRST = Settings(ensembles=3, trees=200, depth=5, rate=0.08, columns=0.3)
_SECOND = Settings(ensembles=3, trees=100, depth=4, rate=0.08, columns=0.4)
_THRESHOLDS: dict[ModelName, float] = {"page": 0.45, "text": 0.5}
_INNER_FOLDS = 4
_PARAGRAPH = 10


class Example(NamedTuple):
    """One text's segments: their features, the share of each that is article, and how much each weighs.

    `describe_again` gives what the second judgement sees, from what the first expects.
    """

    page: AnnotatedPage
    texts: list[str]
    features: Matrix
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]
    describe_again: Callable[[Numbers], Matrix]


def page_model_of(pages: Sequence[AnnotatedPage]) -> SegmentModel:
    """Return the model for blocks of pages, learned from these."""
    return fit("page", [page_example(page) for page in pages])


def text_model_of(pages: Sequence[AnnotatedPage]) -> SegmentModel:
    """Return the model for segments of bare texts, learned from these pages without their markup."""
    return fit("text", [example for page in pages for example in text_examples(page)])


@cache
def page_example(page: AnnotatedPage) -> Example:
    """Return the blocks of an HTML page as an example."""
    tree = parse_tree(page.html)
    metadata = read_metadata(tree)
    stack = Stack([read_blocks(tree)])
    description = describe_pages(stack, [metadata])
    texts = [block.text for block in stack.blocks]
    return _example(
        page,
        texts,
        align(texts, page.body),
        description.features,
        lambda expected: describe_pages_again(stack, description, expected),
    )


@cache
def text_examples(page: AnnotatedPage) -> list[Example]:
    """Return what is left of a page without markup as examples: all its text, an extractor's output, the article."""
    variants = (
        (extract_plain_text(page.html), align),
        (trafilatura.extract(page.html, include_comments=False) or "", align_first),
        (page.body, align_first),
    )
    return [_text_example(page, text, label) for text, label in variants if text.strip()]


def _text_example(page: AnnotatedPage, text: str, label: Callable[[Sequence[str], str], "Alignment"]) -> Example:
    segments = split_segments(repair(text)[0])
    description = describe_texts([segments])
    texts = [segment.text for segment in segments]
    return _example(
        page,
        texts,
        label(texts, page.body),
        description.features,
        lambda expected: describe_texts_again(description, expected),
    )


def _example(
    page: AnnotatedPage,
    texts: list[str],
    alignment: "Alignment",
    features: Matrix,
    describe_again: Callable[[Numbers], Matrix],
) -> Example:
    shares, sizes = alignment
    weights = (sizes + 3.0) / (sizes + 3.0).sum() * 100
    return Example(page, texts, features, np.clip((shares - 0.3) / 0.5, 0, 1), weights, describe_again)


class Alignment(NamedTuple):
    """Of each text the share of its words that the body has in the same order, and the number of its words."""

    shares: NDArray[np.float64]
    sizes: NDArray[np.int64]


def align(texts: Sequence[str], body: str) -> Alignment:
    """Return how the texts, in their order, stand to the body."""
    tokens = [tokenize(text) for text in texts]
    flat = [token for words in tokens for token in words]
    hits = np.zeros(len(flat) + 1)
    for operation in LCSseq.opcodes(flat, tokenize(body)):
        if operation.tag == "equal":
            hits[operation.src_start : operation.src_end] = 1
    sizes = np.array([len(words) for words in tokens])
    ends = np.cumsum(sizes)
    sums = np.concatenate([[0.0], np.cumsum(hits)])
    return Alignment((sums[ends] - sums[ends - sizes]) / np.maximum(sizes, 1), sizes)


def align_first(texts: Sequence[str], body: str) -> Alignment:
    """Return the same, but that of equal paragraphs those that stand first are the body's.

    So it is in a text that holds little but the article: what an extractor found twice is residue the second time.
    """
    shares, sizes = align(texts, body)
    places: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        if sizes[index] >= _PARAGRAPH:
            places.setdefault(text, []).append(index)
    for copies in places.values():
        shares[copies] = np.sort(shares[copies])[::-1]
    return Alignment(shares, sizes)


def fit(name: ModelName, examples: Sequence[Example]) -> SegmentModel:
    """Return the model learned from the examples.

    What the second trees learn from are expectations of first trees that saw no page of the example's site.
    """
    first = _fit_first(examples)
    seconds: list[Matrix | None] = [None] * len(examples)
    for held_out in split_by_site([example.page for example in examples], _INNER_FOLDS, seed="inner"):
        unseen = frozenset(held_out)
        trees = _fit_first([example for index, example in enumerate(examples) if index not in unseen])
        for index in held_out:
            expected = trees.score(trees.find_leaves(examples[index].features))
            seconds[index] = examples[index].describe_again(expected)
    second = learn(
        np.concatenate([features for features in seconds if features is not None]), *_targets(examples), _SECOND
    )
    return SegmentModel(
        name=name,
        version=VERSION,
        threshold=_THRESHOLDS[name],
        first_features=PAGE_FEATURES if name == "page" else TEXT_FEATURES,
        second_features=PAGE_SECOND_FEATURES if name == "page" else TEXT_SECOND_FEATURES,
        first=first,
        second=second,
    )


def _fit_first(examples: Sequence[Example]) -> Trees:
    return learn(np.concatenate([example.features for example in examples]), *_targets(examples), _FIRST)


def _targets(examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    labels = np.concatenate([example.labels for example in examples])
    return labels, np.concatenate([example.weights for example in examples])


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
