"""The entity sources: each public data set read into passages with Winnow's six types.

Belongs here: file formats and what each source's types mean in ours (None: left open). Does not belong here: how
passages are weighed or varied.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from training import treebanks
from training.passages import UNKNOWN, Name, Passage, join_passages, join_words, read_tagged_file

UNER = {"PER": "person", "ORG": "organization", "LOC": "place", "OTH": UNKNOWN}
WIKIGOLD = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": UNKNOWN}
WNUT = {
    "person": "person",
    "corporation": "organization",
    "group": "organization",
    "location": "place",
    "product": "product",
    "creative-work": "product",
}
CROSSNER = {
    **dict.fromkeys(("organisation", "university", "band", "politicalparty"), "organization"),
    **dict.fromkeys(("person", "researcher", "writer", "musicalartist", "politician", "scientist"), "person"),
    **dict.fromkeys(("country", "location", "astronomicalobject"), "place"),
    **dict.fromkeys(("book", "album", "song", "poem", "programlang"), "product"),
    **dict.fromkeys(("event", "conference", "election"), "event"),
}
GUM = {"person": "person", "organization": "organization", "place": "place", "event": "event", "object": "product"}
GUM_NO_NAMES = {"time"}
ROLES = {
    "lender",
    "borrower",
    "bank",
    "company",
    "agent",
    "guarantor",
    "parent",
    "lenders",
    "executive",
    "employee",
    "tenant",
    "landlord",
}


def read_columns(path: Path, types: Mapping[str, str]) -> Iterator[Passage]:
    """Yield one passage per sentence of a file of word, tab, IOB2 label; labels that `types` does not name are left
    open.
    """
    for words, labels in _read_sequences(path, types, 0, 1):
        yield join_words(words, labels, path.parent.name)


def read_uner(
    tags: Path, treebank: Path, types: Mapping[str, str], word_column: int, label_column: int
) -> Iterator[Passage]:
    """Yield passages of a few sentences from Universal NER tags, spaced as in the treebank that they annotate."""
    sentences = _read_sequences(tags, types, word_column, label_column)
    by_words = {tuple(words): labels for words, labels in sentences}
    for group in treebanks.group_sentences(treebanks.read_treebank(treebank), lambda: 6):
        parts: list[Passage] = []
        for sentence in group:
            labels = by_words.get(tuple(word.text for word in sentence.words))
            if labels is not None:
                parts.append(_spaced(sentence, labels, "uner"))
        if parts:
            yield join_passages(parts, " ")


def _read_sequences(
    path: Path, types: Mapping[str, str], word_column: int, label_column: int
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words and labels of each sentence; a line with too few columns, or without a word, ends one."""
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split("\t")
        if line.startswith("# "):
            continue
        if len(columns) > label_column and columns[word_column].strip():
            prefix, _, kind = columns[label_column].strip().partition("-")
            words.append(columns[word_column].strip())
            labels.append(f"{prefix}-{types.get(kind, UNKNOWN)}" if kind else "O")
        elif words:
            yield words, labels
            words, labels = [], []


def _spaced(sentence: treebanks.Sentence, labels: Iterable[str], source: str) -> Passage:
    text = ""
    names: list[Name] = []
    begun: tuple[int, str] | None = None
    end = 0
    for word, label in zip(sentence.words, labels, strict=True):
        if begun and not label.startswith("I-"):
            names.append(Name(begun[0], end, begun[1]))
            begun = None
        if label != "O" and begun is None:
            begun = (len(text), label[2:])
        text += word.text
        end = len(text)
        text += " " if word.space_after else ""
    if begun:
        names.append(Name(begun[0], end, begun[1]))
    return Passage(text.rstrip(), tuple(names), source)


_HANDLE = re.compile(r"[@#]\s?\S?$")
_MENTION = re.compile(r"\((\d+)-([a-z]+)[^()]*(\))?|(\d+)\)")


