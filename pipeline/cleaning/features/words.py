"""The words of the segments of texts, each as a number, so that all segments are counted at once.

What belongs here: cutting segments into words, and counts of words that are given by a list or a measure. What does
not: which words mean what. A word's number is that of its bytes in UTF-8, eight at a time as digits to a base, modulo
2^64 (Karp and Rabin 1987, https://doi.org/10.1147/rd.312.0249): it is computed for all words at once, and two words
that share one are not to be expected, but for words of more than 256 bytes that differ behind these alone.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.matrix import Numbers, Rows

WordNumbers: TypeAlias = NDArray[np.uint64]

_BETWEEN_WORDS: Final = bytes.maketrans(b'.,:;!?"()[]', b" " * 11)
_TOPIC_LETTERS: Final = 5
_HIGHEST: Final = np.uint64(48)
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_DIGIT: Final = 8
_FIRST_BYTES: Final = np.array([(1 << 8 * size) - 1 for size in range(_DIGIT + 1)], dtype=np.uint64)
_MAX_DIGITS: Final = 32
_TEXT_FACTOR: Final = np.uint64(0xC2B2AE3D27D4EB4F)


def number_words(text: str) -> WordNumbers:
    """Return the numbers of the words of a text, in small letters and without punctuation, in their order."""
    return _cut_words(_spell([" ".join(text.lower().split())])).numbers


def _spell(lines: Sequence[str]) -> bytes:
    """Return the lines as bytes, each with its line end, and spaces for punctuation; zeros fill up a last digit."""
    plain = "\n".join([*lines, "\0" * _DIGIT]).replace("“", " ").replace("”", " ")
    return plain.encode("utf-8", "surrogatepass").translate(_BETWEEN_WORDS)


class _Cut(NamedTuple):
    """Words in the order of their text: their numbers, where they start in its bytes, and their letters."""

    numbers: WordNumbers
    starts: NDArray[np.int64]
    letters: NDArray[np.int64]


def _cut_words(spelled: bytes) -> _Cut:
    codes = np.frombuffer(spelled, dtype=np.uint8)
    borders = np.flatnonzero(np.diff(codes > ord(" "), prepend=False))
    starts = borders[::2]
    sizes = borders[1::2] - starts
    continued = np.flatnonzero((codes & 0xC0) == 0x80)
    owners = np.searchsorted(starts, continued, side="right") - 1
    return _Cut(_number(spelled, starts, sizes), starts, sizes - np.bincount(owners, minlength=len(starts)))


def _number(spelled: bytes, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> WordNumbers:
    """Return the numbers of the words that start there and have so many bytes, of which the first 256 count."""
    digits = np.ndarray((len(spelled) - _DIGIT + 1,), "<u8", spelled, strides=(1,))
    numbers = sizes.astype(np.uint64)
    longer = np.arange(len(starts))
    for offset in range(0, _MAX_DIGITS * _DIGIT, _DIGIT):
        if not len(longer):
            break
        left = np.minimum(sizes[longer] - offset, _DIGIT)
        numbers[longer] = (numbers[longer] + (digits[starts[longer] + offset] & _FIRST_BYTES[left])) * _BASE
        longer = longer[sizes[longer] > offset + _DIGIT]
    return numbers


class Found(NamedTuple):
    """Where words are that are among others, and which of the others each is."""

    places: NDArray[np.int64]
    indexes: NDArray[np.int64]


def find_among(words: WordNumbers, wanted: WordNumbers) -> Found:
    """Return the words that are among the `wanted`, which are sorted; most others are told by their highest bits."""
    may_be = np.zeros(1 << 16, dtype=bool)
    may_be[wanted >> _HIGHEST] = True
    places = np.flatnonzero(may_be[words >> _HIGHEST])
    indexes = np.minimum(np.searchsorted(wanted, words[places]), len(wanted) - 1)
    is_wanted = wanted[indexes] == words[places]
    return Found(places[is_wanted], indexes[is_wanted])


class WordKinds:
    """The kinds of some words, as bits."""

    def __init__(self, kinds: Mapping[str, int]) -> None:
        self.words, order = np.unique(number_words(" ".join(kinds)), return_index=True)
        self.kinds = np.array(list(kinds.values()))[order]


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
    """The words of segments: `all` of them in order, their `segments` and `texts`, and how many each segment has.

    `small` are the segments in small letters.
    """

    def __init__(self, segments: Sequence[str], rows: Rows) -> None:
        self.small = [segment.lower() for segment in segments]
        spelled = _spell(self.small)
        self.all, starts, self._letters = _cut_words(spelled)
        line_ends = np.flatnonzero(np.frombuffer(spelled, dtype=np.uint8) == ord("\n"))
        self.counts = np.diff(np.searchsorted(starts, line_ends), prepend=0)
        self.segments = np.repeat(np.arange(len(segments)), self.counts)
        self.texts = rows.texts[self.segments]
        self._rows = rows

    def count(self, kinds: WordKinds, wanted: Sequence[int]) -> NDArray[np.int64]:
        """Return how many words of each of the kinds `wanted`, which are bits, each segment has."""
        found = find_among(self.all, kinds.words)
        segments, flags = self.segments[found.places], kinds.kinds[found.indexes, None] & np.array(wanted)
        return np.column_stack([np.bincount(segments[flag != 0], minlength=len(self.counts)) for flag in flags.T])

    def find_topic(self) -> Occurrences:
        """Return the occurrences of longer words, which tell what a segment is about."""
        return self._find(np.flatnonzero(self._letters >= _TOPIC_LETTERS))

    def share(self, wanted: Sequence[str]) -> Numbers:
        """Return for each segment the share of the words of its text's wanted line that stand in it."""
        lines = Words([" ".join(line.split()) for line in wanted], Rows([1] * len(wanted)))
        own, firsts = np.unique(lines.of_texts(), return_index=True)
        sizes = np.maximum(np.bincount(lines.texts[firsts], minlength=len(wanted)), 1)
        found = self._find(find_among(self.of_texts(), own).places).segments
        return np.bincount(found, minlength=len(self.counts)) / sizes[self._rows.texts]

    def of_texts(self) -> WordNumbers:
        """Return numbers that tell the words of one text from those of others."""
        return of_text(self.all, self.texts)

    def _find(self, places: NDArray[np.int64]) -> Occurrences:
        words, numbers = np.unique(self.of_texts()[places], return_inverse=True)
        size = max(len(words), 1)
        pairs = np.sort(self.segments[places] * size + numbers)
        return Occurrences(*np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], size))


def of_text(words: WordNumbers, text: NDArray[np.int64] | int) -> WordNumbers:
    """Return numbers for words as those of this text."""
    return words + np.asarray(text).astype(np.uint64) * _TEXT_FACTOR
