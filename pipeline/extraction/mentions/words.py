"""A document as the mention rules read it: words with their case, line and sentence, taken from a spaCy document once.

Belongs here: the flat view, and telling headlines from running text. Does not belong here: what a name is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extraction.columns import Columns, read_columns
from pipeline.extraction.mentions.vocabulary import Vocabulary, load_vocabulary
from pipeline.knowledge import NameLists

_PREFIXES = ("pro-", "anti-", "ex-", "non-", "pre-", "post-", "mid-", "inter-", "trans-", "cross-", "intra-")
_CLOSERS = frozenset(".!?:;…")
_TERMINALS = frozenset(".!?…:;\"'”’)]")


class Casing(Enum):
    """How a line uses capitals."""

    RUNNING = "running"
    TITLE = "title"
    UPPER = "upper"


class Word(NamedTuple):
    """A token that is no whitespace. `begins` is true where grammar alone can explain a capital."""

    text: str
    lower: str
    start: int
    end: int
    tag: str
    dep: str
    head: int
    begins: bool
    casing: Casing
    is_name_like: bool


class Sentence(NamedTuple):
    """Words `first` to `last` (half-open) between two sentence or line ends."""

    first: int
    last: int
    casing: Casing


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a text, its sentences, whether the words stand in a tree, and what it writes small anywhere."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]
    is_parsed: bool
    small_words: frozenset[str]

    def span_text(self, first: int, last: int) -> str:
        """Return the text from word `first` to before word `last`."""
        return self.text[self.words[first].start : self.words[last - 1].end] if first < last else ""


def is_common_word(word: Word, lists: NameLists) -> bool:
    """Return whether running text writes the word small more often than not; an acronym never is."""
    is_acronym = word.text.isupper() and len(word.text) > 1 and word.casing is not Casing.UPPER
    return not is_acronym and (word.lower in lists.common_words or not word.text[0].isalpha())


def read_page(doc: Doc, lists: NameLists) -> Page:
    """Return the words of `doc`; offsets are those of its text in code points."""
    columns = read_columns(doc)
    is_parsed = any(columns.dep)
    tokens = [index for index, is_space in enumerate(columns.is_space) if not is_space]
    position = {index: at for at, index in enumerate(tokens)}
    starts = list(_sentence_starts(columns, position))
    words: list[Word] = []
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    for number, first in enumerate(starts):
        last = starts[number + 1] if number + 1 < len(starts) else len(tokens)
        texts = [columns.text[token] for token in tokens[first:last]]
        casing = judge_casing(texts, lists, load_vocabulary())
        sentences.append(Sentence(first, last, casing))
        sentence_of.extend([number] * (last - first))
        begins = True
        for token, word in zip(tokens[first:last], texts, strict=True):
            words.append(
                Word(
                    text=word,
                    lower=word.lower(),
                    start=columns.start[token],
                    end=columns.end[token],
                    tag=columns.pos[token],
                    dep=columns.dep[token],
                    head=position.get(columns.head[token], position[token]) if is_parsed else first,
                    begins=begins,
                    casing=casing,
                    is_name_like=has_capital(word),
                )
            )
            begins = (begins and (not word[0].isalpha())) or word[-1] in _CLOSERS or word[0] in '“"‘«•●■–—*'
    small = frozenset(word.text for word in words if word.text.islower())
    return Page(columns.source, tuple(words), tuple(sentences), tuple(sentence_of), is_parsed, small)


def _sentence_starts(columns: Columns, position: dict[int, int]) -> Iterator[int]:
    """Yield the positions of words that start a line, or a sentence after a sign that can end one.

    A parser that sees an end elsewhere is not followed: names must not fall apart where it errs.
    """
    has_sentences = any(columns.begins[1:])
    pending = True
    previous = ""
    for token, text in enumerate(columns.text):
        if columns.is_space[token]:
            pending = pending or "\n" in text
            continue
        can_end = previous[-1:] in _TERMINALS
        ends = can_end and (columns.begins[token] == 1 if has_sentences else previous in {".", "!", "?"})
        if pending or ends:
            yield position[token]
            pending = False
        previous = text


def has_capital(word: str) -> bool:
    """Return whether `word` has a letter and a capital where names have one: first, or after a small start (iPhone)."""
    if word.islower():
        return False
    if word[0].isupper():
        return True
    if word.startswith(_PREFIXES):
        return False
    return len(word) > 1 and word[0].isalnum() and any(c.isupper() for c in word[1:]) and not word.endswith("th")


def judge_casing(texts: list[str], lists: NameLists, vocabulary: Vocabulary) -> Casing:
    """Return how a line writes the words that running text writes small; short lines count as running text."""
    upper = sum(word.isupper() and len(word) > 1 for word in texts)
    if upper >= 3 and upper >= 0.7 * sum(word[0].isalpha() for word in texts):
        return Casing.UPPER
    least, share = (3, 0.85) if texts[-1] in {".", "!", "?", "”"} else (2, 0.65)
    if sum(word[0].isupper() for word in texts[1:]) < least:
        return Casing.RUNNING
    ignored = (vocabulary.not_names.function_words, vocabulary.titles.person, vocabulary.heads.organization)
    content = [
        word
        for word in texts[1:]
        if word.isalpha()
        and word.lower() in lists.common_words
        and not any(word.lower() in group for group in ignored)
        and word not in vocabulary.not_names.generic
    ]
    capitalised = sum(word[0].isupper() for word in content)
    is_title = capitalised >= least and capitalised >= share * len(content)
    return Casing.TITLE if is_title else Casing.RUNNING
