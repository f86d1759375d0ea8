"""Segments: the lines that a text is judged by.

What belongs here: cutting a repaired text into segments and what can be counted in one of them alone. What does not:
judging them.
"""

import re
from typing import Final

_WORD: Final = re.compile(r"\w+(?:[’'.-]\w+)*")
_SENTENCE_ENDS: Final = frozenset(".!?…:;")
_CLOSERS: Final = "\"'”’)]"


class Segment:
    """One line of a repaired text: `text[start:end]`, without its line end.

    `word_count` is the number of runs between spaces; `ends_as_sentence` whether it ends with a mark that ends
    sentences, quotation marks and brackets aside.
    """

    __slots__ = ("end", "ends_as_sentence", "start", "text", "word_count")

    def __init__(self, start: int, text: str) -> None:
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.word_count = text.count(" ") + 1
        self.ends_as_sentence = text.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS

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
