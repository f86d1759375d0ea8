"""Capitals that a word may have because a sentence starts with it, and no name.

Belongs here: which first words are no part of a name, and which names are weak because grammar explains their capitals.
Does not belong here: names in headlines (`support`), and cutting (`names`).
"""

from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Casing, Page, is_common_word
from pipeline.knowledge import NameLists

_ENDINGS_OF_WORDS = (
    "ing",
    "ly",
    "ed",
    "tion",
    "ions",
    "ness",
    "ment",
    "ments",
    "ers",
    "ies",
    "ists",
    "able",
    "ive",
    "ous",
)


class InitialReader:
    """Judges the first words of the sentences of one page."""

    def __init__(self, page: Page, lists: NameLists, vocabulary: Vocabulary) -> None:
        self._words = page.words
        self._lists = lists
        self._vocabulary = vocabulary
        self._excluded = vocabulary.not_names
        self._small = page.small_words

    def strip(self, first: int, last: int, is_known: bool) -> int:
        """Return `first`, or the word after it where only the start of the sentence gave it a capital."""
        word, heads = self._words[first], self._vocabulary.heads
        if not word.begins or is_known or last - first < 2 or word.casing is not Casing.RUNNING:
            return first
        if word.lower not in self._lists.common_words or not word.text[0].isupper():
            return first
        second = self._words[first + 1]
        if not second.is_name_like or (
            word.text in self._lists.given_names and not is_common_word(second, self._lists)
        ):
            return first
        if second.text in self._excluded.generic or self._vocabulary.nouns.types_of(word.lower):
            return first + 1
        ends_in_head = self._words[last - 1].lower in heads.organization | heads.event | heads.law | heads.place
        if word.tag == "PROPN" and (ends_in_head or not is_common_word(second, self._lists)):
            return first
        keeps = (
            ends_in_head
            and is_common_word(second, self._lists)
            and not word.tag.startswith(("VERB", "ADV", "ADP", "DET"))
        )
        return first if keeps else first + 1

    def is_weak(self, first: int, last: int, is_known: bool) -> bool:
        """Return whether grammar alone can explain the capitals of words `first` to `last` (half-open)."""
        word = self._words[first]
        follows_start = first > 0 and self._words[first - 1].begins and self._words[first - 1].is_name_like
        if not word.begins and not follows_start:
            return False
        plain = all(is_common_word(w, self._lists) or w.text in self._excluded.generic for w in self._words[first:last])
        if is_known:
            return plain and last - first == 1 and word.tag != "PROPN" and not self._acts(last)
        if plain:
            return True
        if last - first == 1 and word.begins and word.lower in self._small:
            return True
        if last - first > 1 or not word.begins or word.tag == "PROPN" or any(c.isupper() for c in word.text[1:]):
            return False
        return word.tag != "" or word.lower.endswith(_ENDINGS_OF_WORDS)

    def _acts(self, at: int) -> bool:
        """Return whether a verb or an apostrophe follows: a bare noun in that place is a name ("Apple praised")."""
        following = self._words[at] if at < len(self._words) else None
        return following is not None and (following.tag in {"VERB", "AUX"} or following.text in {"'s", "’s"})

    def is_common(self, first: int, last: int) -> bool:
        """Return whether the words are one, which running text writes small."""
        return last - first == 1 and is_common_word(self._words[first], self._lists)
