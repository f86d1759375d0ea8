"""The shipped pipeline, put together from its trained parts.

Belongs here: the order of components, the lemma tables, what is kept of the training state, and writing the pipeline
directory. Does not belong here:
learning.
"""

import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language

from pipeline.language import lemmas, name_features, no_names, paragraphs, word_vectors
from pipeline.language.lemmas import Lemmas
from pipeline.language.name_features import NameFeatures
from pipeline.language.name_lists import NameLists
from pipeline.language.word_vectors import WordVectors
from training.tokenization import adapt_tokenizer
from training.treebanks import Sentence
from training.word_vectors import read_vectors

CARD = Path(__file__).with_name("card.md")

META = {
    "name": "winnow_en",
    "version": "1.1.0",
    "description": "English tagger, parser, lemmatizer and entity recogniser of Winnow.",
    "license": "CC BY-SA 4.0",
    "author": "The Winnow contributors",
}


_SHORT_SYLLABLE = re.compile("[^aeiou][aeiou][^aeiouwxy]$")
_CLOSED_CLASSES = ("AUX", "PART", "PRON", "DET", "ADP", "SCONJ", "CCONJ", "ADV")


def begin_pipeline(data: Path) -> Language:
    """Return a pipeline with the tokenizer, what layout says about sentences, and the word vectors of `data`."""
    pipeline = spacy.blank("en")
    adapt_tokenizer(pipeline)
    pipeline.add_pipe(paragraphs.NAME)
    vectors = pipeline.add_pipe(word_vectors.NAME)
    assert isinstance(vectors, WordVectors)
    vectors.table = read_vectors(data)
    return pipeline


def add_name_features(pipeline: Language, lists: NameLists) -> None:
    """Add the features that the recogniser reads of names, with `lists`."""
    features = pipeline.add_pipe(name_features.NAME)
    assert isinstance(features, NameFeatures)
    features.lists = lists


def add_lemmatizer(pipeline: Language, sentences: Iterable[Sentence]) -> None:
    """Add spaCy's rule lemmatizer.

    Its tables are those of the package spacy-lookups-data for nouns, verbs and adjectives, and the treebank's own
    lemmas for the closed classes.
    """
    lemmatizer = pipeline.add_pipe(lemmas.NAME)
    assert isinstance(lemmatizer, Lemmas)
    lemmatizer.initialize()
    exceptions = lemmatizer.lookups.get_table("lemma_exc")
    index = lemmatizer.lookups.get_table("lemma_index")
    index["verb"] = _drop_short_stems(index["verb"])
    for pos in cast("list[int]", list(index)):
        index[pos] = dict.fromkeys(sorted(index[pos]), 1)  # found at once, and can be written down, as sets cannot
    for pos, table in _closed_class_lemmas(sentences).items():
        exceptions[pos.lower()] = {**exceptions.get(pos.lower(), {}), **table}


def _drop_short_stems(verbs: Iterable[str]) -> list[str]:
    """Return `verbs` without those that, with an "e", are verbs too: the rules would take "fined" for a form of "fin".

    English doubles a single consonant after a short vowel, which the rules know of ("hopped"); where it does not, an
    "e" has been dropped ("hoped").
    """
    known = set(verbs)
    return sorted(verb for verb in known if not (_SHORT_SYLLABLE.search(verb) and verb + "e" in known))


def _closed_class_lemmas(sentences: Iterable[Sentence]) -> dict[str, dict[str, list[str]]]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.pos in _CLOSED_CLASSES:
                counts[word.pos, word.text.lower().replace("’", "'")][word.lemma] += 1
    tables: dict[str, dict[str, list[str]]] = {pos: {} for pos in _CLOSED_CLASSES}
    for (pos, form), seen in sorted(counts.items()):
        lemma, count = max(seen.items(), key=lambda item: (item[1], item[0]))
        if count > 1:
            tables[pos][form] = tables[pos][form.replace("'", "’")] = [lemma]
    return tables


def write_pipeline(pipeline: Language, target: Path) -> None:
    """Add what takes back names that are none to `pipeline`, and write it to the directory `target` in place of what is
    there.
    """
    pipeline.add_pipe(no_names.NAME)
    pipeline.meta.update(META)
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    pipeline.to_disk(partial, exclude=["vocab"])  # its words are those of the training texts; no component needs them
    shutil.copyfile(CARD, partial / "README.md")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
