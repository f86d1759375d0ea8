"""The pipeline component that ends a sentence at every paragraph break.

Belongs here: what layout alone says about sentence boundaries. All other boundaries are the parser's.
"""

from typing import cast

import numpy as np
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc
from thinc.types import Ints2d

NAME = "winnow_paragraphs"
_START, _NO_START = 1, -1


@SpacyPipeline.component(NAME)
def end_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Return `doc` with a sentence start after every whitespace token that holds a line break, and none inside it."""
    starts = np.zeros(len(doc), dtype=np.int64)
    for index in np.flatnonzero(doc.to_array("IS_SPACE")).tolist():
        starts[index] = _START if index == 0 else _NO_START
        if "\n" in doc[index].text and index + 1 < len(doc):
            starts[index + 1] = _START
    return doc.from_array(["SENT_START"], cast("Ints2d", starts.astype(np.uint64).reshape(-1, 1)))
