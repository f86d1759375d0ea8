"""Cutting a text into numbers, words and signs, the input of the grammars of quantities and times.

Belongs here: where a token begins and ends. What a token means is the grammars' business. This is no linguistic
tokenizer: "Alibaba's" is three tokens, "A350" two, and "1,234.5" one.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

PADDING = 12
"""Empty tokens after the last one: looking ahead of the end, or (by a negative index) behind the start, finds those."""

_TOKEN = re.compile(
    r"([^\W\d_]+"
    r"|\d{1,3}(?:[,\u00a0\u202f\u2009]\d{2,3}){0,6}[,\u00a0\u202f\u2009]\d{3}(?!\d)(?:\.\d+)?"
    r"|\d+(?:\.\d+)?"
    r"|(?<![\w.])\.\d+"
    r"|\S)"
)
_GROUPING = str.maketrans("", "", ",\u00a0\u202f\u2009")
_LONGEST_NUMBER = 25


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens as parallel lists, each followed by `PADDING` empty tokens; offsets are code points of `text`."""

    text: str
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    count: int

    def is_glued(self, i: int) -> bool:
        """Return whether token `i` begins exactly where the one before it ends."""
        return 0 < i < self.count and self.starts[i] == self.ends[i - 1]

    def is_number(self, i: int) -> bool:
        """Return whether token `i` is written in digits and short enough to be a value."""
        word = self.words[i]
        return word[-1:].isdecimal() and len(word) <= _LONGEST_NUMBER

    def value(self, i: int) -> float:
        """Return the value of a token for which `is_number` holds."""
        return float(self.words[i].translate(_GROUPING))

    def starts_line(self, i: int) -> bool:
        """Return whether only blanks stand between token `i` and the start of its line."""
        return i == 0 or "\n" in self.text[self.ends[i - 1] : self.starts[i]]

    def starts_sentence(self, i: int) -> bool:
        """Return whether token `i` begins a line, or follows the end of a sentence or a quotation mark."""
        return self.starts_line(i) or self.words[i - 1] in _SENTENCE_BREAKS


_SENTENCE_BREAKS = frozenset('.!?:;"“”‘•*')


@lru_cache(maxsize=2)
def tokenize(text: str) -> Tokens:
    """Return the tokens of `text`, in time linear in its length; the same object for the same text soon after."""
    pieces = _TOKEN.split(text)
    bounds = list(accumulate(map(len, pieces)))
    padding = [""] * PADDING
    margin = [len(text)] * PADDING
    words = pieces[1::2]
    lows = list(map(str.lower, words))
    return Tokens(text, words + padding, lows + padding, bounds[0:-1:2] + margin, bounds[1::2] + margin, len(words))
