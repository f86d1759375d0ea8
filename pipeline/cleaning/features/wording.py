"""What a segment shows alone: its wording and its shape.

What belongs here: counts of characters and words, taken of all segments in one pass over their joined text. What does
not: neighbours and markup.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.matrix import Matrix
from pipeline.cleaning.features.words import Words, split_words
from pipeline.cleaning.residue import ResidueRule

_FUNCTION_WORDS: Final = """
    a about after an and are as at be been but by can could for from had has have he her his i in into is it its
    more not of on or said she than that the their there they this to was we were when which who will with would
    you
    """.split()  # noqa: SIM905
_RESIDUE_WORDS: Final = """
    about account advertise advertisement all app archives author buy by caption careers cart categories click
    close comment comments conditions contact cookie cookies copyright credit download editor email facebook faq
    follow free get getty help here home image instagram jobs join latest learn linkedin loading log login menu
    more newsletter newsletters next photo photos pinterest policy popular posted previous privacy published
    read recommended register related reply reserved rights search share shop sign sitemap skip sponsored
    started stories story submit subscribe subscription support tags terms trending trial twitter updated video
    view whatsapp youtube
    """.split()  # noqa: SIM905
_READER_WORDS: Final = ("our", "us", "your", "you", "we")
_FUNCTION, _RESIDUE, _READER = 1, 2, 4
_WORD_CLASSES: Final[dict[str, int]] = {
    word: sum(
        kind
        for kind, words in ((_FUNCTION, _FUNCTION_WORDS), (_RESIDUE, _RESIDUE_WORDS), (_READER, _READER_WORDS))
        if word in words
    )
    for word in {*_FUNCTION_WORDS, *_RESIDUE_WORDS, *_READER_WORDS}
}
_YEAR_OR_TIME: Final = re.compile(r"(?:19|20)(?<=\b\d\d)\d\d\b|:(?:(?<=\b\d:)|(?<=\b\d\d:))\d\d\b")
_DAY_OF_MONTH: Final = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d", re.IGNORECASE)
_DATE_REACH: Final = 200
_CLOSERS: Final = "\"'”’)]」』"
_SENTENCE_MARKS: Final = ".!?…。！？"
_SENTENCE_ENDS: Final = frozenset(_SENTENCE_MARKS)

_SPACE, _UPPER, _DIGIT, _COMMA, _MARK, _CLOSER, _SEPARATOR, _QUOTE, _ADDRESS, _COPYRIGHT, _LOWER, _OTHER = (
    1 << bit for bit in range(12)
)
_COUNTED: Final = (_COMMA, _DIGIT, _UPPER, _SEPARATOR, _COPYRIGHT, _ADDRESS, _QUOTE)
_TABLE_SIZE: Final = 0x3100
_WIDE_RANGES: Final = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF))

WORDING_FEATURES: Final = (
    "log_characters", "log_words", "word_length", "ends_as_sentence", "ends_with_colon", "sentences_per_word",
    "commas_per_word", "capitalised_ratio", "digit_ratio", "function_word_ratio", "residue_word_ratio",
    "upper_case_ratio", "begins_small", "begins_with_digit", "begins_with_sign", "separators", "copyright_sign",
    "address_sign", "quotation_marks", "date_like", "addresses_reader", "rule", "rule_opens_block", "stood_before",
    "stands_again", "title_overlap",
)  # fmt: skip
LOG_WORDS, ENDS_AS_SENTENCE, RULE_OPENS_BLOCK, TITLE_OVERLAP, _STOOD_BEFORE = (
    WORDING_FEATURES.index(name)
    for name in ("log_words", "ends_as_sentence", "rule_opens_block", "title_overlap", "stood_before")
)
_PROSE_WORDS: Final = np.log1p(10)
_MANY: Final = 4


def describe_wording(
    texts: Sequence[str], words: Words, rules: Sequence[ResidueRule | None], title: str | None
) -> Matrix:
    """Return what each text shows alone: one row a text, columns as in `WORDING_FEATURES`.

    No text may be empty; `words` are those of the texts.
    """
    if not texts:
        return np.zeros((0, len(WORDING_FEATURES)), dtype=np.float32)
    characters = _Characters(texts)
    sizes = characters.sizes
    counts = np.maximum(np.maximum(words.counts, characters.count_wide() // 2), 1)
    commas, digits, capitals, separators, copyrights, addresses, quotes = characters.count(_COUNTED).T
    function_words, residue_words, reader_words = words.count(_WORD_CLASSES, (_FUNCTION, _RESIDUE, _READER)).T
    first = characters.firsts
    described = np.column_stack([
        np.log1p(sizes),
        np.log1p(counts),
        sizes / counts,
        [text.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS for text in texts],
        characters.lasts == ord(":"),
        characters.count_sentence_ends() / counts,
        commas / counts,
        characters.count_capitalised_words() / counts,
        digits / sizes,
        function_words / counts,
        residue_words / counts,
        capitals / sizes,
        (first & _LOWER) != 0,
        (first & _DIGIT) != 0,
        (first & (_LOWER | _UPPER | _DIGIT | _OTHER)) == 0,
        separators,
        copyrights > 0,
        addresses > 0,
        quotes > 0,
        [
            count > 0 and _has_date(text[:_DATE_REACH])
            for count, text in zip(digits.tolist(), texts, strict=True)
        ],
        reader_words / counts,
        [rule is not None for rule in rules],
        [rule is not None and rule.scope in {"block", "tail", "list"} for rule in rules],
        np.zeros((len(texts), 2)),
        words.share(split_words(title or "")),
    ]).astype(np.float32)  # fmt: skip
    count_repetitions(described, texts)
    return described


class _Characters:
    """The characters of all texts in one array, each with its classes, so that all texts are counted at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.sizes = np.array([len(text) for text in texts])
        whole = "\n".join(texts) + "\n"
        self._is_ascii = whole.isascii()
        self._codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        table = _character_classes()
        self._groups = table.groups[np.minimum(self._codes, _TABLE_SIZE - 1)]
        self._owners = np.repeat(np.arange(len(texts)), self.sizes + 1)
        self._kinds = table.kinds
        self._ends = np.cumsum(self.sizes + 1) - 1
        counts = np.bincount(self._owners * len(table.kinds) + self._groups, minlength=len(texts) * len(table.kinds))
        self._counts = counts.reshape(len(texts), len(table.kinds))

    @property
    def firsts(self) -> NDArray[np.uint16]:
        """The classes of the first character of each text."""
        return self._kinds[self._groups[self._ends - self.sizes]]

    @property
    def lasts(self) -> NDArray[np.uint32]:
        """The code point of the last character of each text."""
        return self._codes[self._ends - 1]

    def count(self, kinds: Sequence[int]) -> NDArray[np.int64]:
        """Return how many characters of each of the classes each text has, one column a class."""
        return self._counts @ ((self._kinds[:, None] & np.array(kinds)) != 0)

    def count_wide(self) -> NDArray[np.int64]:
        """Return how many characters of scripts without spaces between words each text has."""
        if self._is_ascii:
            return np.zeros(len(self.sizes), dtype=np.int64)
        codes = self._codes
        return self._count(
            np.flatnonzero(np.any([(low <= codes) & (codes <= high) for low, high in _WIDE_RANGES], axis=0))
        )

    def count_capitalised_words(self) -> NDArray[np.int64]:
        """Return how many runs between white space of each text begin with a capital."""
        places = self._find(_UPPER)
        return self._count(places[(places == 0) | self._is(_SPACE, places - 1)])

    def count_sentence_ends(self) -> NDArray[np.int64]:
        """Return how many marks of each text stand before white space or the end, a closing quotation mark between."""
        places = self._find(_MARK)
        is_closed = self._is(_CLOSER, places + 1) & self._is(_SPACE, np.minimum(places + 2, len(self._codes) - 1))
        return self._count(places[self._is(_SPACE, places + 1) | is_closed])

    def _find(self, kind: int) -> NDArray[np.int64]:
        """Return where the characters of a class are."""
        return np.flatnonzero(((self._kinds & kind) != 0)[self._groups])

    def _is(self, kind: int, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        return ((self._kinds & kind) != 0)[self._groups[places]]

    def _count(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(self._owners[places], minlength=len(self.sizes))


def _has_date(text: str) -> bool:
    return _YEAR_OR_TIME.search(text) is not None or _DAY_OF_MONTH.search(text) is not None


def count_repetitions(described: Matrix, texts: Sequence[str]) -> None:
    """Fill in how often each text stands before and again after its place among all, a few times at most."""
    left = Counter(texts)
    if len(left) == len(texts):
        described[:, _STOOD_BEFORE : _STOOD_BEFORE + 2] = 0
        return
    seen: Counter[str] = Counter()
    for row, text in enumerate(texts):
        left[text] -= 1
        described[row, _STOOD_BEFORE : _STOOD_BEFORE + 2] = min(seen[text], _MANY), min(left[text], _MANY)
        seen[text] += 1


def find_prose(described: Matrix) -> NDArray[np.bool_]:
    """Return which segments are prose: more than ten words that end as sentences do."""
    return (described[:, LOG_WORDS] > _PROSE_WORDS) & (described[:, ENDS_AS_SENTENCE] > 0)


class _CharacterClasses(NamedTuple):
    """The group of each code point up to a limit, and the classes that the characters of each group have."""

    groups: NDArray[np.uint8]
    kinds: NDArray[np.uint16]


@cache
def _character_classes() -> _CharacterClasses:
    """Return the classes of characters; those beyond the limit are as the last, letters of no case."""
    table = np.zeros(_TABLE_SIZE, dtype=np.uint16)
    for code in range(_TABLE_SIZE - 1):
        character = chr(code)
        kinds = (
            (_SPACE, character.isspace()),
            (_UPPER, character.isupper()),
            (_LOWER, character.islower()),
            (_DIGIT, character.isdigit()),
            (_OTHER, character.isalnum()),
            (_COMMA, character == ","),
            (_MARK, character in _SENTENCE_MARKS),
            (_CLOSER, character in _CLOSERS),
            (_SEPARATOR, character in "|•·›»>→"),
            (_QUOTE, character in '“"”'),
            (_ADDRESS, character == "@"),
            (_COPYRIGHT, character == "©"),
        )
        table[code] = sum(kind for kind, holds in kinds if holds)
    table[-1] = _OTHER
    found, groups = np.unique(table, return_inverse=True)
    return _CharacterClasses(groups.astype(np.uint8), found)
