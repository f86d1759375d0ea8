"""What a segment shows alone: its wording and its shape.

What belongs here: counts of characters and words, taken of all segments in one pass over their joined text. What does
not: neighbours and markup.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.matrix import Matrix, Numbers, Rows
from pipeline.cleaning.features.words import WordKinds, Words
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
_WORD_KINDS: Final = WordKinds({
    word: sum(
        kind
        for kind, words in ((_FUNCTION, _FUNCTION_WORDS), (_RESIDUE, _RESIDUE_WORDS), (_READER, _READER_WORDS))
        if word in words
    )
    for word in {*_FUNCTION_WORDS, *_RESIDUE_WORDS, *_READER_WORDS}
})  # fmt: skip
_ENDS_WITH_MONTH: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\Z", re.IGNORECASE
)
_LONGEST_MONTH: Final = len("september.")
_CENTURIES: Final = ((ord("1"), ord("9")), (ord("2"), ord("0")))
_DATE_REACH: Final = 200
_CLOSERS: Final = "\"'”’)]」』"
_SENTENCE_MARKS: Final = ".!?…。！？"
_SENTENCE_ENDS: Final = frozenset(_SENTENCE_MARKS)

_SPACE, _UPPER, _DIGIT, _COMMA, _MARK, _CLOSER, _SEPARATOR, _QUOTE, _ADDRESS, _COPYRIGHT, _LOWER, _OTHER = (
    1 << bit for bit in range(12)
)
_COUNTED: Final = _COMMA | _DIGIT | _UPPER | _SEPARATOR | _COPYRIGHT | _ADDRESS | _QUOTE | _MARK
_WORD: Final = _LOWER | _UPPER | _DIGIT | _OTHER
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
    texts: Sequence[str], words: Words, rules: Sequence[ResidueRule | None], titles: Sequence[str | None], rows: Rows
) -> Matrix:
    """Return what each segment shows alone: one row a segment, columns as in `WORDING_FEATURES`.

    `texts` are those of the segments, none of them empty, and `words` theirs; `titles` are of the texts they stand in.
    """
    if not texts:
        return np.zeros((0, len(WORDING_FEATURES)), dtype=np.float32)
    characters = _Characters(texts)
    sizes = characters.sizes
    counts = np.maximum(np.maximum(words.counts, characters.count_wide() // 2), 1)
    digits, capitals = characters.count(_DIGIT), characters.count(_UPPER)
    function_words, residue_words, reader_words = words.count(_WORD_KINDS, (_FUNCTION, _RESIDUE, _READER)).T
    first = characters.firsts
    described = np.column_stack([
        np.log1p(sizes),
        np.log1p(counts),
        sizes / counts,
        [text.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS for text in texts],
        characters.lasts == ord(":"),
        characters.count_sentence_ends() / counts,
        characters.count(_COMMA) / counts,
        characters.count_capitalised_words() / counts,
        digits / sizes,
        function_words / counts,
        residue_words / counts,
        capitals / sizes,
        (first & _LOWER) != 0,
        (first & _DIGIT) != 0,
        (first & _WORD) == 0,
        characters.count(_SEPARATOR),
        characters.count(_COPYRIGHT) > 0,
        characters.count(_ADDRESS) > 0,
        characters.count(_QUOTE) > 0,
        characters.find_dates(),
        reader_words / counts,
        [rule is not None for rule in rules],
        [rule is not None and rule.scope in {"block", "tail", "list"} for rule in rules],
        np.zeros((len(texts), 2)),
        words.share([title or "" for title in titles]),
    ]).astype(np.float32)  # fmt: skip
    count_repetitions(described, texts, rows)
    return described


class _Characters:
    """The characters of all texts in one array, each with its classes; those of rarer classes are counted at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.sizes = np.array([len(text) for text in texts])
        self._whole = "\n".join(texts) + "\n"
        self._codes = np.frombuffer(self._whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self._classes = _character_classes()[np.minimum(self._codes, _TABLE_SIZE - 1)]
        self._ends = np.cumsum(self.sizes + 1) - 1
        self._places = np.flatnonzero(self._classes & _COUNTED)
        self._counted = self._classes[self._places]

    @property
    def firsts(self) -> NDArray[np.uint16]:
        """The classes of the first character of each text."""
        return self._classes[self._ends - self.sizes]

    @property
    def lasts(self) -> NDArray[np.uint32]:
        """The code point of the last character of each text."""
        return self._codes[self._ends - 1]

    def count(self, kind: int) -> NDArray[np.int64]:
        """Return how many characters of one of the classes `_COUNTED` each text has."""
        return self._count(self._find(kind))

    def count_wide(self) -> NDArray[np.int64]:
        """Return how many characters of scripts without spaces between words each text has."""
        if self._whole.isascii():
            return np.zeros(len(self.sizes), dtype=np.int64)
        places = np.flatnonzero(self._codes >= _WIDE_RANGES[0][0])
        codes = self._codes[places]
        return self._count(places[np.any([(low <= codes) & (codes <= high) for low, high in _WIDE_RANGES], axis=0)])

    def count_capitalised_words(self) -> NDArray[np.int64]:
        """Return how many runs between white space of each text begin with a capital."""
        places = self._find(_UPPER)
        return self._count(places[(places == 0) | self._is(_SPACE, places - 1)])

    def count_sentence_ends(self) -> NDArray[np.int64]:
        """Return how many marks of each text stand before white space or the end, a closing quotation mark between."""
        places = self._find(_MARK)
        is_closed = self._is(_CLOSER, places + 1) & self._is(_SPACE, np.minimum(places + 2, len(self._codes) - 1))
        return self._count(places[self._is(_SPACE, places + 1) | is_closed])

    def find_dates(self) -> NDArray[np.bool_]:
        """Return which texts have, near their beginning, a year, a time, or a day behind a month's name.

        A character beyond the table of classes counts as a letter beside a number.
        """
        digits = self._find(_DIGIT)
        first = np.flatnonzero(np.diff(digits, prepend=-2) != 1)
        starts, sizes = digits[first], np.diff(first, append=len(digits))
        ends = starts + sizes
        owners = np.searchsorted(self._ends, starts)
        begins_word, ends_word = ~self._is_word(starts - 1), ~self._is_word(ends)
        centuries = self._codes[starts], self._codes[starts + 1]
        is_century = np.any([(centuries[0] == one) & (centuries[1] == other) for one, other in _CENTURIES], axis=0)
        is_year = (sizes == 4) & is_century & begins_word & ends_word
        is_hour = (sizes <= 2) & begins_word & (self._codes[ends] == ord(":"))
        is_minute = (sizes == 2) & ends_word
        is_minute[1:] &= is_hour[:-1] & (ends[:-1] + 1 == starts[1:])
        is_minute[:1] = False
        reach = (self._ends - self.sizes)[owners] + _DATE_REACH
        is_stated = (is_year | is_minute) & (ends <= reach)
        is_day = (self._codes[starts - 1] == ord(" ")) & (starts < reach)
        is_day[is_day] = [self._names_month(end) for end in (starts[is_day] - 1).tolist()]
        found = np.zeros(len(self.sizes), dtype=bool)
        found[owners[is_stated | is_day]] = True
        return found

    def _names_month(self, end: int) -> bool:
        """Whether the word that ends there is the name of a month."""
        return _ENDS_WITH_MONTH.search(self._whole, max(end - _LONGEST_MONTH, 0), end) is not None

    def _is_word(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        return self._is(_WORD, places) | (self._codes[places] == ord("_"))

    def _find(self, kind: int) -> NDArray[np.int64]:
        """Return where the characters of a class are."""
        return self._places[(self._counted & kind) != 0]

    def _is(self, kind: int, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        return (self._classes[places] & kind) != 0

    def _count(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.diff(np.searchsorted(places, self._ends), prepend=0)


def count_repetitions(described: Matrix, segments: Sequence[str], rows: Rows) -> None:
    """Fill in how often each segment stands before and again after its place in its text, a few times at most."""
    described[:, [_STOOD_BEFORE, _STOOD_BEFORE + 1]] = 0
    for span in rows.spans:
        texts = segments[span]
        counts = Counter(texts)
        if len(counts) == len(texts):
            continue
        seen = Counter[str]()
        for row, text in enumerate(texts, span.start):
            if counts[text] > 1:
                before = seen[text]
                described[row, _STOOD_BEFORE] = min(before, _MANY)
                described[row, _STOOD_BEFORE + 1] = min(counts[text] - before - 1, _MANY)
                seen[text] += 1


def count_words(described: Matrix) -> Numbers:
    """Return the numbers of words of described segments."""
    return np.rint(np.expm1(described[:, LOG_WORDS].astype(np.float64)))


def find_prose(described: Matrix) -> NDArray[np.bool_]:
    """Return which segments are prose: more than ten words that end as sentences do."""
    return (described[:, LOG_WORDS] > _PROSE_WORDS) & (described[:, ENDS_AS_SENTENCE] > 0)


@cache
def _character_classes() -> NDArray[np.uint16]:
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
    return table
