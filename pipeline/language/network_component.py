"""What components that compute with a network have in common: they work on several documents at once.

Belongs here: how spaCy runs such a component. Does not belong here: any network, and what is read and written.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from pipeline.language.paragraph_runs import Words, batch_docs, gather_words


class NetworkComponent(ABC):
    """A component of a spaCy pipeline that annotates documents batch by batch."""

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc`, annotated."""
        self._annotate(gather_words([doc]))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Yield the documents of `stream`, annotated, `batch_size` of them worked on at once."""
        for docs in batch_docs(stream, batch_size):
            self._annotate(gather_words(docs))
            yield from docs

    @abstractmethod
    def _annotate(self, words: Words) -> None:
        """Write the network's answers for `words` into their documents."""
