"""The pipeline component that tells from layout where sentences start: paragraph breaks and quotation marks.

Belongs here: what white space alone says about sentence boundaries. All other boundaries are the parser's.
"""

from typing import cast

import numpy as np
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc
from thinc.types import Ints2d

NAME = "winnow_paragraphs"

_START, _NO_START = 1, -1
_QUOTES = frozenset('"“”«»')
_STOPS = frozenset(".!?")


@SpacyPipeline.component(NAME)
def mark_starts_by_layout(doc: Doc) -> Doc:
    """Return `doc` with the sentence starts that layout shows.

    A sentence starts after every line break and nowhere else in white space. None starts at a closing quotation mark,
    one that follows a word without white space, nor after an opening one, which is followed by a word without any. One
    starts at an opening mark between a full stop and a capital, and at a capital behind a full stop and a closing mark.
    """
    starts = np.zeros(len(doc), dtype=np.int64)
    quotes = [doc.vocab.strings.add(quote) for quote in sorted(_QUOTES)]
    for index in np.flatnonzero(np.isin(doc.to_array("ORTH"), np.array(quotes, dtype=np.uint64))).tolist():
        if index > 0 and not doc[index - 1].whitespace_ and not doc[index - 1].is_space:
            starts[index] = _NO_START
            if doc[index - 1].text == "." and doc[index].whitespace_ and index + 1 < len(doc):
                starts[index + 1] = _START if doc[index + 1].text[0].isupper() else starts[index + 1]
        elif index + 1 < len(doc) and not doc[index].whitespace_:
            starts[index + 1] = _NO_START
            if index > 0 and doc[index - 1].text in _STOPS and doc[index + 1].is_title:
                starts[index] = _START
    for index in np.flatnonzero(doc.to_array("IS_SPACE")).tolist():
        starts[index] = _START if index == 0 else _NO_START
        if "\n" in doc[index].text and index + 1 < len(doc):
            starts[index + 1] = _START
    return doc.from_array(["SENT_START"], cast("Ints2d", starts.astype(np.uint64).reshape(-1, 1)))
