"""Texts with tagged names: the common form of every entity source.

Belongs here: the form itself, the inline notation of our own labels with its check, joining tokens to running text, and
making training examples of it.
Does not belong here: how each public source marks its names.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

UNKNOWN = "unknown"
"""The label of a stretch that a source marks in its own way, or leaves open: nothing is learned from it."""

_LETTERS = {"o": "organization", "p": "person", "r": "product", "l": "place", "e": "event", "w": "law", "x": UNKNOWN}
_TAG = re.compile(r"<(/?)([a-z])>")


class Name(NamedTuple):
    """A tagged stretch of text: half-open, in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Passage:
    """A text, the names in it in text order, and the source it is from."""

    text: str
    names: tuple[Name, ...]
    source: str


class TaggingError(ValueError):
    """A passage whose tags do not pair up, overlap, or enclose nothing."""


def read_tagged(tagged: str, source: str) -> Passage:
    """Return the passage written as `tagged`: <o>organization</o> <p>person</p> <r>product</r> <l>place</l>
    <e>event</e> <w>law</w>, never nested.
    """
    text, at = "", 0
    names: list[Name] = []
    opened: tuple[str, int] | None = None
    for match in _TAG.finditer(tagged):
        text += tagged[at : match.start()]
        at = match.end()
        closing, letter = match.groups()
        shown = f"{source}: ...{tagged[max(0, match.start() - 60) : match.end()]}"
        if letter not in _LETTERS:
            raise TaggingError(f"unknown tag <{letter}> in {shown}")
        if closing:
            if opened is None or opened[0] != letter:
                raise TaggingError(f"</{letter}> closes nothing in {shown}")
            name = Name(opened[1], len(text), _LETTERS[letter])
            if text[name.start : name.end] != text[name.start : name.end].strip() or name.start == name.end:
                raise TaggingError(f"empty or padded tag in {shown}")
            names.append(name)
            opened = None
        elif opened is not None:
            raise TaggingError(f"<{letter}> inside <{opened[0]}> in {shown}")
        else:
            opened = (letter, len(text))
    if opened is not None:
        raise TaggingError(f"<{opened[0]}> is never closed in {source}: {tagged[:60]}...")
    return Passage(text + tagged[at:], tuple(names), source)


def read_tagged_file(path: Path) -> Iterator[Passage]:
    """Yield the passages of a file of inline-tagged paragraphs, which blank lines separate."""
    for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()), 1):
        yield read_tagged(block.strip(), f"{path.stem}:{number}")


def join_words(words: Iterable[str], labels: Iterable[str], source: str) -> Passage:
    """Return running text for tokenised `words` with their IOB2 `labels` (types already ours); spaces go where English
    sets them.
    """
    text, glue, quoted = "", True, False
    names: list[Name] = []
    begun: tuple[int, str] | None = None
    for word, label in zip(words, labels, strict=True):
        opening = word in {"(", "[", "$", "#", "“", "‘", "``"} or (word == '"' and not quoted)
        attached = bool(_ATTACHED.fullmatch(word)) or (word == '"' and quoted)
        quoted ^= word == '"'
        if begun and not label.startswith("I-"):
            names.append(Name(begun[0], len(text), begun[1]))
            begun = None
        if not glue and not attached:
            text += " "
        if label != "O" and begun is None:
            begun = (len(text), label[2:])
        text += {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(word, word)
        glue = opening
    if begun:
        names.append(Name(begun[0], len(text), begun[1]))
    return Passage(text, tuple(names), source)


_ATTACHED = re.compile(r"[.,;:!?%)\]”]|['’](?:s|re|ve|ll|d|m|S)?|n['’]t|''|\.\.\.")


def join_passages(passages: Iterable[Passage], separator: str) -> Passage:
    """Return one passage of several, with `separator` between them."""
    text, source = "", ""
    names: list[Name] = []
    for passage in passages:
        text += separator if text else ""
        names.extend(Name(len(text) + name.start, len(text) + name.end, name.label) for name in passage.names)
        text += passage.text
        source = source or passage.source
    return Passage(text, tuple(names), source)


def align_names(doc: Doc, passage: Passage) -> list[Name]:
    """Return the names of `passage` by the tokens of `doc`, its analysed text.

    A name that does not begin and end with tokens is UNKNOWN, and covers the tokens around it.
    """
    aligned: list[Name] = []
    for name in passage.names:
        span = doc.char_span(name.start, name.end)
        if span is not None:
            aligned.append(Name(span.start, span.end, name.label))
        elif (around := doc.char_span(name.start, name.end, alignment_mode="expand")) is not None:
            aligned.append(Name(around.start, around.end, UNKNOWN))
    return aligned
