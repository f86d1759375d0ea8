"""Where names stand: capitalised sequences, cut where titles, adjectives, dates or two names side by side demand it.

Belongs here: the boundaries of names, and which of them are weak. Does not belong here: how far sequences go
(`sequences`), what supports the weak (`support`), their type (`evidence`), and which are the same (`clusters`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extraction.instruments import is_instrument_code
from pipeline.extraction.mentions.gazetteer import KnownName
from pipeline.extraction.mentions.initials import InitialReader
from pipeline.extraction.mentions.sequences import HYPHENS, PARTICLES, SequenceFinder
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Casing, Page, Word, is_common_word
from pipeline.knowledge import Entry, Knowledge

_LOCATIVES = frozenset(["in", "at", "from", "near", "across", "outside", "around", "to", "into"])
_LEGAL = frozenset(["inc", "inc.", "ltd", "ltd.", "llc", "llp", "plc", "corp", "corp.", "co.", "l.p.", "s.a.", "n.v."])
_KEPT_LAST = frozenset(
    ["AI", "TV", "VR", "OS", "Inc", "Ltd", "Corp", "Co", "II", "III", "IV", "VI", "VII", "VIII", "Jr", "Sr", "Pt"]
)
_ADDRESS = re.compile(r"@|www|://|\w\.(?:com|org|net|co|io)/")
_AMOUNT = re.compile(r"^[A-Z][A-Za-z]{0,3}[.$€£¥₹₦]+\d")
_COMPOUND = re.compile(r"^\S+[-–‑](based|backed|owned|led|listed|born|headquartered)$", re.IGNORECASE)
_ROUND = re.compile(r"^Series [A-K]$")
_INDEX_ENDINGS = frozenset(["index", "composite", "average"])


@dataclass(frozen=True, slots=True)
class Name:
    """Words `first` to `last` (half-open) that look like a name; `title` is the capitalised title before it.

    `is_weak` says that grammar or a headline alone could explain the capitals.
    """

    first: int
    last: int
    text: str
    entries: tuple[Entry, ...] = ()
    title: str = ""
    is_weak: bool = False


class NameFinder:
    """Finds the names of one page."""

    def __init__(self, page: Page, known: dict[int, KnownName], knowledge: Knowledge, vocabulary: Vocabulary) -> None:
        self._page = page
        self._words = page.words
        self._known = known
        self._knowledge = knowledge
        self._lists = knowledge.lists
        self._vocabulary = vocabulary
        self._excluded = vocabulary.not_names
        self._initials = InitialReader(page, knowledge.lists, vocabulary)
        self._sequences = SequenceFinder(page, known, knowledge.lists, vocabulary)

    def find(self) -> list[Name]:
        """Return the names of the page in order, disjoint, weak ones too (see `support`)."""
        names: list[Name] = []
        for sentence in self._page.sentences:
            for first, last in self._sequences.find(sentence.first, sentence.last):
                names.extend(self._cut(first, last, sentence.casing))
        return names

    # ── cutting ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _cut(self, first: int, last: int, casing: Casing) -> Iterator[Name]:
        title = ""
        piece: list[int] = []
        at = first
        while at < last:
            word = self._words[at]
            known = self._known.get(at)
            if known and known.last - at > 1 and (not piece or not self._is_person_start(piece)):
                extended = self._extent_of_known(known, last)
                if not piece or extended == known.last:
                    if piece:
                        yield from self._close(piece, title, casing)
                    yield from self._close(list(range(at, extended)), title, casing)
                    piece, title, at = [], "", extended
                    continue
            if known and not piece and known.last - at == 1:
                extended = self._extent_of_known(known, last)
                if extended == known.last and not (extended < last and self._is_surname_after(at, extended)):
                    yield from self._close([at], title, casing)
                    title, at = "", extended
                    continue
            if self._splits(at, piece, last):
                yield from self._close(piece, title, casing)
                title = word.lower if word.lower in self._vocabulary.titles.person else ""
                piece, at = [], at + 1
                continue
            piece.append(at)
            at += 1
        yield from self._close(piece, title, casing)

    def _is_person_start(self, piece: list[int]) -> bool:
        return self._words[piece[0]].text in self._lists.given_names

    def _is_surname_after(self, at: int, following: int) -> bool:
        """Return whether the word at `at` is a given name and the next a surname ("Paris Hilton")."""
        word, after = self._words[at], self._words[following]
        return (
            word.text in self._lists.given_names and after.text in self._lists.surnames and following not in self._known
        )

    def _extent_of_known(self, known: KnownName, last: int) -> int:
        """Return the end of a longer name that begins with a known one ("Hong Kong Monetary Authority"), or its own."""
        stop = known.last
        while stop < last and not self._splits(stop, [known.first], last) and stop not in self._known:
            stop += 1
        if stop == known.last:
            return stop
        rest = self._words[known.last : stop]
        plain = [word for word in rest if word.text.isalpha()]
        kind = known.entries[0].entity_type
        if kind == "person" or not plain:
            is_model = kind == "product" and any(map(str.isdigit, rest[0].text))
            return stop if is_model or (kind != "person" and rest[0].text[0].isdigit()) else known.last
        if kind == "place" and self._is_named_after(known, rest):
            return stop
        heads = self._vocabulary.heads
        is_head = any(
            rest[-1].lower in group
            for group in (heads.organization, heads.place, heads.event, heads.law, heads.product)
        )
        is_generic = all(word.text in self._excluded.generic for word in rest)
        common = all(word.lower in self._lists.common_words or word.lower == "of" for word in plain)
        return stop if (is_head or common) and not is_generic else known.last

    def _is_named_after(self, known: KnownName, rest: Sequence[Word]) -> bool:
        """Return whether a place only opens a name ("Paris Baguette"): not in a phrase of place, not a person's."""
        before = self._words[known.first - 1].lower if known.first else ""
        is_adverbial = before in _LOCATIVES and not self._words[known.first].begins
        is_person = any(word.text in self._lists.given_names or word.text in self._lists.surnames for word in rest)
        return not is_adverbial and not is_person and len(rest) == 1 and rest[0].text.isalpha()

    def _splits(self, at: int, piece: list[int], last: int) -> bool:
        """Return whether the word at `at` belongs to no name and ends the name before it."""
        word = self._words[at]
        if is_instrument_code(word.text) or _is_address(word.text):
            return True
        following = self._words[at + 1] if at + 1 < last else None
        if word.text == "A" and word.begins and following is not None and following.lower in self._excluded.demonyms:
            return True
        if word.text in HYPHENS:
            before = self._known.get(piece[0]) if piece else None
            return at + 1 in self._known or (before is not None and before.last == at)
        if word.lower.rstrip(".") in self._excluded.calendar and word.text[0].isupper():
            return not (piece and self._is_person_start(piece)) and not (
                following and following.lower in self._vocabulary.heads.event
            )
        if self._is_function_word(word) and word.text[0].isupper() and is_common_word(word, self._lists):
            return not (word.text == "The" and not word.begins and not piece and following is not None)
        if self._is_portfolio(at, last):
            return True
        if word.lower in self._excluded.demonyms and word.is_name_like:
            return not self._adjective_in_name(at, piece, last)
        if word.lower in self._vocabulary.titles.person and word.is_name_like:
            return self._is_title(piece, following)
        return word.text in self._excluded.generic and not self._generic_in_name(at, piece, following)

    def _is_portfolio(self, at: int, last: int) -> bool:
        """Return whether the word says of what the office after it is ("Foreign Minister")."""
        titles = self._vocabulary.titles
        follows = at + 1 < last and self._words[at + 1].lower in titles.person
        return follows and self._words[at].lower in titles.portfolios

    def _generic_in_name(self, at: int, piece: list[int], following: Word | None) -> bool:
        word = self._words[at]
        if piece:
            return word.text in _KEPT_LAST and not (word.text == "AI" and piece[-1] in self._known)
        return following is not None and following.is_name_like and following.lower in self._lists.common_words

    def _adjective_in_name(self, at: int, piece: list[int], last: int) -> bool:
        if piece:
            return True
        rest = self._words[at + 1 : last]
        if not rest or rest[0].lower in self._vocabulary.titles.person or self._is_portfolio(at + 1, last):
            return False
        if rest[0].text in self._excluded.generic or at + 1 in self._known:
            return False
        return rest[0].lower in self._lists.common_words and rest[0].text not in self._lists.given_names

    def _is_title(self, piece: list[int], following: Word | None) -> bool:
        if following is None or not following.is_name_like:
            return not piece or self._words[piece[-1]].lower not in {"of", "for", "and"}
        if following.lower in self._vocabulary.titles.person:
            return True
        is_common = following.lower in self._lists.common_words and following.text not in self._lists.given_names
        return not is_common

    def _close(self, piece: list[int], title: str, casing: Casing) -> Iterator[Name]:
        first, last = (piece[0], piece[-1] + 1) if piece else (0, 0)
        first, last = self._trim(first, last)
        if first >= last:
            return
        last = self._with_legal_form(last)
        text = self._page.span_text(first, last)
        entries = self._knowledge.find(text)
        if self._is_excluded(text, first, last, bool(entries)):
            return
        stripped = self._initials.strip(first, last, bool(entries) and not self._initials.is_common(first, last))
        if stripped != first:
            yield from self._close(list(range(stripped, last)), title, casing)
            return
        weak = casing is not Casing.RUNNING or self._initials.is_weak(first, last, bool(entries))
        yield Name(first, last, text, entries, title, is_weak=weak)

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        words = self._words
        while last > first and (
            words[last - 1].text in HYPHENS
            or words[last - 1].text == "&"
            or (words[last - 1].lower in {"of", "for", "and", "the"} | PARTICLES and words[last - 1].text.islower())
        ):
            last -= 1
        while last > first and (words[first].text in HYPHENS or words[first].text in {"&", "of", "for", "and"}):
            first += 1
        if 0 < first < last and self._with_legal_form(first - 1) == first + 1:
            first += 1
        if last - first > 1 and _COMPOUND.match(words[first].text):
            first += 1
        return first, last

    def _with_legal_form(self, last: int) -> int:
        words = self._words
        if (
            last + 1 < len(words)
            and words[last].text == ","
            and words[last + 1].lower in _LEGAL
            and words[last + 1].is_name_like
        ):
            return last + 2
        return last

    def _is_excluded(self, text: str, first: int, last: int, is_known: bool) -> bool:
        if text in self._excluded.indexes or {text, text.rstrip(".")} & self._excluded.generic:
            return True
        if is_known:
            return False
        words = self._words[first:last]
        if words[-1].lower in _INDEX_ENDINGS or not any(
            w.is_name_like and any(map(str.isalpha, w.text)) for w in words
        ):
            return True
        if all(word.text in self._excluded.generic or word.lower in self._excluded.demonyms for word in words):
            return True
        if _COMPOUND.match(text) or _ROUND.match(text) or self._is_part_of_office(first, last):
            return True
        if self._is_part_of_term(last):
            return True
        return last - first == 1 and _is_code(words[0].text)

    def _is_part_of_term(self, last: int) -> bool:
        """Return whether a possessive makes the word part of a term of science: "Alzheimer's disease"."""
        if last + 1 >= len(self._words) or self._words[last].text not in {"'s", "’s"}:
            return False
        return self._words[last + 1].lower in self._excluded.eponymous

    def _is_part_of_office(self, first: int, last: int) -> bool:
        """Return whether the words belong to the name of an office: "Chief Product" before "Officer"."""
        following = self._words[last] if last < len(self._words) else None
        is_office = following is not None and following.lower in self._vocabulary.titles.person
        return is_office and self._words[first].lower == "chief"

    def _is_function_word(self, word: Word) -> bool:
        return word.lower in self._excluded.function_words


def _is_code(word: str) -> bool:
    """Return whether a word is a letter, a code of an instrument, a number with a sign, an amount or an address."""
    if is_instrument_code(word) or _is_address(word):
        return True
    is_short = len(word) < 2 or not any(map(str.isalpha, word))
    is_number = word[0].isdigit() and not word[-1].isupper()
    return is_short or is_number or bool(_AMOUNT.match(word))


def _is_address(word: str) -> bool:
    return _ADDRESS.search(word) is not None
