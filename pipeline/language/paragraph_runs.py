"""Documents as networks read them: their words without white space, paragraph by paragraph.

Belongs here: which tokens are read and where a sequence ends. Does not belong here: what is read of each token.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

_MOST_TOKENS = 20_000
"""Tokens after which no further document joins a batch: a network needs some four kilobytes for each."""


class Words(NamedTuple):
    """The tokens of some documents that are words or marks, one after another.

    `places` holds each document's token numbers; `lengths` those of all paragraphs, in order, none of them 0.
    """

    docs: Sequence[Doc]
    places: list[NDArray[np.intp]]
    lengths: list[int]

    def gather(self, key: str) -> NDArray[Any]:
        """Return what a component left in `user_data[key]` of each document, a row a token, for these tokens."""
        return np.concatenate([doc.user_data[key][at] for doc, at in zip(self.docs, self.places, strict=True)])

    def split(self) -> Iterator[tuple[Doc, NDArray[np.intp], slice]]:
        """Yield each document with its token numbers and where its tokens lie among all."""
        first = 0
        for doc, places in zip(self.docs, self.places, strict=True):
            yield doc, places, slice(first, first + len(places))
            first += len(places)


def batch_docs(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """Yield the documents of `stream` in order, `size` at once, or fewer if they are long."""
    docs: list[Doc] = []
    tokens = 0
    for doc in stream:
        docs.append(doc)
        tokens += len(doc)
        if len(docs) == size or tokens >= _MOST_TOKENS:
            yield docs
            docs, tokens = [], 0
    if docs:
        yield docs


def gather_words(docs: Sequence[Doc]) -> Words:
    """Return the words of `docs`; a paragraph ends at white space that holds a line break."""
    places: list[NDArray[np.intp]] = []
    lengths: list[int] = []
    for doc in docs:
        spaces = doc.to_array("IS_SPACE") == 1
        words = np.flatnonzero(~spaces)
        breaks = [at for at in np.flatnonzero(spaces).tolist() if "\n" in doc[at].text]
        ends = np.searchsorted(words, [*breaks, len(doc)])
        lengths += [length for length in np.diff(ends, prepend=0).tolist() if length]
        places.append(words)
    return Words(docs, places, lengths)
