"""The component that gives words their lemmas, by spaCy's English rules and tables.

Belongs here: asking the rules once for each word with its tag, whatever was asked before. Does not belong here: the
tables (`training/assembly.py` says what is in them).
"""

from typing import cast

import numpy as np
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab
from thinc.types import Ints2d

NAME = "winnow_lemmas"

_REMEMBERED = 100_000


@SpacyPipeline.factory(NAME)  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
def make_lemmas(nlp: SpacyPipeline, name: str) -> "Lemmas":
    """Return the component without tables; they come with the pipeline it is part of."""
    return Lemmas(nlp.vocab, name)


class Lemmas(EnglishLemmatizer):
    """spaCy's rule lemmatizer, which by itself remembers lemmas without the tags they were told by."""

    def __init__(self, vocab: Vocab, name: str) -> None:
        super().__init__(vocab, None, name, mode="rule")  # pyright: ignore[reportUnknownMemberType]
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its lemmas."""
        keys: list[tuple[int, ...]] = list(map(tuple, doc.to_array(["ORTH", "TAG", "POS"]).tolist()))
        lemmas = self._known
        if len(lemmas) > _REMEMBERED:
            lemmas.clear()
        for at, key in enumerate(keys):
            if key not in lemmas:
                lemmas[key] = self._find_lemma(doc[at])
        values = np.array([lemmas[key] for key in keys], dtype=np.uint64).reshape(-1, 1)
        return doc.from_array(["LEMMA"], cast("Ints2d", values))

    def _find_lemma(self, token: Token) -> int:
        self.cache.clear()  # pyright: ignore[reportUnknownMemberType]
        return self.vocab.strings.add(self.rule_lemmatize(token)[0])
