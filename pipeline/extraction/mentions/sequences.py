"""Sequences of words that can hold a name: capitalised words, and the small words and signs that join them.

Belongs here: how far a sequence goes. Does not belong here: cutting it to names (`names`).
"""

from collections.abc import Iterator

from pipeline.extraction.mentions.gazetteer import KnownName
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Page
from pipeline.knowledge import NameLists

PARTICLES = frozenset(
    {"de", "von", "van", "der", "den", "da", "di", "bin", "ibn", "al", "el", "la", "le", "du", "dos", "del"}
    | {"ter", "ten"}
)
_CLOSING = frozenset(".!?:;,")
HYPHENS = frozenset("-–‑")
_QUANTITIES = frozenset(
    {"%", "percent", "million", "billion", "trillion", "thousand", "years", "days", "months", "minutes"}
    | {"hours", "times"}
)


class SequenceFinder:
    """Finds the sequences of one page."""

    def __init__(self, page: Page, known: dict[int, KnownName], lists: NameLists, vocabulary: Vocabulary) -> None:
        self._words = page.words
        self._known = known
        self._lists = lists
        self._vocabulary = vocabulary
        self._excluded = vocabulary.not_names

    def find(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the sequences between words `first` and `last`, both half-open, in order."""
        at = first
        while at < last:
            if not (self._words[at].is_name_like or at in self._known):
                at += 1
                continue
            stop = self._known[at].last if at in self._known else at + 1
            while (step := self._continues(stop, last)) > stop:
                stop = max(step, self._known[step - 1].last if step - 1 in self._known else step)
            yield at, stop
            at = stop

    def _continues(self, at: int, last: int) -> int:
        """Return where the sequence that reached `at` ends after its next part; `at` if it ends here."""
        words = self._words
        if at >= last or words[at].start - words[at - 1].end > 1 or words[at - 1].text in _CLOSING:
            return at
        if words[at].is_name_like:
            return at + 1
        return self._after_joint(at, last) if at + 1 < last else at

    def _after_joint(self, at: int, last: int) -> int:
        """Return where the sequence ends after a small word, sign or number at `at`; `at` if that joins nothing."""
        words = self._words
        word, before, following = words[at], words[at - 1], words[at + 1]
        stop = at
        if word.text == "&" or (word.text in HYPHENS and before.end == word.start and following.start == word.end):
            stop = at + 2 if following.is_name_like else at
        elif word.lower in {"of", "for"} and before.lower in self._vocabulary.heads.institutions:
            stop = self._after_preposition(at, last)
        elif word.text == "v." and following.is_name_like:
            stop = at + 2
        elif word.lower == "and":
            stop = at + 2 if self._joins(at, last) else at
        elif word.lower in PARTICLES and before.text[0].isupper() and before.lower not in self._excluded.function_words:
            step = at + 2 if following.lower in PARTICLES else at + 1
            stop = step + 1 if step < last and words[step].text[0].isupper() else at
        elif word.text[0].isdigit() and self._is_version(at, last):
            stop = at + 1
        return stop

    def _after_preposition(self, at: int, last: int) -> int:
        words = self._words
        step = at + 2 if words[at + 1].lower == "the" else at + 1
        return step + 1 if step < last and words[step].is_name_like else at

    def _joins(self, at: int, last: int) -> bool:
        """Return whether "and" joins two words of one institution or law ("Food and Drug Administration")."""
        words = self._words
        if at + 2 >= last or not (words[at + 1].is_name_like and words[at - 1].is_name_like):
            return False
        both_common = all(words[i].lower in self._lists.common_words for i in (at - 1, at + 1))
        if not both_common:
            return False
        ends = next((i for i in range(at + 2, min(at + 5, last)) if not words[i].is_name_like), min(at + 5, last))
        heads = self._vocabulary.heads
        closes = words[ends - 1].lower in heads.institutions | heads.law and ends - 1 > at + 1
        opened = any(
            words[i].lower == "of"
            and words[i - 1].lower in {"department", "ministry", "committee", "institute", "bureau", "office"}
            for i in range(max(at - 4, 1), at)
        )
        is_office = ends < last and words[ends].lower in self._vocabulary.titles.person and ends - 1 > at + 1
        return closes or opened or is_office

    def _is_version(self, at: int, last: int) -> bool:
        word, before = self._words[at], self._words[at - 1]
        if len(word.text) > 6 or "," in word.text or before.lower.rstrip(".") in self._excluded.calendar:
            return False
        if before.lower in self._excluded.numbered or self._is_score(at, last):
            return False
        if before.lower in self._excluded.function_words or (
            before.lower in self._lists.common_words and before.begins
        ):
            return False
        following = self._words[at + 1] if at + 1 < last else None
        if following is None or following.text in {"'s", "’s"}:
            return before.lower not in self._vocabulary.titles.person
        return following.lower not in _QUANTITIES and not following.text.startswith(("%", "/"))

    def _is_score(self, at: int, last: int) -> bool:
        """Return whether a result stands here: "beat Rublev 6-4"; models have longer numbers ("Boeing 737-800")."""
        if at + 2 >= last:
            return False
        first, hyphen, second = self._words[at : at + 3]
        is_joined = hyphen.text in HYPHENS and first.end == hyphen.start and second.start == hyphen.end
        return is_joined and all(word.text.isdecimal() and len(word.text) <= 2 for word in (first, second))
