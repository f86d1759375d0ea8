"""Segments: the lines that a text is judged by.

What belongs here: cutting a repaired text into segments and what can be counted in one of them alone. What does not:
judging them.
"""

import re
from functools import cached_property
from typing import Final

_WORD: Final = re.compile(r"\w+(?:[’'.-]\w+)*")
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"'”’)\]]*$")


class Segment:
    """One line of a text: `text[start:end]`, without its line end."""

    def __init__(self, start: int, text: str) -> None:
        self.start = start
        self.end = start + len(text)
        self.text = text

    @cached_property
    def word_count(self) -> int:
        """Return the number of runs of characters between white space."""
        return len(self.text.split())

    @cached_property
    def ends_as_sentence(self) -> bool:
        """Return whether the line ends with a mark that ends sentences, quotation marks and brackets aside."""
        return _SENTENCE_END.search(self.text, max(0, len(self.text) - 6)) is not None


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
