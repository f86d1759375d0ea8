"""Sentence splitters of others, on the same texts as the language pipeline.

Belongs here: how each splitter is called, and its score. Does not belong here: reading treebanks, and the pipeline's
own figures. The splitters are in the dependency group `peers`; each gets a paragraph at a time, as our pipeline ends
sentences at line breaks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Final

import spacy

from benchmarks.language.scores import Tally
from training.treebanks import PARAGRAPH_BREAK, Sentence, join_sentences

Span = tuple[int, int]
Splitter = Callable[[str], Iterable[Span]]


def _load_sentencizer() -> Splitter:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return lambda text: [(sentence.start_char, sentence.end_char) for sentence in pipeline(text).sents]


def _load_syntok() -> Splitter:
    analyze: Any = import_module("syntok.segmenter").analyze

    def split(text: str) -> Iterator[Span]:
        for paragraph in analyze(text):
            for tokens in paragraph:
                yield tokens[0].offset, tokens[-1].offset + len(tokens[-1].value)

    return split


def _load_blingfire() -> Splitter:
    split: Any = import_module("blingfire").text_to_sentences_and_offsets
    return lambda text: split(text)[1]


_LOADERS: Final[dict[str, Callable[[], Splitter]]] = {
    "spaCy's sentencizer": _load_sentencizer,
    "syntok": _load_syntok,
    "BlingFire": _load_blingfire,
}


def score_splitters(groups: Sequence[Sequence[Sentence]]) -> Iterator[tuple[str, Tally | None]]:
    """Yield each splitter and its score on texts, both edges of a sentence; None where it is not installed."""
    for name, load in _LOADERS.items():
        try:
            split = load()
        except ModuleNotFoundError:
            yield name, None
            continue
        tally = Tally()
        for text, places in map(join_sentences, groups):
            tally.compare({(spans[0][0], spans[-1][1]) for spans in places}, set(_split_paragraphs(text, split)))
        yield name, tally


def _split_paragraphs(text: str, split: Splitter) -> Iterator[Span]:
    offset = 0
    for paragraph in text.split(PARAGRAPH_BREAK):
        for start, end in split(paragraph):
            found = paragraph[start:end]
            left, right = len(found) - len(found.lstrip()), len(found) - len(found.rstrip())
            if left < len(found):
                yield offset + start + left, offset + end - right
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
