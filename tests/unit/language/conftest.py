"""A stand-in for an installed spaCy pipeline: ClearNLP trees and OntoNotes entities, learned by heart in a second."""

from pathlib import Path

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import fix_random_seed

TEXT = "Shares of Acme rose in London on Monday."


def _analysis(pipeline: English) -> Doc:
    doc = Doc(
        pipeline.vocab,
        words=["Shares", "of", "Acme", "rose", "in", "London", "on", "Monday", "."],
        spaces=[True, True, True, True, True, True, True, False, False],
        tags=["NNS", "IN", "NNP", "VBD", "IN", "NNP", "IN", "NNP", "."],
        pos=["NOUN", "ADP", "PROPN", "VERB", "ADP", "PROPN", "ADP", "PROPN", "PUNCT"],
        morphs=[""] * 9,
        lemmas=["share", "of", "Acme", "rise", "in", "London", "on", "Monday", "."],
        heads=[3, 0, 1, 3, 3, 4, 3, 6, 3],
        deps=["nsubj", "prep", "pobj", "ROOT", "prep", "pobj", "prep", "pobj", "punct"],
    )
    doc.ents = [Span(doc, 2, 3, label="ORG"), Span(doc, 5, 6, label="GPE"), Span(doc, 7, 8, label="DATE")]
    return doc


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of a small pipeline that has learned to analyse TEXT."""
    fix_random_seed(0)
    pipeline = English()
    for component in ("tagger", "morphologizer", "trainable_lemmatizer", "ner"):
        pipeline.add_pipe(component)
    pipeline.add_pipe("parser", config={"min_action_freq": 1})
    examples = [Example(pipeline.make_doc(TEXT), _analysis(pipeline))] * 4
    pipeline.initialize(lambda: examples)
    for _ in range(40):
        pipeline.update(examples)
    folder = tmp_path_factory.mktemp("pipelines") / "stand_in"
    pipeline.to_disk(folder)
    return folder
