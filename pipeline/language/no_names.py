"""What the recogniser took for names and is none: days, months, nationalities.

Belongs here: taking such finds back. Does not belong here: the lists that know them, and the recogniser.
"""

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from pipeline.language import name_features
from pipeline.language.name_features import NameFeatures
from pipeline.language.name_lists import WORD_KINDS, NameLists

NAME = "winnow_no_names"

_NO_NAME = sum(1 << WORD_KINDS.index(kind) for kind in ("demonym", "calendar"))


@SpacyPipeline.factory(NAME)  # pyright: ignore[reportUnknownMemberType, reportUntypedClassDecorator]
class NoNames:
    """The component that drops entities which are days, nationalities and the like by the lists of the pipeline.

    Those words may be persons' names (Theresa May), and parts of longer names.
    """

    def __init__(self, nlp: SpacyPipeline, name: str) -> None:
        self._pipeline = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` without entities that are no names."""
        features = self._pipeline.get_pipe(name_features.NAME)
        assert isinstance(features, NameFeatures)
        found = doc.ents
        kept = [ent for ent in found if ent.label_ == "person" or not _holds_no_name(ent, features.lists)]
        if len(kept) < len(found):
            doc.ents = kept
        return doc


def _holds_no_name(ent: Span, lists: NameLists) -> bool:
    return all(lists.word_kinds(token.lower_) & _NO_NAME for token in ent)
