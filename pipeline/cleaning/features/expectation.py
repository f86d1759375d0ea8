"""What the first model thought of a segment and of those around it, for the second model to decide by.

What belongs here: how much article the first model expects in a segment, before and behind it and in the containers it
is in. What does not: the models. A segment that reads as article is none where a page has its article elsewhere:
comments, teasers and the next story are told by where the most of the expected article stands (stacked sequential
learning; Cohen and Carvalho 2005, https://www.ijcai.org/Proceedings/05/Papers/0378.pdf).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from pipeline.cleaning.features.containers import Stack, find_mains, find_shared, sum_within
from pipeline.cleaning.features.matrix import Matrix, Numbers, Rows
from pipeline.cleaning.features.wording import LOG_WORDS, count_words
from pipeline.cleaning.features.words import Occurrences

_NEIGHBOURS: Final = (-3, -2, -1, 1, 2, 3)
_WINDOWS: Final = (2, 5, 10)
_LEVELS: Final = range(4)
_MAIN_SHARE: Final = 0.6
_TOPIC_WEIGHT: Final = 0.5
_CERTAIN: Final = 0.8
_CERTAIN_LOG_WORDS: Final = np.log1p(8)
_STEP: Final = 1e-6

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


def describe_text_expectation(expected: Numbers, wording: Matrix, topic: Occurrences, rows: Rows) -> Matrix:
    """Return what the likelihoods `expected` show: one row a segment, columns as in `TEXT_EXPECTATIONS`.

    The likelihoods are on the grid. `topic` is which longer word stands in which segment.
    """
    sizes = count_words(wording) + 1
    expected_words = expected * sizes
    total = np.maximum(rows.total(expected_words), _STEP)
    of_total = total[rows.texts]
    before = rows.sum_before(expected_words)
    bounded = np.clip(expected, 1e-3, 1 - 1e-3)
    means = rows.average_windows(np.column_stack([expected_words, sizes]), _WINDOWS)
    runs = [_find_best_run(gains) for gains in _split(sizes * (expected - 0.5), rows)]
    starts, ends = (np.array([run[side] for run in runs], dtype=np.int64)[rows.texts] for side in (0, 1))
    gain = np.array([run.gain for run in runs])
    places = rows.places
    certain = (expected > _CERTAIN) & (wording[:, LOG_WORDS] > _CERTAIN_LOG_WORDS)
    return np.column_stack([
        expected,
        np.log(bounded / (1 - bounded)),
        rows.look_around(expected.astype(np.float32)[:, None], _NEIGHBOURS),
        means[:, ::2] / means[:, 1::2],
        before / of_total,
        (of_total - before - expected_words) / of_total,
        (starts <= places) & (places < ends),
        np.where(
            places < starts, -np.log1p(np.maximum(starts - places, 0)), np.log1p(np.maximum(places - ends + 1, 0))
        ),
        (gain / np.maximum(total, 1))[rows.texts],
        np.log1p(rows.since_last(certain)),
        np.log1p(rows.until_next(certain)),
        (total / np.maximum(rows.total(sizes), 1))[rows.texts],
        np.log1p(of_total),
        *_share_topic(expected, topic),
    ]).astype(np.float32)  # fmt: skip


def describe_page_expectation(expected: Numbers, wording: Matrix, topic: Occurrences, stack: Stack) -> Matrix:
    """Return the same and what the containers show: one row a block, columns as in `PAGE_EXPECTATIONS`."""
    sizes = count_words(wording) + 1
    expected_words, possible = sum_within(np.column_stack([expected * sizes, sizes]), stack).T
    mains = np.array(find_mains(expected_words, stack, _MAIN_SHARE), dtype=np.int64)
    _, levels = find_shared(mains.tolist(), stack)
    share = expected_words / np.maximum(possible, _STEP)
    total = np.maximum(expected_words[stack.roots], _STEP)
    columns: list[Numbers] = []
    level = stack.owners
    for _ in _LEVELS:
        columns += [share[level], expected_words[level] / total[stack.rows.texts]]
        level = stack.above[level]
    columns += [
        levels[stack.owners].astype(np.float64),
        share[mains][stack.rows.texts],
        (expected_words[mains] / total)[stack.rows.texts],
    ]
    return np.concatenate(
        [
            describe_text_expectation(expected, wording, topic, stack.rows),
            np.column_stack(columns).astype(np.float32),
        ],
        axis=1,
    )


def _share_topic(expected: Numbers, topic: Occurrences) -> tuple[Numbers, Numbers]:
    """Return the share of each segment's longer words that other, expected segments have, and how many those are.

    The next story and the comments under an article have other words than the article.
    """
    likely = expected[topic.segments]
    weights = np.bincount(topic.words, likely)
    is_shared = weights[topic.words] - likely > _TOPIC_WEIGHT
    sizes = np.bincount(topic.segments, minlength=len(expected))
    shared = np.bincount(topic.segments, is_shared, len(expected))
    return np.where(sizes > 0, shared / np.maximum(sizes, 1), -1.0), np.log1p(sizes)


def _split(values: Numbers, rows: Rows) -> list[list[float]]:
    everything: list[float] = values.tolist()
    return [everything[span] for span in rows.spans]


class _Run(NamedTuple):
    start: int
    end: int
    gain: float


def _find_best_run(gains: Sequence[float]) -> _Run:
    """Return the run of segments with the greatest sum of gains, and that sum (Kadane's algorithm)."""
    best = _Run(0, 0, 0.0)
    current, start = 0.0, 0
    for index, gain in enumerate(gains):
        if current <= 0:
            current, start = 0.0, index
        current += gain
        if current > best.gain:
            best = _Run(start, index + 1, current)
    return best
