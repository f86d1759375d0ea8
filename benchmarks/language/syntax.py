"""Tags, trees and sentence boundaries against treebanks, from raw text.

Belongs here: the comparison of a parsed text with a treebank's analysis of it. A treebank word that the tokeniser cut
otherwise counts as wrong in every
figure, as in the evaluation of the CoNLL 2018 shared task.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Token

from benchmarks.language.scores import Tally
from pipeline.language import Language
from training.treebanks import PARAGRAPH_BREAK, Sentence, group_sentences, read_treebank

SENTENCES_A_DOCUMENT = 40


class GoldWord(NamedTuple):
    """A treebank word in running text: half-open span, the start of its head, tag and relation."""

    start: int
    end: int
    head: int
    tag: str
    pos: str
    relation: str


@dataclass
class SyntaxScores:
    """Counts over treebank words; scores are shares of all words, punctuation included, but for the two that leave it
    out.
    """

    words: int = 0
    tags: int = 0
    universal: int = 0
    heads: int = 0
    labelled: int = 0
    content_words: int = 0
    content_heads: int = 0
    content_labelled: int = 0
    sentences: Tally = field(default_factory=Tally)

    def __str__(self) -> str:
        shares = (
            f"TAG {100 * self.tags / self.words:.2f} POS {100 * self.universal / self.words:.2f} "
            f"UAS {100 * self.heads / self.words:.2f} LAS {100 * self.labelled / self.words:.2f}"
        )
        content = self.content_words / 100
        without = f"UAS {self.content_heads / content:.2f} LAS {self.content_labelled / content:.2f}"
        return f"{shares}; without punctuation {without}; sentences {self.sentences} over {self.words} words"


def lay_out(group: Sequence[Sentence]) -> tuple[str, list[GoldWord], set[tuple[int, int]]]:
    """Return the running text of `group`, a paragraph a line, its words, and its sentences' spans."""
    text = ""
    words: list[GoldWord] = []
    sentences: set[tuple[int, int]] = set()
    for sentence in group:
        if text:
            text = text.rstrip(" ") + PARAGRAPH_BREAK if sentence.starts_paragraph else text
        starts: list[int] = []
        ends: list[int] = []
        for word in sentence.words:
            starts.append(len(text))
            text += word.text
            ends.append(len(text))
            text += " " if word.space_after else ""
        sentences.add((starts[0], ends[-1]))
        words.extend(
            GoldWord(start, end, starts[word.head], word.tag, word.pos, word.relation)
            for word, start, end in zip(sentence.words, starts, ends, strict=True)
        )
    return text, words, sentences


def score_syntax(
    language: Language, treebank: Path, document_prefix: str = "", sentences_a_document: int = SENTENCES_A_DOCUMENT
) -> SyntaxScores:
    """Return the scores of `language` on the documents of `treebank` whose name begins with `document_prefix`."""
    sentences = [s for s in read_treebank(treebank) if s.document.startswith(document_prefix)]
    laid_out = [lay_out(group) for group in group_sentences(sentences, lambda: sentences_a_document)]
    scores = SyntaxScores()
    for (_, words, spans), doc in zip(laid_out, language.parse(text for text, _, _ in laid_out), strict=True):
        _compare(scores, words, doc)
        scores.sentences.compare(spans, _sentence_spans(doc))
    return scores


def _sentence_spans(doc: Doc) -> set[tuple[int, int]]:
    tokens = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return {(found[0].idx, found[-1].idx + len(found[-1])) for found in tokens if found}


def _compare(scores: SyntaxScores, words: Sequence[GoldWord], doc: Doc) -> None:
    by_span: dict[tuple[int, int], Token] = {(token.idx, token.idx + len(token)): token for token in doc}
    for word in words:
        token = by_span.get((word.start, word.end))
        content = word.pos != "PUNCT"
        scores.words += 1
        scores.content_words += content
        if token is None:
            continue
        scores.tags += token.tag_ == word.tag
        scores.universal += token.pos_ == word.pos
        if token.head.idx == word.head:
            scores.heads += 1
            scores.content_heads += content
            if token.dep_ == word.relation:
                scores.labelled += 1
                scores.content_labelled += content
