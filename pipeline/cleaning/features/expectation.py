"""What the first model thought of a segment and of those around it, for the second model to decide by.

What belongs here: how much article the first model expects in a segment, before and behind it and in the containers it
is in. What does not: the models. A segment that reads as article is none where a page has its article elsewhere:
comments, teasers and the next story are told by where the most of the expected article stands (stacked sequential
learning; Cohen and Carvalho 2005, https://www.ijcai.org/Proceedings/05/Papers/0378.pdf).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.containers import find_main, find_shared, sum_within
from pipeline.cleaning.features.matrix import Matrix, average_windows, last_index, look_around
from pipeline.cleaning.features.wording import LOG_WORDS
from pipeline.cleaning.features.words import Occurrences
from pipeline.cleaning.page import Nesting

_NEIGHBOURS: Final = (-3, -2, -1, 1, 2, 3)
_WINDOWS: Final = (2, 5, 10)
_LEVELS: Final = range(4)
_MAIN_SHARE: Final = 0.6
_TOPIC_WEIGHT: Final = 0.5
_CERTAIN: Final = 0.8
_CERTAIN_LOG_WORDS: Final = np.log1p(8)

TEXT_EXPECTATIONS: Final = (
    "expected", "expected_logit", *(f"expected{offset:+d}" for offset in _NEIGHBOURS),
    *(f"expected_within_{width}" for width in _WINDOWS), "expected_before", "expected_after", "in_best_run",
    "to_best_run", "best_run_share", "since_certain", "until_certain", "expected_in_all", "log_expected_words",
    "shared_words", "topic_words",
)  # fmt: skip
PAGE_EXPECTATIONS: Final = (
    *TEXT_EXPECTATIONS,
    *(f"{name}_{level}" for level in _LEVELS for name in ("container_expected", "container_expected_share")),
    "levels_to_expected_main", "expected_in_main", "expected_main_share",
)  # fmt: skip


def describe_text_expectation(expected: NDArray[np.float64], wording: Matrix, topic: Occurrences) -> Matrix:
    """Return what the likelihoods `expected` show: one row a segment, columns as in `TEXT_EXPECTATIONS`.

    `topic` is which longer word stands in which segment.
    """
    count = len(expected)
    sizes = _sizes(wording)
    expected_words = expected * sizes
    total = max(float(expected_words.sum()), 1e-6)
    before = np.cumsum(expected_words)
    bounded = np.clip(expected, 1e-3, 1 - 1e-3)
    pairs = np.column_stack([expected_words, sizes]).astype(np.float32)
    means = average_windows(pairs, _WINDOWS)
    start, end, gain = _find_best_run(sizes * (expected - 0.5))
    index = np.arange(count)
    certain = (expected > _CERTAIN) & (wording[:, LOG_WORDS] > _CERTAIN_LOG_WORDS)
    return np.column_stack([
        expected,
        np.log(bounded / (1 - bounded)),
        look_around(expected.astype(np.float32)[:, None], _NEIGHBOURS),
        means[:, ::2] / means[:, 1::2],
        (before - expected_words) / total,
        (total - before) / total,
        (start <= index) & (index < end),
        np.where(index < start, -np.log1p(np.maximum(start - index, 0)), np.log1p(np.maximum(index - end + 1, 0))),
        np.full(count, gain / max(total, 1.0)),
        np.log1p(index - last_index(certain)),
        np.log1p(index - last_index(certain[::-1]))[::-1],
        np.full(count, total / sizes.sum()),
        np.full(count, np.log1p(total)),
        *_share_topic(expected, topic),
    ]).astype(np.float32)  # fmt: skip


def describe_page_expectation(
    expected: NDArray[np.float64], wording: Matrix, topic: Occurrences, owners: NDArray[np.int64], nesting: Nesting
) -> Matrix:
    """Return the same and what the containers show: one row a block, columns as in `PAGE_EXPECTATIONS`.

    `owners` are the containers of the blocks.
    """
    sizes = _sizes(wording)
    expected_words, possible = sum_within(np.column_stack([expected * sizes, sizes]), owners, nesting).T
    main = find_main(expected_words, nesting, _MAIN_SHARE)
    _, levels = find_shared(main, nesting)
    share = expected_words / np.maximum(possible, 1e-6)
    total = max(float(expected_words[0]), 1e-6)
    columns: list[NDArray[np.float64]] = []
    level = owners
    for _ in _LEVELS:
        columns += [share[level], expected_words[level] / total]
        level = np.maximum(nesting.parents[level], 0)
    rows = len(owners)
    columns += [
        levels[owners].astype(np.float64),
        np.full(rows, share[main]),
        np.full(rows, expected_words[main] / total),
    ]
    return np.concatenate(
        [describe_text_expectation(expected, wording, topic), np.column_stack(columns).astype(np.float32)], axis=1
    )


def _share_topic(expected: NDArray[np.float64], topic: Occurrences) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the share of each segment's longer words that other, expected segments have, and how many those are.

    The next story and the comments under an article have other words than the article.
    """
    likely = expected[topic.segments]
    weights = np.bincount(topic.words, likely)
    is_shared = weights[topic.words] - likely > _TOPIC_WEIGHT
    sizes = np.bincount(topic.segments, minlength=len(expected))
    shared = np.bincount(topic.segments, is_shared, len(expected))
    return np.where(sizes > 0, shared / np.maximum(sizes, 1), -1.0), np.log1p(sizes)


def _sizes(wording: Matrix) -> NDArray[np.float64]:
    return np.expm1(wording[:, LOG_WORDS].astype(np.float64)) + 1


def _find_best_run(gains: NDArray[np.float64]) -> tuple[int, int, float]:
    """Return the run of segments with the greatest sum of gains, and that sum (Kadane's algorithm)."""
    best, best_start, best_end = 0.0, 0, 0
    current, start = 0.0, 0
    for index, gain in enumerate(gains.tolist()):
        if current <= 0:
            current, start = 0.0, index
        current += gain
        if current > best:
            best, best_start, best_end = current, start, index + 1
    return best_start, best_end, best
