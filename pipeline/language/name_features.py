"""What is known of each word that may be part of a name: listed names, spelling, and how the same word is used in the
whole document.

Belongs here: the features that the entity recogniser sees beside the words themselves, and the pipeline component that
computes them. Does not belong here: the network that reads them. That a name seen clearly once tells about its other
occurrences in the document follows Chieu and Ng (2003), "Named Entity Recognition with a Maximum Entropy Approach".
"""

import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from pipeline.language.name_lists import KINDS, WORD_KINDS, NameLists

NAME = "winnow_name_features"
FEATURES_KEY = "winnow_name_features"
_DATA = Path(__file__).parent / "data" / "name_clues.toml"
_LISTS_FILE = "names.tsv.gz"


class NameClues(BaseModel):
    """Words that betray the kind of a name near them, in lower case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person_titles: frozenset[str]
    legal_forms: frozenset[str]
    organization_heads: frozenset[str]
    place_heads: frozenset[str]
    event_heads: frozenset[str]
    law_heads: frozenset[str]
    product_clues: frozenset[str]
    organization_clues: frozenset[str]
    place_prepositions: frozenset[str]
    speech_verbs: frozenset[str]


CLUES = NameClues.model_validate(tomllib.loads(_DATA.read_text(encoding="utf-8")))

_LISTED = 3 * len(KINDS)
_WORD = _LISTED + len(WORD_KINDS)
_CLUE_SETS = (
    CLUES.person_titles,
    CLUES.legal_forms,
    CLUES.organization_heads,
    CLUES.place_heads,
    CLUES.event_heads,
    CLUES.law_heads,
    CLUES.product_clues,
    CLUES.organization_clues,
)
_CLUE = _WORD + len(_CLUE_SETS)
_CAPITAL, _UPPER, _MIXED, _STARTS, _LOWER_ELSEWHERE, _CAPITAL_ELSEWHERE = range(_CLUE, _CLUE + 6)
_DOCUMENT = _CLUE + 6
_CONTEXTS = (
    "title",
    "first_name",
    "legal_form",
    "head",
    "preposition",
    "speech",
    "possessive",
    "bracket",
    "article",
    "product",
    "organization",
)
_BIT = {context: 1 << number for number, context in enumerate(_CONTEXTS)}
FEATURE_COUNT = _DOCUMENT + len(_CONTEXTS) + len(KINDS)

_ENDS_SENTENCE = frozenset('.!?:;"“”‘’•-–—*|(')


def describe_words(doc: Doc, lists: NameLists) -> NDArray[np.uint8]:
    """Return zeros and ones, a row per token of `doc` and FEATURE_COUNT columns.

    Words in lower case have marks only where they are part of a listed name or a clue to names near them.
    """
    texts = [token.text for token in doc]
    lowers = [text.lower() for text in texts]
    capital = [text != lower for text, lower in zip(texts, lowers, strict=True)]
    features = np.zeros((len(texts), FEATURE_COUNT), dtype=np.uint8)
    kinds_by_word = _mark_listed(features, texts, lowers, capital, lists)
    contexts, inner_capitals = _collect_contexts(texts, lowers, capital, lists)
    lower_words = {lower for lower, is_capital in zip(lowers, capital, strict=True) if not is_capital}
    for at, lower in enumerate(lowers):
        marks = _CLUE_WORDS.get(lower, ())
        if capital[at]:
            marks = [
                *marks,
                _CAPITAL,
                *_spelling_marks(texts[at]),
                *_marks_of_bits(lists.word_kinds(lower), _LISTED),
                *_marks_of_bits(contexts.get(lower, 0), _DOCUMENT),
                *_marks_of_bits(kinds_by_word.get(lower, 0), _DOCUMENT + len(_CONTEXTS)),
            ]
            if _starts_sentence(texts, at):
                marks.append(_STARTS)
            if lower in lower_words:
                marks.append(_LOWER_ELSEWHERE)
            if lower in inner_capitals:
                marks.append(_CAPITAL_ELSEWHERE)
        if marks:
            features[at, marks] = 1
    return features


def _mark_listed(
    features: NDArray[np.uint8], texts: list[str], lowers: list[str], capital: list[bool], lists: NameLists
) -> dict[str, int]:
    """Mark the listed names in `features`; return, by word, the bits of KINDS of the names it is part of."""
    kinds_by_word: dict[str, int] = defaultdict(int)
    may_start = [is_capital or text[0].isdigit() for is_capital, text in zip(capital, texts, strict=True)]
    for start, end, kinds in lists.find(lowers, may_start):
        for column in _marks_of_bits(kinds, 0):
            if end - start == 1:
                features[start, 3 * column] = 1
            else:
                features[start, 3 * column + 1] = 1
                features[start + 1 : end, 3 * column + 2] = 1
        for at in range(start, end):
            kinds_by_word[lowers[at]] |= kinds
    return kinds_by_word


@cache
def _marks_of_bits(bits: int, first: int) -> tuple[int, ...]:
    """Return the columns, from `first` on, of the bits that are set."""
    return tuple(first + number for number in range(bits.bit_length()) if bits >> number & 1)


@lru_cache(maxsize=50_000)
def _spelling_marks(text: str) -> tuple[int, ...]:
    if text.isupper():
        return (_UPPER,) if len(text) > 1 else ()
    return () if text[1:].islower() or len(text) == 1 else (_MIXED,)


_CLUE_WORDS: dict[str, list[int]] = {
    word: [_WORD + number for number, words in enumerate(_CLUE_SETS) if word in words]
    for word in frozenset[str]().union(*_CLUE_SETS)
}


def _starts_sentence(texts: list[str], at: int) -> bool:
    return at == 0 or texts[at - 1][0] in _ENDS_SENTENCE or texts[at - 1].isspace()


def _collect_contexts(
    texts: list[str], lowers: list[str], capital: list[bool], lists: NameLists
) -> tuple[dict[str, int], set[str]]:
    """Return, by word in lower case, the bits of _CONTEXTS it is seen in anywhere, and the words seen capitalised
    inside a sentence.
    """
    contexts: dict[str, int] = defaultdict(int)
    inner: set[str] = set()
    count = len(texts)
    at = 0
    while at < count:
        if not capital[at]:
            at += 1
            continue
        end = at + 1
        while end < count and capital[end]:
            end += 1
        before = lowers[at - 1] if at else ""
        after = lowers[end] if end < count else ""
        bits = _context_bits(before, after, lowers[at - 2] if at > 1 else "")
        last = lowers[end - 1]
        if last in CLUES.legal_forms:
            bits |= _BIT["legal_form"]
        elif last in CLUES.organization_heads:
            bits |= _BIT["head"]
        person = (lists.word_kinds(lowers[at]) & 1 and end - at > 1) * _BIT["first_name"]
        titled = (lowers[at] in CLUES.person_titles and end - at > 1) * _BIT["title"]
        for i in range(at, end):
            contexts[lowers[i]] |= bits | person | titled
            if not _starts_sentence(texts, i):
                inner.add(lowers[i])
        at = end
    return contexts, inner


def _context_bits(before: str, after: str, before_that: str) -> int:
    bits = 0
    if before in CLUES.person_titles:
        bits |= _BIT["title"]
    if before in CLUES.place_prepositions:
        bits |= _BIT["preposition"]
    if before == "the":
        bits |= _BIT["article"]
    if before == "(" and after == ")":
        bits |= _BIT["bracket"]
    if after in {"'s", "’s"}:
        bits |= _BIT["possessive"]
    if after in CLUES.speech_verbs:
        bits |= _BIT["speech"]
    if before in CLUES.product_clues or after in CLUES.product_clues or before_that in CLUES.product_clues:
        bits |= _BIT["product"]
    if before in CLUES.organization_clues or after in CLUES.organization_clues:
        bits |= _BIT["organization"]
    return bits


@SpacyPipeline.factory(NAME)  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
def make_name_features(nlp: SpacyPipeline, name: str) -> "NameFeatures":
    """Return the component with empty lists; its data come with the pipeline it is part of."""
    return NameFeatures()


class NameFeatures:
    """The component that leaves each document's feature matrix in `doc.user_data[FEATURES_KEY]`."""

    def __init__(self) -> None:
        self.lists = NameLists()

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its features."""
        doc.user_data[FEATURES_KEY] = describe_words(doc, self.lists)
        return doc

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the lists into the directory `path`."""
        path.mkdir(exist_ok=True)
        (path / _LISTS_FILE).write_bytes(self.lists.to_bytes())

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "NameFeatures":
        """Read the lists from the directory `path`; raises ValueError or OSError where they are missing or damaged."""
        self.lists = NameLists.from_bytes((path / _LISTS_FILE).read_bytes())
        return self

    def to_bytes(self, *, exclude: tuple[str, ...] = ()) -> bytes:
        """Return the lists as bytes."""
        return self.lists.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: tuple[str, ...] = ()) -> "NameFeatures":
        """Take the lists from bytes that `to_bytes` made."""
        self.lists = NameLists.from_bytes(data)
        return self
