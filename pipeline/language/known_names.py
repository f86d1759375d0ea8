"""The word of the name lists after the recogniser has spoken: unambiguous listed names keep the kind they are known
for.

Belongs here: settling differences between the recogniser and the lists. Does not belong here: the lists, and names that
no list knows.
"""

from collections.abc import Sequence

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from pipeline.language import name_features
from pipeline.language.name_features import NameFeatures
from pipeline.language.name_lists import KINDS, Found, NameLists

NAME = "winnow_known_names"

_SHORTEST = 3
"""Letters that a single listed word needs to be added as a name."""


@SpacyPipeline.factory(NAME)
class KnownNames:
    """The component that corrects the kind of recognised names and adds listed names that were overlooked.

    A listed name has its say if it is listed under one kind alone and, where it is a single word, if that word is
    neither a common word nor a personal name.
    """

    def __init__(self, nlp: SpacyPipeline, name: str) -> None:
        self._pipeline = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with the lists' corrections to its entities."""
        features = self._pipeline.get_pipe(name_features.NAME)
        assert isinstance(features, NameFeatures)
        lowers = [token.lower_ for token in doc]
        capital = [token.text != lower for token, lower in zip(doc, lowers, strict=True)]
        known = {
            (found.start, found.end): found
            for found in features.lists.find(lowers, capital)
            if _is_clear(features.lists, found, lowers)
        }
        if not known:
            return doc
        settled = [_settle(doc, ent, known.get((ent.start, ent.end))) for ent in doc.ents]
        taken = {token.i for ent in settled for token in ent}
        added = [
            Span(doc, start, end, label=_kind(found))
            for (start, end), found in known.items()
            if taken.isdisjoint(range(start, end)) and (end - start > 1 or len(lowers[start]) >= _SHORTEST)
        ]
        doc.ents = [*settled, *added]
        return doc


def _is_clear(lists: NameLists, found: Found, lowers: Sequence[str]) -> bool:
    single = found.end - found.start == 1
    return found.kinds.bit_count() == 1 and not (single and lists.word_kinds(lowers[found.start]))


def _kind(found: Found) -> str:
    return KINDS[found.kinds.bit_length() - 1]


def _settle(doc: Doc, ent: Span, found: Found | None) -> Span:
    return Span(doc, ent.start, ent.end, label=_kind(found)) if found else ent
