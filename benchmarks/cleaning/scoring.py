"""How main text is scored: shingles of four words, as the article extraction benchmark counts them.

Method and figures: scrapinghub/article-extraction-benchmark, `evaluate.py`. What belongs here: the score. What does
not: reading pages, running extractors.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4


class Score(NamedTuple):
    """Precision, recall and their harmonic mean over a set of pages."""

    f1: float
    precision: float
    recall: float

    def __str__(self) -> str:
        return f"{self.f1:.4f} ({self.precision:.4f}, {self.recall:.4f})"


def tokenize(text: str) -> list[str]:
    """Return the words of a text: runs of letters, digits and underscores, in their own letter case."""
    return _TOKEN.findall(text)


def score_texts(pairs: Iterable[tuple[str, str]]) -> Score:
    """Return the score of (expected, found) texts, each page weighing the same."""
    precisions: list[float] = []
    recalls: list[float] = []
    for expected, found in pairs:
        wanted, got = _shingles(expected), _shingles(found)
        common = sum((wanted & got).values())
        if got:
            precisions.append(common / got.total())
        if wanted:
            recalls.append(common / wanted.total())
    precision, recall = _mean(precisions), _mean(recalls)
    return Score(2 * precision * recall / max(precision + recall, 1e-9), precision, recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = tokenize(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + _SHINGLE]) for i in range(max(1, len(tokens) - _SHINGLE + 1)))


def _mean(values: list[float]) -> float:
    return sum(values) / max(len(values), 1)
