"""The words of a text's segments, each as a number, so that all segments are counted at once.

What belongs here: cutting segments into words, and counts of words that are given by a list or a measure. What does
not: which words mean what.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_BETWEEN_WORDS: Final = bytes.maketrans(b'.,:;!?"()[]', b" " * 11)
_TOPIC_LETTERS: Final = 5


def split_words(text: str) -> list[list[str]]:
    """Return the words of each line of a text in small letters, without punctuation."""
    plain = text.lower().replace("“", " ").replace("”", " ").encode("utf-8", "surrogatepass")
    lines = plain.translate(_BETWEEN_WORDS).decode("utf-8", "surrogatepass").split("\n")
    return [line.split() for line in lines]


class Occurrences(NamedTuple):
    """Which word stands in which segment, each pair once, in the order of the segments."""

    segments: NDArray[np.int64]
    words: NDArray[np.int64]

    def choose(self, words: NDArray[np.bool_]) -> "Occurrences":
        """Return the occurrences of these words of the vocabulary."""
        chosen = words[self.words]
        return Occurrences(self.segments[chosen], self.words[chosen])

    def keep(self, segments: Sequence[int], count: int) -> "Occurrences":
        """Return the occurrences in some of `count` segments, which are numbered anew."""
        places = np.full(count, -1)
        places[segments] = np.arange(len(segments))
        moved = places[self.segments]
        return Occurrences(moved[moved >= 0], self.words[moved >= 0])


class Words:
    """The words of each segment; `lines` are lists of them, one a segment."""

    def __init__(self, lines: Sequence[list[str]]) -> None:
        self.lines = lines
        self.counts = np.array([len(words) for words in lines], dtype=np.int64)
        everything = list(chain.from_iterable(lines))
        self.vocabulary = {word: number for number, word in enumerate(dict.fromkeys(everything))}
        self._words = np.array(list(map(self.vocabulary.__getitem__, everything)), dtype=np.int64)
        self._segments = np.repeat(np.arange(len(lines)), self.counts)

    def measure(self, value: Callable[[str], int]) -> NDArray[np.int64]:
        """Return the value of each word of the vocabulary, in its order."""
        return np.array(list(map(value, self.vocabulary)), dtype=np.int64)

    def count(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many words of each segment are `chosen` of the vocabulary."""
        return np.bincount(self._segments[chosen[self._words]], minlength=len(self.lines))

    @cached_property
    def occurrences(self) -> Occurrences:
        """The pairs of a segment and a word in it."""
        size = max(len(self.vocabulary), 1)
        return Occurrences(*np.divmod(np.unique(self._segments * size + self._words), size))

    def find_topic(self) -> Occurrences:
        """Return the occurrences of longer words, which tell what a segment is about."""
        return self.occurrences.choose(self.measure(len) >= _TOPIC_LETTERS)

    def share(self, wanted: Iterable[str]) -> NDArray[np.float64]:
        """Return for each segment the share of the wanted words that stand in it."""
        known = frozenset(wanted)
        chosen = np.zeros(len(self.vocabulary), dtype=bool)
        chosen[[self.vocabulary[word] for word in known if word in self.vocabulary]] = True
        found = self.occurrences.choose(chosen).segments
        return np.bincount(found, minlength=len(self.lines)) / max(len(known), 1)
