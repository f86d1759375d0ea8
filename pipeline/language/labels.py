"""The labels of other spaCy pipelines mapped to ours.

Belongs here: which label sets are known, and the component that maps them. Does not belong here: how trees are turned
(see `clearnlp`).
"""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from pipeline.language.clearnlp import CLEARNLP_ONLY, convert_doc
from pipeline.language.errors import LanguageModelError

EntityLabel = Literal["organization", "person", "product", "place", "event", "law"]

_DATA = Path(__file__).parent / "data" / "label_maps.toml"


class LabelMaps(BaseModel):
    """Entity labels and relations of other pipelines, with what they are in ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entities: dict[str, EntityLabel]
    relations: dict[str, str]


MAPS = LabelMaps.model_validate(tomllib.loads(_DATA.read_text(encoding="utf-8")))


class LabelAdapter:
    """Maps the entity labels and, where the parser follows ClearNLP, the trees of one pipeline's documents."""

    def __init__(self, name: str, pipeline: SpacyPipeline) -> None:
        """Look at the labels of `pipeline`; raises LanguageModelError where extraction cannot work with it."""
        self._turns_trees = bool(CLEARNLP_ONLY & set(_labels(name, pipeline, "parser")))
        if not any(label.upper() in MAPS.entities for label in _labels(name, pipeline, "ner")):
            raise LanguageModelError(
                f"The language pipeline {name!r} tells no kind of name that Winnow knows. "
                "Way out: name a pipeline with OntoNotes or CoNLL labels, or use the shipped pipeline."
            )

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with Winnow's labels; entities of other kinds are dropped."""
        doc.ents = [
            Span(doc, ent.start, ent.end, label=MAPS.entities[ent.label_.upper()])
            for ent in doc.ents
            if ent.label_.upper() in MAPS.entities
        ]
        return convert_doc(doc, MAPS.relations) if self._turns_trees else doc


def _labels(name: str, pipeline: SpacyPipeline, component: str) -> tuple[str, ...]:
    if component not in pipeline.pipe_names:
        raise LanguageModelError(
            f"The language pipeline {name!r} has no component {component!r}; it has "
            f"{', '.join(pipeline.pipe_names) or 'none'}. Way out: name a pipeline with a tagger, a parser, "
            "a lemmatizer and an entity recogniser, or use the shipped pipeline."
        )
    return tuple(pipeline.pipe_labels.get(component, ()))
