"""What speaks for a type of a name: its own words, the words beside it, lists, the knowledge file and the model.

Belongs here: single pieces of evidence, each with the rule it stands for; their weights are data. Does not belong here:
adding them up over a document (`clusters`).
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.extraction.mentions.names import Name
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Casing, Page, Word
from pipeline.knowledge import NameLists
from pipeline.tables import EntityType

_NO_WORD = Word("", "", 0, 0, "", "", 0, begins=False, casing=Casing.RUNNING, is_name_like=False)
_VERSION = re.compile(r"^(v?\d+(\.\d+)*[a-z]?|[A-Z]{1,4}-?\d+[a-z]*(\.\d+)*)(-[A-Za-z0-9]+)*$")
_YEAR = re.compile(r"^(19|20)\d\d$")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_OPENING_QUOTES = frozenset(["'", "‘", '"', "“"])
_CLOSING_QUOTES = frozenset(["'", "’", '"', "”"])
_BASED = frozenset(["based", "headquartered", "born", "listed"])
_BACKED = frozenset(["backed", "owned", "led", "controlled", "made", "branded"])


class Evidence(NamedTuple):
    """One reason to take a name for a thing of `entity_type`; `rule` names its weight in the vocabulary."""

    entity_type: EntityType
    rule: str


class EvidenceReader:
    """Reads the evidence for the names of one page."""

    def __init__(self, page: Page, lists: NameLists, vocabulary: Vocabulary) -> None:
        self._page = page
        self._lists = lists
        self._vocabulary = vocabulary

    def read(self, name: Name) -> Iterator[Evidence]:
        """Yield what speaks for each type of `name`."""
        for entry in {entry.entity_type: entry for entry in name.entries}.values():
            yield Evidence(entry.entity_type, "knowledge")
        if name.title:
            yield Evidence("person", "title")
        yield from self._from_its_words(name)
        yield from self._from_lists(name)
        yield from self._from_words_before(name)
        yield from self._from_words_after(name)

    def _word(self, at: int, sentence: int) -> Word:
        inside = 0 <= at < len(self._page.words) and self._page.sentence_of[at] == sentence
        return self._page.words[at] if inside else _NO_WORD

    def _from_its_words(self, name: Name) -> Iterator[Evidence]:
        words = list(self._page.words[name.first : name.last])
        last, heads = words[-1].lower, self._vocabulary.heads
        if len(words) > 1:
            if last in heads.legal_forms:
                yield Evidence("organization", "legal_form")
            groups: tuple[tuple[EntityType, frozenset[str]], ...] = (
                ("organization", heads.organization),
                ("place", heads.place),
                ("event", heads.event),
                ("law", heads.law),
                ("product", heads.product),
            )
            for kind, group in groups:
                if last in group or any(
                    word.lower in group and after.lower in {"of", "for"} for word, after in pairwise(words)
                ):
                    yield Evidence(kind, "head")
            if any(word.lower in {"v", "v.", "vs", "vs."} for word in words):
                yield Evidence("law", "law_case")
            if _YEAR.match(words[-1].text):
                yield Evidence("event", "version")
        version = words[-1].text
        if not _YEAR.match(version) and _VERSION.match(version) and any(c.isdigit() for c in version):
            yield Evidence("product", "version")
        if len(words) == 1 and words[0].text.isupper() and len(words[0].text) > 1 and not version[-1].isdigit():
            yield Evidence("organization", "acronym")

    def _from_lists(self, name: Name) -> Iterator[Evidence]:
        words = [word.text for word in self._page.words[name.first : name.last]]
        heads = self._vocabulary.heads
        if 2 <= len(words) <= 4 and words[-1].lower not in heads.organization | heads.place | heads.event | heads.law:
            is_city = words[0] in self._lists.city_names and words[-1] not in self._lists.surnames
            if words[0] in self._lists.given_names and not is_city and all(w[0].isalpha() for w in words):
                yield Evidence("person", "given_name")
            elif any(_INITIAL.match(word) for word in words[:-1]) or (
                len(words) <= 3
                and words[-1] in self._lists.surnames
                and words[-1].lower not in self._lists.common_words
                and words[0].lower not in self._lists.common_words
            ):
                yield Evidence("person", "initial")
        if name.text.casefold() in self._lists.companies:
            yield Evidence("organization", "listed_company")
        if name.text in self._lists.city_names:
            yield Evidence("place", "city_list")

    def _from_words_before(self, name: Name) -> Iterator[Evidence]:
        sentence = self._page.sentence_of[name.first]
        before = self._word(name.first - 1, sentence)
        earlier = self._word(name.first - 2, sentence)
        verbs = self._vocabulary.verbs
        if before.text in {"“", '"', "‘"}:
            before, earlier = earlier, self._word(name.first - 3, sentence)
        yield from self._from_noun_before(before, earlier)
        if before.lower in verbs.making or (
            before.lower == "of" and earlier.lower in {"launch", "release", "version", "use", "users", "unveiling"}
        ):
            yield Evidence("product", "object_of_making")
        if before.lower in verbs.speech:
            yield Evidence("person", "speech_verb_before")
        if before.lower in {"like", "including"} or (before.lower == "as" and earlier.lower == "such"):
            yield from self._from_list_noun(name.first - (2 if before.lower == "as" else 1), sentence)
        if before.lower in verbs.located:
            yield Evidence("place", "based_in" if earlier.lower in _BASED else "located_in")
        if (
            before.lower in {"of", "at"}
            and earlier.lower in self._vocabulary.titles.person | self._vocabulary.following.organization
        ):
            yield Evidence("organization", "role_of")
        if before.text in {"'s", "’s"} and earlier.is_name_like:
            yield Evidence("product", "possessed_by_company")

    def _from_noun_before(self, before: Word, earlier: Word) -> Iterator[Evidence]:
        nouns = self._vocabulary.nouns
        if before.lower in {"called", "named", "dubbed"}:
            for kind in nouns.types_of(earlier.lower):
                yield Evidence(kind, "noun_before")
        if before.text and not before.text[0].isupper():
            for kind in nouns.types_of(before.lower):
                yield Evidence(kind, "noun_before")
        if before.lower in self._vocabulary.titles.honorifics:
            yield Evidence("person", "title")

    def _from_list_noun(self, at: int, sentence: int) -> Iterator[Evidence]:
        """Read the plural before "like", "such as" or "including" ("startups like X")."""
        noun = self._word(at - 2 if self._word(at - 1, sentence).text == "," else at - 1, sentence).lower
        for kind in self._vocabulary.nouns.types_of(noun) or self._vocabulary.nouns.types_of(singular(noun)):
            yield Evidence(kind, "noun_before")

    def _from_words_after(self, name: Name) -> Iterator[Evidence]:
        sentence = self._page.sentence_of[name.first]
        after = self._word(name.last, sentence)
        later = self._word(name.last + 1, sentence)
        verbs = self._vocabulary.verbs
        if after.text == ",":
            yield from self._from_apposition(name, sentence)
        elif self._word(name.first - 1, sentence).text in _OPENING_QUOTES and after.text in _CLOSING_QUOTES:
            yield from self._from_noun(later)
        elif after.text in {"'s", "’s", "'", "’"}:
            if later.lower in self._vocabulary.following.organization:
                yield Evidence("organization", "noun_after")
        elif after.text == "-" and later.lower in _BASED:
            yield Evidence("place", "based_in")
        elif after.text == "-" and later.lower in _BACKED:
            yield Evidence("organization", "role_of")
        elif after.lower in {"is", "was"} and later.lower in {"a", "an", "the"}:
            yield from self._from_description(name.last + 2, sentence)
        else:
            for kind in self._vocabulary.following.types_of(after.lower):
                yield Evidence(kind, "noun_after")
        if after.lower in verbs.speech:
            yield Evidence("person", "speech_verb")
            yield Evidence("organization", "speech_verb")
        if after.lower in verbs.corporate or (
            after.lower in {"has", "have", "will", "had"} and later.lower in verbs.corporate
        ):
            yield Evidence("organization", "corporate_verb")
        if after.lower in verbs.human:
            yield Evidence("person", "human_verb")

    def _from_noun(self, noun: Word) -> Iterator[Evidence]:
        """Read the noun after a quoted name ("the 'Half-Life' game")."""
        for kind in self._vocabulary.nouns.types_of(noun.lower):
            yield Evidence(kind, "noun_after")

    def _from_apposition(self, name: Name, sentence: int) -> Iterator[Evidence]:
        first = self._word(name.last + 1, sentence)
        if first.lower == "who":
            yield Evidence("person", "relative_who")
        elif first.text.isdigit() and self._word(name.last + 2, sentence).text == ",":
            yield Evidence("person", "age_after")
        elif first.lower in {"a", "an", "the", "one", "its", "his", "another", "which"}:
            yield from self._from_description(name.last + 2, sentence)
        elif first.lower in self._vocabulary.titles.person or first.lower in self._vocabulary.nouns.person:
            yield Evidence("person", "apposition")

    def _from_description(self, at: int, sentence: int) -> Iterator[Evidence]:
        """Read the head noun of a description that starts at word `at` ("Chinese AI startup")."""
        nouns = self._vocabulary.nouns
        head = ""
        for step in range(at, at + 7):
            word = self._word(step, sentence)
            if (
                not word.text
                or word.text in {",", ".", "(", ";", ":"}
                or word.lower in self._vocabulary.not_names.function_words | {"'s", "’s"}
            ):
                break
            if nouns.types_of(word.lower):
                head = word.lower
        for kind in nouns.types_of(head):
            yield Evidence(kind, "apposition")


def singular(noun: str) -> str:
    """Return the likely singular of an English plural noun."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun.removesuffix("s")
