"""Segments: the lines that a text is judged by.

What belongs here: cutting a repaired text into segments and what can be counted in one of them alone. What does not:
judging them.
"""

import re
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+(?:[’'.-]\w+)*")
_SENTENCE_ENDS: Final = frozenset(".!?…:;")
_CLOSERS: Final = "\"'”’)]"


class Segment(NamedTuple):
    """One line of a repaired text: `text[start:end]`, without its line end."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the offset one past the last character."""
        return self.start + len(self.text)

    @property
    def word_count(self) -> int:
        """Return the number of runs between spaces."""
        return self.text.count(" ") + 1

    @property
    def ends_as_sentence(self) -> bool:
        """Return whether the text ends with a mark that ends sentences, quotation marks and brackets aside."""
        return self.text.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS

    @property
    def small(self) -> str:
        """Return the text in small letters, character for character."""
        return lower_letters(self.text)


def lower_letters(text: str) -> str:
    """Return the text in small letters, character for character: letters that have no single small one stay."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def split_segments(text: str) -> list[Segment]:
    """Return the lines of a repaired text: it has no empty ones, and newlines alone end lines."""
    segments: list[Segment] = []
    start = 0
    for line in text.split("\n"):
        if line:
            segments.append(Segment(start, line))
        start += len(line) + 1
    return segments


def count_words(text: str) -> int:
    """Return the number of words: runs of letters and digits, joined by hyphens, apostrophes and points."""
    return sum(1 for _ in _WORD.finditer(text))
