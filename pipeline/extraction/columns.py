"""A parsed document as plain lists, one per token attribute: a look-up in a list costs a fraction of a spaCy token's.

Belongs here: reading a spaCy document in one go. Does not belong here: any view of words, sentences or trees that a
step makes for itself from these lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

_SPELLED = ("ORTH", "LEMMA", "POS", "TAG", "DEP")
_COUNTED = ("HEAD", "SENT_START", "SPACY", "IS_SPACE")


@dataclass(frozen=True, slots=True)
class Columns:
    """Token attributes by index, and the `source` they are of; empty strings where a token is not annotated.

    Offsets are code points, `end` exclusive; the `head` of a root is itself; `begins` is 1 where a sentence starts, -1
    where none does, 0 where the document does not say.
    """

    source: str
    text: list[str]
    start: list[int]
    end: list[int]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    begins: list[int]
    is_space: list[bool]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield first token and end (exclusive) of each sentence of the parser."""
        starts = [index for index, begins in enumerate(self.begins) if begins == 1 or not index]
        yield from pairwise([*starts, len(self.text)])


@lru_cache(maxsize=1)
def read_columns(doc: Doc) -> Columns:
    """Return the attributes of all tokens of `doc`, which must not change afterwards: all steps read the same ones."""
    table = cast("NDArray[np.uint64]", doc.to_array([*_SPELLED, *_COUNTED]))
    text, lemma, pos, tag, dep = (_spell(doc, table[:, number]) for number in range(len(_SPELLED)))
    head, begins, spaced, is_space = table[:, len(_SPELLED) :].astype(np.int64).T.tolist()
    lengths = [len(word) for word in text]
    end = list(accumulate(length + space for length, space in zip(lengths, [0, *spaced], strict=False)))
    return Columns(
        source="".join(word + " " * space for word, space in zip(text, spaced, strict=True)),
        text=text,
        start=[stop - length for stop, length in zip(end, lengths, strict=True)],
        end=end,
        lemma=lemma,
        pos=pos,
        tag=tag,
        dep=dep,
        head=[index + offset for index, offset in enumerate(head)],
        begins=begins,
        is_space=[bool(flag) for flag in is_space],
    )


def _spell(doc: Doc, column: NDArray[np.uint64]) -> list[str]:
    keys = cast("list[int]", column.tolist())
    strings = doc.vocab.strings
    spelled = {key: strings[key] for key in set(keys)}
    return [spelled[key] for key in keys]
