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
from pipeline.language.name_lists import KINDS, WORD_KINDS, NameLists

NAME = "winnow_known_names"

_NO_NAME = sum(1 << WORD_KINDS.index(kind) for kind in ("demonym", "calendar"))

_SHORTEST = 3
"""Letters that a single listed word needs to be added as a name."""


@SpacyPipeline.factory(NAME)  # pyright: ignore[reportUnknownMemberType, reportUntypedClassDecorator]
class KnownNames:
    """The component that corrects recognised names by the lists of the pipeline it is part of.

    A listed name keeps its kind, and is added where it was overlooked, if it is listed under one kind alone and, being
    a single word, is neither a common word nor a personal name. Days, nationalities and the like are no names, but may
    be persons' (Theresa May).
    """

    def __init__(self, nlp: SpacyPipeline, name: str) -> None:
        self._pipeline = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with the lists' corrections to its entities."""
        features = self._pipeline.get_pipe(name_features.NAME)
        assert isinstance(features, NameFeatures)
        lowers = [token.lower_ for token in doc]
        known = _find_clear(doc, lowers, features.lists)
        kept = [ent for ent in doc.ents if ent.label_ == "person" or not _holds_no_name(ent, lowers, features.lists)]
        settled = [Span(doc, e.start, e.end, label=known.get((e.start, e.end), e.label_)) for e in kept]
        taken = {token.i for ent in settled for token in ent}
        added = [
            Span(doc, start, end, label=kind)
            for (start, end), kind in known.items()
            if taken.isdisjoint(range(start, end)) and (end - start > 1 or len(lowers[start]) >= _SHORTEST)
        ]
        doc.ents = [*settled, *added]
        return doc


def _find_clear(doc: Doc, lowers: Sequence[str], lists: NameLists) -> dict[tuple[int, int], str]:
    """Return the kinds of the listed names in `doc` that can mean one kind of thing alone, by their token span."""
    capital = [token.text != lower for token, lower in zip(doc, lowers, strict=True)]
    return {
        (start, end): KINDS[kinds.bit_length() - 1]
        for start, end, kinds in lists.find(lowers, capital)
        if kinds.bit_count() == 1 and (end - start > 1 or not lists.word_kinds(lowers[start]))
    }


def _holds_no_name(ent: Span, lowers: Sequence[str], lists: NameLists) -> bool:
    return all(lists.word_kinds(lower) & _NO_NAME for lower in lowers[ent.start : ent.end])
