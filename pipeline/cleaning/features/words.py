"""The words of the segments of texts, each as a number, so that all segments are counted at once.

What belongs here: cutting segments into words, and counts of words that are given by a list or a measure. What does
not: which words mean what.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, repeat
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.matrix import Numbers, Rows

_BETWEEN_WORDS: Final = bytes.maketrans(b'.,:;!?"()[]', b" " * 11)
_TOPIC_LETTERS: Final = 5


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without punctuation."""
    return _without_punctuation(text).split()


def _without_punctuation(text: str) -> str:
    plain = text.lower().replace("“", " ").replace("”", " ").encode("utf-8", "surrogatepass")
    return plain.translate(_BETWEEN_WORDS).decode("utf-8", "surrogatepass")


class Occurrences(NamedTuple):
    """Which word stands in which segment, each pair once, in the order of the segments."""

    segments: NDArray[np.int64]
    words: NDArray[np.int64]

    def keep(self, segments: Sequence[int], count: int) -> "Occurrences":
        """Return the occurrences in some of `count` segments, which are numbered anew."""
        places = np.full(count, -1)
        places[segments] = np.arange(len(segments))
        moved = places[self.segments]
        return Occurrences(moved[moved >= 0], self.words[moved >= 0])


class Words:
    """The words of segments as numbers: `all` of them in order, their `segments`, and how many each segment has.

    `vocabulary` are the words by their numbers. Each text numbers its words for itself: what two texts share are two
    numbers.
    """

    def __init__(self, segments: Sequence[str], rows: Rows) -> None:
        lines = [line.split() for line in _without_punctuation("\n".join(segments)).split("\n")] if segments else []
        self.vocabulary: list[str] = []
        self._numbers: list[dict[str, int]] = []
        self._rows = rows
        found: list[NDArray[np.int64]] = []
        for span in rows.spans:
            numbers = defaultdict[str, int](count(len(self.vocabulary)).__next__)
            words = chain.from_iterable(lines[span])
            found.append(np.fromiter(map(numbers.__getitem__, words), np.int64))
            self._numbers.append(numbers)
            self.vocabulary += numbers
        self.all = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        self.counts = np.fromiter(map(len, lines), np.int64, len(lines))
        self.segments = np.repeat(rows.numbers, self.counts)

    def number(self, text: int, words: Iterable[str]) -> list[int]:
        """Return the numbers of words in the text of this index; those that it does not have get the next free one."""
        unknown = len(self.vocabulary)
        return [self._numbers[text].get(word, unknown) for word in words]

    def count(self, kinds: Mapping[str, int], wanted: Sequence[int]) -> NDArray[np.int64]:
        """Return how many words of each of the kinds `wanted` each segment has; `kinds` are bits of words."""
        found = np.fromiter(map(kinds.get, self.vocabulary, repeat(0)), np.int64, len(self.vocabulary))[self.all]
        places = np.flatnonzero(found)
        segments, flags = self.segments[places], (found[places, None] & np.array(wanted)) != 0
        return np.column_stack([np.bincount(segments[flag], minlength=len(self.counts)) for flag in flags.T])

    def find_topic(self) -> Occurrences:
        """Return the occurrences of longer words, which tell what a segment is about."""
        letters = np.fromiter(map(len, self.vocabulary), np.int64, len(self.vocabulary))
        return self._find(letters >= _TOPIC_LETTERS)

    def share(self, wanted: Sequence[Iterable[str]]) -> Numbers:
        """Return for each segment the share of the words wanted of its text that stand in it."""
        chosen = np.zeros(len(self.vocabulary) + 1, dtype=bool)
        known = [frozenset(words) for words in wanted]
        for text, words in enumerate(known):
            chosen[self.number(text, words)] = True
        sizes = np.array([max(len(words), 1) for words in known], dtype=np.float64)
        return np.bincount(self._find(chosen).segments, minlength=len(self.counts)) / sizes[self._rows.texts]

    def _find(self, chosen: NDArray[np.bool_]) -> Occurrences:
        places = np.flatnonzero(chosen[self.all])
        size = max(len(self.vocabulary), 1)
        pairs = np.sort(self.segments[places] * size + self.all[places])
        is_first = np.ones(len(pairs), dtype=bool)
        is_first[1:] = pairs[1:] != pairs[:-1]
        return Occurrences(*np.divmod(pairs[is_first], size))