def read_gum(path: Path) -> Iterator[Passage]:
    """Yield passages of GUM, whose named mentions are taken to be its runs of proper nouns.

    GUM marks every mention, named or not, nested, with its head phrase. A run of proper nouns is given the type of the
    smallest mention that covers it and
    ends with it; where there is none, or its type is not ours, the run is left open.
    """
    for group in treebanks.group_sentences(treebanks.read_treebank(path), lambda: 6):
        yield join_passages((_spaced(s, _gum_labels(s), "gum") for s in group), " ")


def _gum_labels(sentence: treebanks.Sentence) -> list[str]:
    mentions = _gum_mentions(sentence)
    labels = ["O"] * len(sentence.words)
    for start, end in _proper_runs(sentence):
        covering = [m for m in mentions if m[0] <= start and m[1] == end]
        smallest = min(covering, key=lambda m: m[1] - m[0], default=None)
        if smallest and smallest[2] in GUM_NO_NAMES:
            continue
        label = GUM.get(smallest[2], UNKNOWN) if smallest else UNKNOWN
        labels[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return labels


def _proper_runs(sentence: treebanks.Sentence) -> Iterator[tuple[int, int]]:
    start = None
    for i, word in enumerate([*sentence.words, None]):
        proper = word is not None and (word.pos == "PROPN" or word.tag in {"NNP", "NNPS"})
        if proper and start is None:
            start = i
        elif not proper and start is not None:
            yield start, i
            start = None


def _gum_mentions(sentence: treebanks.Sentence) -> list[tuple[int, int, str]]:
    mentions: list[tuple[int, int, str]] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, word in enumerate(sentence.words):
        field = next((part.removeprefix("Entity=") for part in word.misc.split("|") if part.startswith("Entity=")), "")
        for match in _MENTION.finditer(field):
            number, kind, closed, closing = match.groups()
            if number and closed:
                mentions.append((i, i + 1, kind))
            elif number:
                opened.setdefault(number, []).append((i, kind))
            elif opened.get(closing):
                start, kind = opened[closing].pop()
                mentions.append((start, i + 1, kind))
    return mentions


def read_sec(path: Path) -> Iterator[Passage]:
    """Yield passages of the SEC filings, whose roles (Lender, Borrower) are no names."""
    for passage in read_columns(path, {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": UNKNOWN}):
        kept = tuple(n for n in passage.names if passage.text[n.start : n.end].casefold() not in ROLES)
        yield Passage(passage.text, kept, "sec_filings")


def _open_handles(passage: Passage) -> Passage:
    """Return `passage` with account names and topics, which only tweets have, left open."""
    names = (
        name._replace(label=UNKNOWN) if _HANDLE.search(passage.text[: name.start + 1]) else name
        for name in passage.names
    )
    return Passage(passage.text, tuple(names), passage.source)


def read_public(data: Path) -> Iterator[Passage]:
    """Yield the passages of every public source but Wikigold and the test part of UNER, which are measured on."""
    entities, parsing = data / "entities", data / "parsing"
    yield from read_uner(entities / "uner_ewt_train" / "train.tsv", parsing / "ewt" / "train.conllu.gz", UNER, 0, 1)
    yield from read_uner(entities / "uner_ewt" / "dev.iob2", parsing / "ewt" / "dev.conllu.gz", UNER, 1, 2)
    yield from read_gum(parsing / "gum" / "train.conllu.gz")
    for path in sorted((entities / "crossner").glob("*/*.txt")):
        yield from read_columns(path, CROSSNER)
    for name in ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"):
        yield from read_columns(entities / "wnut17" / name, WNUT)
    for path in sorted((entities / "btc").glob("*.tsv")):
        yield from map(_open_handles, read_columns(path, UNER))
    for name in ("train.tsv", "test.tsv"):
        yield from read_sec(entities / "sec_filings" / name)


def read_own(data: Path) -> Iterator[Passage]:
    """Yield the passages written and tagged for this project: those of `data` and those kept in `training/labels`."""
    for folder in (data / "entities" / "own_news", Path(__file__).with_name("labels")):
        for path in sorted(folder.glob("*.txt")):
            yield from read_tagged_file(path)
