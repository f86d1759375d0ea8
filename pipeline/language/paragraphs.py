"""The pipeline component that tells from layout where sentences start: paragraph breaks, quotation marks and brackets.

Belongs here: what white space and paired signs alone say about sentence boundaries. All other boundaries are the
parser's.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc
from thinc.types import Ints2d

NAME = "winnow_paragraphs"

_START, _NO_START = 1, -1
_QUOTES = ('"', "“", "”", "«", "»")
_BRACKETS = ("[", "]")
_STOPS = frozenset(".!?")
_ELISION = frozenset(("...", "…"))


@SpacyPipeline.component(NAME)
def mark_starts_by_layout(doc: Doc) -> Doc:
    """Return `doc` with the sentence starts that layout shows.

    A sentence starts after every line break and nowhere else in white space. None starts at a closing quotation mark,
    one that follows a word without white space, nor after an opening one, which is followed by a word without any. One
    starts at an opening mark between a full stop and a capital, and at a capital behind a full stop and a closing mark.
    None starts behind words in square brackets that stand after a word or comma: the brackets are an editor's.
    """
    starts = np.zeros(len(doc), dtype=np.int64)
    _mark_quotations(doc, starts)
    _mark_insertions(doc, starts)
    _mark_breaks(doc, starts)
    return doc.from_array(["SENT_START"], cast("Ints2d", starts.astype(np.uint64).reshape(-1, 1)))


def _mark_quotations(doc: Doc, starts: NDArray[np.int64]) -> None:
    for index in _find(doc, _QUOTES):
        if index > 0 and not doc[index - 1].whitespace_ and not doc[index - 1].is_space:
            starts[index] = _NO_START
            if doc[index - 1].text == "." and doc[index].whitespace_ and index + 1 < len(doc):
                starts[index + 1] = _START if doc[index + 1].text[0].isupper() else starts[index + 1]
        elif index + 1 < len(doc) and not doc[index].whitespace_:
            starts[index + 1] = _NO_START
            if index > 0 and doc[index - 1].text in _STOPS and doc[index + 1].text[0].isupper():
                starts[index] = _START


def _mark_insertions(doc: Doc, starts: NDArray[np.int64]) -> None:
    opened = 0
    for index in _find(doc, _BRACKETS):
        if doc[index].text == "[":
            opened = index
        elif 0 < opened < index - 1 and index + 1 < len(doc):
            is_inserted = doc[opened - 1].is_alpha or doc[opened - 1].text == ","
            if is_inserted and doc[index - 1].text not in _STOPS | _ELISION:
                starts[index + 1] = _NO_START
            opened = 0


def _mark_breaks(doc: Doc, starts: NDArray[np.int64]) -> None:
    for index in np.flatnonzero(doc.to_array("IS_SPACE")).tolist():
        starts[index] = _START if index == 0 else _NO_START
        if "\n" in doc[index].text and index + 1 < len(doc):
            starts[index + 1] = _START


def _find(doc: Doc, texts: Sequence[str]) -> list[int]:
    """Return where tokens with one of these texts are."""
    wanted = np.array([doc.vocab.strings.add(text) for text in texts], dtype=np.uint64)
    return np.flatnonzero(np.isin(doc.to_array("ORTH"), wanted)).tolist()
