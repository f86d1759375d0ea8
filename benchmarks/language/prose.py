"""The sentences of GUM that stand in running prose, as its own marks of layout and sentence type tell.

Belongs here: what counts as running prose. Does not belong here: measuring on it, which is done beside, never instead
of, measuring on whole texts.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from training.treebanks import Sentence, group_sentences, read_treebank

_PROSE = frozenset({"p", "quote"})
_NO_CLAUSE = frozenset({"frag", "other"})
_BLOCK = re.compile(r"(\w+)(?: [^|]*)?\((\d+) s\)")


class _Marks(NamedTuple):
    paragraph: int
    is_in_prose_block: bool
    is_clause: bool


def read_prose(treebank: Path, document_prefix: str, sentences_a_document: int) -> list[list[Sentence]]:
    """Return the running prose of the documents whose names begin with `document_prefix`, so many sentences a text.

    Running prose are whole paragraphs that GUM marks as such (`p` or `quote` in `newpar_block`, inside no heading,
    list, figure, caption, note or turn of speech) and that hold at least one clause: one sentence at least whose
    `s_type` is neither `frag` nor `other`. Fragments among clauses stay; date lines, credits and categories, which
    stand by themselves, do not.
    """
    marked = zip(_read_marks(treebank), read_treebank(treebank), strict=True)
    prose: list[Sentence] = []
    for _, members in groupby(marked, key=lambda pair: pair[0].paragraph):
        paragraph = list(members)
        if paragraph[0][0].is_in_prose_block and any(marks.is_clause for marks, _ in paragraph):
            prose += [sentence for _, sentence in paragraph if sentence.document.startswith(document_prefix)]
    documents = (list(members) for _, members in groupby(prose, key=lambda sentence: sentence.document))
    return [group for held in documents for group in group_sentences(held, lambda: sentences_a_document)]


def _read_marks(treebank: Path) -> Iterator[_Marks]:
    """Yield the marks of each sentence of a gzipped CoNLL-U file, in order."""
    paragraph = 0
    blocks: list[tuple[str, int]] = []
    with gzip.open(treebank, "rt", encoding="utf-8") as lines:
        for comments in _split_comments(lines):
            if "newpar" in comments or "newdoc id" in comments:
                paragraph += 1
            blocks += [(kind, int(count)) for kind, count in _BLOCK.findall(comments.get("newpar_block", ""))]
            is_prose = bool(blocks) and all(kind in _PROSE for kind, _ in blocks)
            yield _Marks(paragraph, is_prose, comments.get("s_type") not in _NO_CLAUSE)
            blocks = [(kind, left - 1) for kind, left in blocks if left > 1]


def _split_comments(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield the comments of each sentence by their names."""
    comments: dict[str, str] = {}
    has_words = False
    for line in lines:
        if line.startswith("#"):
            name, _, value = line.removeprefix("#").partition("=")
            comments[name.strip()] = value.strip()
        elif line.strip():
            has_words = True
        elif has_words:
            yield comments
            comments, has_words = {}, False
