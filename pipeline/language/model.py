"""Loading a language pipeline and parsing texts with it.

Belongs here: finding the shipped or a named pipeline, telling a damaged one from a whole one, running it over texts. Does not belong here: the components
themselves and the label mapping, which have modules of their own.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from pipeline.language import name_features, name_network, paragraphs  # noqa: F401  (registers what the shipped pipeline names)
from pipeline.language.errors import LanguageModelError

DEFAULT_MODEL = "winnow_en"

_SHIPPED_MODEL = Path(__file__).parent / DEFAULT_MODEL


class Language:
    """A loaded pipeline: texts in, parsed documents out, with Universal Dependencies and Winnow's entity types."""

    def __init__(self, spacy_pipeline: SpacyPipeline) -> None:
        self._pipeline = spacy_pipeline

    @property
    def name(self) -> str:
        """Name and version of the pipeline, as its meta data have them."""
        return f"{self._pipeline.meta['name']}-{self._pipeline.meta['version']}"

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield one parsed document per text, in order.

        Each text is parsed alone, so its analysis never depends on its neighbours. Tokens carry `tag_` (Penn Treebank), `pos_` (Universal POS),
        `lemma_`, `dep_` and `head` (Universal Dependencies v2, with "ROOT" for the root as in every spaCy pipeline); documents carry `sents` and `ents` (organization, person, product, place, event, law).
        Offsets are Unicode code points of the text as given.
        """
        return self._pipeline.pipe(texts, batch_size=1)


def load_language(name: str = DEFAULT_MODEL) -> Language:
    """Return the pipeline called `name`: the shipped one, an installed spaCy package, or a path to a pipeline directory.

    Raises LanguageModelError if it is missing or damaged.
    """
    path = str(_SHIPPED_MODEL) if name == DEFAULT_MODEL else name
    try:
        loaded = spacy.load(path)
    except (OSError, ValueError, KeyError) as error:
        raise LanguageModelError(_way_out(name, error)) from error
    return Language(loaded)


def _way_out(name: str, error: Exception) -> str:
    remedy = (
        "restore pipeline/language/winnow_en from the repository, or build it with `make train`"
        if name == DEFAULT_MODEL
        else "install it in this environment, give the path of a spaCy pipeline directory, or use the shipped pipeline"
    )
    return f"The language pipeline {name!r} cannot be loaded ({error}). Way out: {remedy}."
