"""Tags, trees and sentence boundaries against treebanks.

Belongs here: the comparison of a parsed text with a treebank's analysis of it, by three ways of counting. Does not
belong here: reading treebanks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example
from spacy.vocab import Vocab

from benchmarks.language.scores import Tally
from pipeline.language import Language
from training.treebanks import PARAGRAPH_BREAK, Sentence, group_sentences, join_sentences, read_treebank

SENTENCES_A_DOCUMENT = 40

Group = Sequence[Sentence]


class Shares(NamedTuple):
    """Right tags, heads, and heads with relations, in per cent; punctuation has no say in the latter two."""

    tags: float
    heads: float
    labelled: float

    def __str__(self) -> str:
        return f"TAG {self.tags:.2f} UAS {self.heads:.2f} LAS {self.labelled:.2f}"


def average(shares: Sequence[Shares]) -> Shares:
    """Return the mean of `shares`."""
    return Shares(*(sum(column) / len(shares) for column in zip(*shares, strict=True)))


def read_groups(
    treebank: Path, document_prefix: str = "", sentences_a_document: int = SENTENCES_A_DOCUMENT
) -> list[list[Sentence]]:
    """Return the texts of `treebank` whose document's name begins with `document_prefix`, so many sentences each."""
    sentences = (s for s in read_treebank(treebank) if s.document.startswith(document_prefix))
    return list(group_sentences(sentences, lambda: sentences_a_document))


def score_by_spacy(language: Language, groups: Sequence[Group], *, treebank_tokens: bool) -> Shares:
    """Return the shares as spaCy's Scorer counts them: F1 over the tokens that line up, punctuation left out of trees.

    The pipeline reads raw text, or, with `treebank_tokens`, tokens as the treebank cuts them; sentence boundaries are
    its own either way.
    """
    vocab = next(iter(language.parse(["."]))).vocab
    references = [_build_reference(vocab, group) for group in groups]
    given = (_strip(doc) for doc in references) if treebank_tokens else (doc.text for doc in references)
    examples = [Example(doc, reference) for doc, reference in zip(language.parse(given), references, strict=True)]
    tags = Scorer.score_token_attr(examples, "tag")  # pyright: ignore[reportUnknownMemberType]
    trees = Scorer.score_deps(  # pyright: ignore[reportUnknownMemberType]
        examples, "dep", getter=_relation, ignore_labels=("punct",)
    )
    return Shares(100 * tags["tag_acc"], 100 * trees["dep_uas"], 100 * trees["dep_las"])


def _relation(token: Token, _: str) -> str:
    return token.dep_.lower()


def _build_reference(vocab: Vocab, group: Group) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    relations: list[str] = []
    for sentence in group:
        if words and sentence.starts_paragraph:
            spaces[-1] = False
            words.append(PARAGRAPH_BREAK)
            spaces.append(False)
            tags.append("")  # nothing is asked of line breaks
            heads.append(len(heads) - 1)
            relations.append("punct")
        first = len(words)
        words += [word.text for word in sentence.words]
        spaces += [word.space_after for word in sentence.words]
        tags += [word.tag for word in sentence.words]
        heads += [first + word.head for word in sentence.words]
        relations += [word.relation for word in sentence.words]
    return Doc(vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=relations)


def _strip(doc: Doc) -> Doc:
    """Return the tokens of `doc` without their analysis."""
    return Doc(doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])


class GoldWord(NamedTuple):
    """A treebank word in running text: half-open span, the start of its head, tag and relation."""

    start: int
    end: int
    head: int
    tag: str
    pos: str
    relation: str


@dataclass
class StrictScores:
    """Counts over treebank words, from raw text: one that is cut otherwise counts as wrong in every figure.

    This is how the shared task of CoNLL 2018 counts; shares are of all words, punctuation included, but for the two
    that leave it out.
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


def score_strictly(language: Language, groups: Sequence[Group]) -> StrictScores:
    """Return the scores of `language` on `groups`."""
    scores = StrictScores()
    laid_out = [join_sentences(group) for group in groups]
    parsed = language.parse(text for text, _ in laid_out)
    for group, (_, places), doc in zip(groups, laid_out, parsed, strict=True):
        _compare(scores, list(_place_words(group, places)), doc)
        wanted = {(spans[0][0], spans[-1][1]) for spans in places}
        scores.sentences.compare(wanted, _sentence_spans(doc))
    return scores


def _place_words(group: Group, places: Iterable[Sequence[tuple[int, int]]]) -> Iterator[GoldWord]:
    for sentence, spans in zip(group, places, strict=True):
        for word, (start, end) in zip(sentence.words, spans, strict=True):
            yield GoldWord(start, end, spans[word.head][0], word.tag, word.pos, word.relation)


def _sentence_spans(doc: Doc) -> set[tuple[int, int]]:
    tokens = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return {(found[0].idx, found[-1].idx + len(found[-1])) for found in tokens if found}


def _compare(scores: StrictScores, words: Sequence[GoldWord], doc: Doc) -> None:
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
