"""The shipped pipeline, put together from its trained parts.

Belongs here: the order of components, the lemma tables, what is kept of the training state, and writing the pipeline
directory. Does not belong here:
learning.
"""

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.pipeline import Lemmatizer

from pipeline.language.known_names import NAME as KNOWN_NAMES
from training.treebanks import Sentence

CARD = Path(__file__).with_name("card.md")

META = {
    "name": "winnow_en",
    "version": "1.0.0",
    "description": "English tagger, parser, lemmatizer and entity recogniser of Winnow.",
    "license": "CC BY-SA 4.0",
    "author": "The Winnow contributors",
}


_CLOSED_CLASSES = ("AUX", "PART", "PRON", "DET", "ADP", "SCONJ", "CCONJ", "ADV")


def add_lemmatizer(pipeline: Language, sentences: Iterable[Sentence]) -> None:
    """Add spaCy's rule lemmatizer after the parser.

    Its tables are those of the package spacy-lookups-data for nouns, verbs and adjectives, and the treebank's own
    lemmas for the closed classes.
    """
    lemmatizer = pipeline.add_pipe("lemmatizer", after="parser", config={"mode": "rule"})
    assert isinstance(lemmatizer, Lemmatizer)
    lemmatizer.initialize()
    exceptions = lemmatizer.lookups.get_table("lemma_exc")
    for pos, lemmas in _closed_class_lemmas(sentences).items():
        exceptions[pos.lower()] = {**exceptions.get(pos.lower(), {}), **lemmas}


def _closed_class_lemmas(sentences: Iterable[Sentence]) -> dict[str, dict[str, list[str]]]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.pos in _CLOSED_CLASSES:
                counts[word.pos, word.text.lower().replace("’", "'")][word.lemma] += 1
    tables: dict[str, dict[str, list[str]]] = {pos: {} for pos in _CLOSED_CLASSES}
    for (pos, form), lemmas in sorted(counts.items()):
        lemma, count = max(lemmas.items(), key=lambda item: (item[1], item[0]))
        if count > 1:
            tables[pos][form] = tables[pos][form.replace("'", "’")] = [lemma]
    return tables


def write_pipeline(pipeline: Language, target: Path) -> None:
    """Add the lists' say to `pipeline` and write it to the directory `target` in place of what is there."""
    pipeline.add_pipe(KNOWN_NAMES)
    pipeline.meta.update(META)
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    pipeline.to_disk(partial)
    shutil.copyfile(CARD, partial / "README.md")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
