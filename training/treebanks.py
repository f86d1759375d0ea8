"""Universal Dependencies treebanks as training and test documents.

Belongs here: reading CoNLL-U, joining sentences to paragraphs as they stand in raw text, and the variations of
typography and case that news pages show.
Does not belong here: entity annotations, and the training loop.
"""

import gzip
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PARAGRAPH_BREAK = "\n"


@dataclass(frozen=True)
class Word:
    """One syntactic word of a treebank; `head` is the index in its sentence (0-based), its own index for the root."""

    text: str
    lemma: str
    pos: str
    tag: str
    head: int
    relation: str
    space_after: bool
    misc: str


@dataclass(frozen=True)
class Sentence:
    """A sentence and whether a paragraph or document starts with it."""

    words: tuple[Word, ...]
    starts_paragraph: bool
    starts_document: bool
    document: str


def read_treebank(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a gzipped CoNLL-U file (format: https://universaldependencies.org/format.html)."""
    comments: list[str] = []
    rows: list[list[str]] = []
    document = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                comments.append(line)
                if line.startswith("# newdoc id = "):
                    document = line.removeprefix("# newdoc id = ").strip()
            elif line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                starts_document = any(comment.startswith("# newdoc") for comment in comments)
                starts_paragraph = starts_document or any(comment.startswith("# newpar") for comment in comments)
                yield Sentence(tuple(_read_words(rows)), starts_paragraph, starts_document, document)
                comments, rows = [], []


def _read_words(rows: list[list[str]]) -> Iterator[Word]:
    inside_until, space_after_range = 0, True
    for identifier, form, lemma, pos, tag, _, head, relation, _, misc in rows:
        space_after = "SpaceAfter=No" not in misc
        if "-" in identifier:
            inside_until, space_after_range = int(identifier.split("-")[1]), space_after
        if not identifier.isdigit():
            continue
        number = int(identifier)
        if number <= inside_until:
            space_after = number == inside_until and space_after_range
        parent = int(head) - 1 if int(head) else number - 1
        yield Word(form, lemma, pos, tag, parent, "ROOT" if relation == "root" else relation, space_after, misc)


def group_sentences(sentences: Iterable[Sentence], length: Callable[[], int]) -> Iterator[list[Sentence]]:
    """Yield runs of consecutive sentences of one document, `length()` sentences each at most."""
    group: list[Sentence] = []
    wanted = length()
    for sentence in sentences:
        if group and (sentence.starts_document or len(group) >= wanted):
            yield group
            group, wanted = [], length()
        group.append(sentence)
    if group:
        yield group


def group_paragraphs(sentences: Iterable[Sentence], length: Callable[[], int]) -> Iterator[list[Sentence]]:
    """Yield runs of consecutive sentences of one paragraph, `length()` sentences each at most."""
    group: list[Sentence] = []
    wanted = length()
    for sentence in sentences:
        if group and (sentence.starts_document or sentence.starts_paragraph or len(group) >= wanted):
            yield group
            group, wanted = [], length()
        group.append(sentence)
    if group:
        yield group


def join_sentences(group: Iterable[Sentence]) -> tuple[str, list[list[tuple[int, int]]]]:
    """Return the running text of `group`, a paragraph a line, and the spans of each sentence's words in it."""
    text = ""
    places: list[list[tuple[int, int]]] = []
    for sentence in group:
        if text and sentence.starts_paragraph:
            text = text.rstrip(" ") + PARAGRAPH_BREAK
        spans: list[tuple[int, int]] = []
        for word in sentence.words:
            spans.append((len(text), len(text) + len(word.text)))
            text += word.text + " " * word.space_after
        places.append(spans)
    return text, places


_CURLY = {"``": "“", "''": "”"}


def curl_quotes(sentence: Sentence) -> Sentence:
    """Return `sentence` with typographic quotes, apostrophes and dashes in place of the keyboard's."""

    def curl(word: Word) -> Word:
        text = word.text
        if text == '"':
            text = _CURLY.get(word.tag, text)
        elif text in {"--", "---"}:
            text = "—"
        elif text == "...":
            text = "…"
        elif text == "'" and word.tag == "``":
            text = "‘"
        return replace(word, text=text.replace("'", "’"))

    return replace(sentence, words=tuple(curl(word) for word in sentence.words))


def straighten_quotes(sentence: Sentence) -> Sentence:
    """Return `sentence` with keyboard quotes in place of typographic ones."""
    table = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
    return replace(sentence, words=tuple(replace(word, text=word.text.translate(table)) for word in sentence.words))


def capitalise_headline(sentence: Sentence) -> Sentence:
    """Return `sentence` with a capital on every longer word, as in headlines."""
    return replace(
        sentence,
        words=tuple(
            replace(w, text=w.text[0].upper() + w.text[1:] if len(w.text) > 3 else w.text) for w in sentence.words
        ),
    )


def vary(group: list[Sentence], chance: random.Random) -> list[Sentence]:
    """Return `group` with typography, and now and then the case, drawn at random."""
    quoting = curl_quotes if chance.random() < 0.5 else straighten_quotes
    group = [quoting(sentence) for sentence in group]
    return [capitalise_headline(sentence) if chance.random() < 0.03 else sentence for sentence in group]
