"""The words of a text's segments, each as a number, so that all segments are counted at once.

What belongs here: cutting segments into words, and counts of words that are given by a list or a measure. What does
not: which words mean what.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

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
    """The words of each segment as numbers: `all` of them in order, their `segments`, and how many each segment has."""

    def __init__(self, texts: Sequence[str]) -> None:
        lines = [line.split() for line in _without_punctuation("\n".join(texts)).split("\n")] if texts else []
        everything = [word for line in lines for word in line]
        self.vocabulary = {word: number for number, word in enumerate(dict.fromkeys(everything))}
        self.all = np.fromiter(map(self.vocabulary.__getitem__, everything), np.int64, len(everything))
        self.counts = np.fromiter(map(len, lines), np.int64, len(lines))
        self.segments = np.repeat(np.arange(len(lines)), self.counts)

    def count(self, kinds: Mapping[str, int], wanted: Sequence[int]) -> NDArray[np.int64]:
        """Return how many words of each of the kinds `wanted` each segment has; `kinds` are bits of words."""
        found = np.fromiter(map(kinds.get, self.vocabulary, repeat(0)), np.int64, len(self.vocabulary))[self.all]
        places = np.flatnonzero(found)
        flags = (found[places, None] & np.array(wanted)) != 0
        counts = np.zeros((len(self.counts), len(wanted)), dtype=np.int64)
        np.add.at(counts, self.segments[places], flags)
        return counts

    def find_topic(self) -> Occurrences:
        """Return the occurrences of longer words, which tell what a segment is about."""
        letters = np.fromiter(map(len, self.vocabulary), np.int64, len(self.vocabulary))
        return self._find(letters >= _TOPIC_LETTERS)

    def share(self, wanted: Iterable[str]) -> NDArray[np.float64]:
        """Return for each segment the share of the wanted words that stand in it."""
        known = frozenset(wanted)
        chosen = np.zeros(len(self.vocabulary), dtype=bool)
        chosen[[self.vocabulary[word] for word in known if word in self.vocabulary]] = True
        return np.bincount(self._find(chosen).segments, minlength=len(self.counts)) / max(len(known), 1)

    def _find(self, chosen: NDArray[np.bool_]) -> Occurrences:
        places = np.flatnonzero(chosen[self.all])
        size = max(len(self.vocabulary), 1)
        pairs = np.sort(self.segments[places] * size + self.all[places])
        is_first = np.ones(len(pairs), dtype=bool)
        is_first[1:] = pairs[1:] != pairs[:-1]
        return Occurrences(*np.divmod(pairs[is_first], size))
