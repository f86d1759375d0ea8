"""Loading a language pipeline and parsing texts with it.

Belongs here: finding the shipped or a named pipeline, telling a damaged one from a whole one, running it over texts.
Does not belong here: the components
themselves and the label mapping, which have modules of their own.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from pipeline.language import lemmas, name_features, names, no_names, paragraphs, syntax, word_vectors
from pipeline.language.errors import LanguageModelError
from pipeline.language.labels import LabelAdapter

DEFAULT_MODEL = "winnow_en"

COMPONENTS = (
    paragraphs.NAME,
    word_vectors.NAME,
    syntax.NAME,
    lemmas.NAME,
    name_features.NAME,
    names.NAME,
    no_names.NAME,
)
"""What our pipelines name in their configuration and spaCy finds by having it imported."""

_BATCH = 32
"""Texts a batch: the parser is faster over several texts at once."""

SHIPPED_MODEL = Path(__file__).parent / DEFAULT_MODEL


class Language:
    """A loaded pipeline: texts in, parsed documents out, with Universal Dependencies and Winnow's entity types."""

    def __init__(self, pipeline: SpacyPipeline, adapter: LabelAdapter | None = None) -> None:
        """Wrap `pipeline`, whose labels are mapped by `adapter` unless they are ours already."""
        self._pipeline = pipeline
        self._adapter = adapter

    @property
    def name(self) -> str:
        """Name and version of the pipeline, as its meta data have them."""
        return f"{self._pipeline.meta['name']}-{self._pipeline.meta['version']}"

    def parse(self, texts: Iterable[str | Doc]) -> Iterator[Doc]:
        """Yield one parsed document per text, in order; a text that is cut into tokens already keeps them.

        A text's analysis does not depend on its neighbours in a batch. Tokens carry `tag_` (Penn Treebank), `pos_`
        (Universal POS), `lemma_`, `dep_` and `head` (Universal Dependencies v2, with "ROOT" for the root as in every
        spaCy pipeline); documents carry `sents` and `ents` (organization, person, product, place, event, law). Offsets
        are Unicode code points of the text as given.
        """
        docs = self._pipeline.pipe(texts, batch_size=_BATCH)
        return map(self._adapter, docs) if self._adapter else docs


def load_language(name: str = DEFAULT_MODEL) -> Language:
    """Return the pipeline called `name`: the shipped one, an installed spaCy package, or a path to a pipeline
    directory.

    Raises LanguageModelError if it is missing or damaged.
    """
    path = str(SHIPPED_MODEL) if name == DEFAULT_MODEL else name
    try:
        pipeline = spacy.load(path)
    except Exception as error:  # damaged files fail in as many ways as there are formats in them
        raise LanguageModelError(_way_out(name, error)) from error
    if paragraphs.NAME in pipeline.pipe_names:  # one of our own training, with our labels
        return Language(pipeline)
    adapter = LabelAdapter(name, pipeline)
    pipeline.add_pipe(paragraphs.NAME, first=True)
    return Language(pipeline, adapter)


def _way_out(name: str, error: Exception) -> str:
    remedy = (
        "restore pipeline/language/winnow_en from the repository, or build it with `make train`"
        if name == DEFAULT_MODEL
        else "install it in this environment, give the path of a spaCy pipeline directory, or use the shipped pipeline"
    )
    return f"The language pipeline {name!r} cannot be loaded ({error}). Way out: {remedy}."
