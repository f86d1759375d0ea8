"""What a network sees of a word's spelling: hashed rows for the word, its beginnings and endings, and its shape.

Belongs here: the features of one word by itself. Does not belong here: the tables of numbers that the rows stand for,
and what is known of a word beyond its spelling.
"""

from collections.abc import Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

WORD_ROWS, AFFIX_ROWS, SHAPE_ROWS = 9000, 6000, 1500
WORD_COLUMNS, AFFIX_COLUMNS, SHAPE_COLUMNS = 2, 6, 1

COLUMNS = WORD_COLUMNS + AFFIX_COLUMNS + SHAPE_COLUMNS
"""Two rows for the word (so that words that share one differ in the other), six for its affixes, one for its shape."""

_REMEMBERED = 100_000


class Spelling:
    """Computes the rows of words and remembers them."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, ...]] = {}

    def describe(self, doc: Doc) -> NDArray[np.int32]:
        """Return a row per token of `doc` and COLUMNS columns."""
        known = self._known
        if len(known) > _REMEMBERED:
            known.clear()
        words: list[int] = doc.to_array("ORTH").tolist()
        for at, word in enumerate(words):
            if word not in known:
                known[word] = tuple(_rows(doc[at]))
        return np.array([known[word] for word in words], dtype=np.int32).reshape(-1, COLUMNS)


def _rows(token: Token) -> Iterator[int]:
    word = token.norm_
    for seed in range(WORD_COLUMNS):
        yield crc32(word.encode(), seed) % WORD_ROWS
    lower = token.lower_.replace("’", "'")
    for part in (lower[:1], lower[:2], lower[:3], lower[-2:], lower[-3:], lower[-4:]):
        yield crc32(part.encode(), len(part)) % AFFIX_ROWS
    yield crc32(token.shape_.encode()) % SHAPE_ROWS
