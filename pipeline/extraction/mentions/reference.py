"""Words that are no names but refer to a named entity: descriptions ("the e-commerce giant") and pronouns.

Belongs here: finding such words and choosing whom they mean, or nobody where the document does not say. Does not belong
here: names and their short forms (`names`, `clusters`). The choice follows the salience of centering theory (Grosz,
Joshi and Weinstein 1995): subjects before other mentions, the present sentence before the last, and nothing further
back than a few sentences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extraction.mentions.clusters import Cluster
from pipeline.extraction.mentions.referents import Referent, ReferentReader
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Casing, Page
from pipeline.extraction.model import MentionDraft, Span
from pipeline.knowledge import NameLists
from pipeline.tables import EntityType, MentionKind

_DETERMINERS = frozenset(["the", "this"])
_FARTHEST_DESCRIPTION = 6
_FARTHEST_PRONOUN = 2
_MODIFIERS = 5
_HIGHEST_CLAUSE = 12
_SUBJECTS = frozenset(["nsubj", "nsubj:pass", "nsubjpass"])
_CONFIDENCE = {"only": 0.9, "described": 0.85, "clause": 0.85, "subject": 0.75, "recent": 0.6}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A resolved mention that a later word can refer to."""

    entity: int
    at: int
    sentence: int
    is_subject: bool


class ReferenceFinder:
    """Finds and resolves the descriptions and pronouns of one page, from left to right."""

    def __init__(
        self,
        page: Page,
        clusters: Sequence[Cluster],
        types: Sequence[EntityType],
        vocabulary: Vocabulary,
        lists: NameLists,
    ) -> None:
        self._page = page
        self._vocabulary = vocabulary
        reader = ReferentReader(page, vocabulary, lists)
        self._referents = [reader.read(cluster, kind) for cluster, kind in zip(clusters, types, strict=True)]
        self._named = sorted(
            (name.first, name.last, number) for number, cluster in enumerate(clusters) for name in cluster.names
        )
        self._described_at: dict[int, int] = {}
        self._entity_at = {at: number for first, last, number in self._named for at in range(first, last)}
        for at, word in enumerate(page.words):
            if word.dep == "appos" and at in self._entity_at and word.head < at:
                self._described_at.setdefault(word.head, self._entity_at[at])
        self._subjects = {word.head: at for at, word in enumerate(page.words) if word.dep in _SUBJECTS}
        self._quote_of = _read_quotations(page)
        self._inside = set(self._entity_at)
        pronouns = vocabulary.pronouns
        self._referring = _DETERMINERS | pronouns.neuter | pronouns.male | pronouns.female | pronouns.plural

    def find(self) -> Iterator[MentionDraft]:
        """Yield descriptions and pronouns in order of the text; `entity` is None where nobody fits."""
        seen: list[_Seen] = []
        names = iter(self._named)
        upcoming = next(names, None)
        for at, word in enumerate(self._page.words):
            while upcoming and upcoming[0] <= at:
                seen.append(self._see(upcoming[0], upcoming[1], upcoming[2]))
                upcoming = next(names, None)
            if word.lower not in self._referring or word.casing is not Casing.RUNNING or at in self._inside:
                continue
            found = self._description(at, seen) or self._pronoun(at, seen)
            if found:
                mention, last = found
                if mention.entity is not None:
                    self._entity_at.update(dict.fromkeys(range(at, last), mention.entity))
                    seen.append(self._see(at, last, mention.entity))
                yield mention

    def _see(self, first: int, last: int, entity: int) -> _Seen:
        sentence = self._page.sentence_of[first]
        return _Seen(entity, first, sentence, self._is_subject(first, last))

    def _is_subject(self, first: int, last: int) -> bool:
        words, sentence = self._page.words, self._page.sentences[self._page.sentence_of[first]]
        if self._page.is_parsed:
            head = next((w for w in words[first:last] if not first <= w.head < last), words[first])
            return head.dep in _SUBJECTS or (head.dep == "nmod:poss" and words[head.head].dep in _SUBJECTS)
        return all(
            not word.text[0].isalpha() or word.lower in self._vocabulary.not_names.function_words
            for word in words[sentence.first : first]
        )

    def _description(self, at: int, seen: list[_Seen]) -> tuple[MentionDraft, int] | None:
        words = self._page.words
        if words[at].lower not in _DETERMINERS:
            return None
        head = self._head_of_description(at)
        if head is None:
            return None
        noun = words[head].lower
        kinds: list[EntityType] = [k for k in self._vocabulary.nouns.types_of(noun) if k not in {"event", "law"}]
        if not kinds:
            return None
        entity, reason = self._choose_description(noun, kinds, at, seen)
        return self._draft(at, head + 1, "description", entity, reason), head + 1

    def _head_of_description(self, at: int) -> int | None:
        """Return the head noun of "the ... NOUN", None where no describing noun ends the phrase."""
        words = self._page.words
        sentence = self._page.sentences[self._page.sentence_of[at]]
        head = None
        for step in range(at + 1, min(at + 2 + _MODIFIERS, sentence.last)):
            word = words[step]
            if (
                not (word.text[0].isalnum() or word.text in {"-", "–"})
                or word.lower in self._vocabulary.not_names.function_words
            ):
                break
            if word.tag in {"VERB", "AUX", "ADP", "ADV"} and word.lower not in {
                "based",
                "listed",
                "backed",
                "owned",
                "leading",
                "giant",
            }:
                break
            if self._vocabulary.nouns.types_of(word.lower):
                head = step
            elif head is not None and word.text != "-":
                head = None if word.tag in {"", "NOUN", "PROPN"} and word.text.isalpha() else head
                break
        if head is None or head in self._inside:
            return None
        following = words[head + 1] if head + 1 < sentence.last else None
        if head - 1 in self._inside:
            return None
        is_name_next = following is not None and head + 1 in self._inside
        is_modifier = following is not None and following.text in {"-", "–"}
        restricted = following is not None and following.lower in {"that", "which", "who", "whose"}
        return None if is_name_next or is_modifier or restricted else head

    def _choose_description(
        self, noun: str, kinds: list[EntityType], at: int, seen: list[_Seen]
    ) -> tuple[int | None, str]:
        sentence = self._page.sentence_of[at]
        near = [
            item
            for item in self._reachable(at, seen, _FARTHEST_DESCRIPTION)
            if self._referents[item.entity].kind in kinds
        ]
        described = [item for item in near if noun in self._referents[item.entity].nouns]
        if described:
            return self._most_salient(described, sentence), "described"
        is_company = noun in self._vocabulary.description_kinds["company"]
        known = [item for item in near if not is_company and self._by_knowledge(noun, item.entity)]
        fitting = known or [item for item in near if self._fits(noun, self._referents[item.entity])]
        entities = {item.entity for item in fitting}
        if len(entities) == 1 and self._is_general(noun):
            return min(entities), "only"
        if not self._is_general(noun):
            return (
                (min(entities), "only")
                if len(entities) == 1 and self._by_knowledge(noun, min(entities))
                else (None, "")
            )
        subjects = [item for item in fitting if item.is_subject and sentence - item.sentence <= _FARTHEST_PRONOUN]
        return (self._most_salient(subjects, sentence), "subject") if subjects else (None, "")

    def _is_general(self, noun: str) -> bool:
        return noun in self._vocabulary.reference.general_nouns

    def _by_knowledge(self, noun: str, entity: int) -> bool:
        kinds = self._vocabulary.description_kinds
        return any(noun in kinds.get(kind, ()) for kind in self._referents[entity].knowledge_kinds)

    def _fits(self, noun: str, referent: Referent) -> bool:
        """Return whether the knowledge file does not speak against calling the referent a `noun`."""
        meant = {kind for kind, nouns in self._vocabulary.description_kinds.items() if noun in nouns}
        if not meant or not referent.knowledge_kinds:
            return not (meant and referent.kind == "place")
        return bool(meant & referent.knowledge_kinds)

    def _pronoun(self, at: int, seen: list[_Seen]) -> tuple[MentionDraft, int] | None:
        word, pronouns = self._page.words[at], self._vocabulary.pronouns
        kinds: tuple[EntityType, ...] = ("person",)
        gender = "u"
        if word.lower in pronouns.neuter:
            kinds = ("organization", "product")
            if word.lower == "it" and self._is_expletive(at):
                return None
        elif word.lower in pronouns.male:
            gender = "m"
        elif word.lower in pronouns.female:
            gender = "f"
        elif word.lower in pronouns.plural:
            return self._draft(at, at + 1, "pronoun", None, ""), at + 1
        else:
            return None
        if word.text.isupper() and len(word.text) > 1:
            return None
        entity, reason = self._choose_pronoun(at, kinds, gender, seen)
        return self._draft(at, at + 1, "pronoun", entity, reason), at + 1

    def _is_expletive(self, at: int) -> bool:
        words, last = self._page.words, self._page.sentences[self._page.sentence_of[at]].last
        if words[at].dep == "expl":
            return True
        if at + 2 < last and words[at + 1].lower == "has" and words[at + 2].tag == "VERB":
            return False
        after = [word.lower for word in words[at + 1 : min(at + 4, last)]]
        return (
            len(after) > 1
            and after[0] in self._vocabulary.reference.expletive_verbs
            and (bool(self._vocabulary.reference.expletive_next & set(after[1:])) or after[1] in {"the", "a", "an"})
        )

    def _reachable(self, at: int, seen: list[_Seen], farthest: int) -> list[_Seen]:
        """Return what was seen in the last sentences; inside a quotation only what the quotation itself names."""
        sentence, quotation = self._page.sentence_of[at], self._quote_of[at]
        return [
            item
            for item in seen
            if sentence - item.sentence <= farthest and (not quotation or self._quote_of[item.at] == quotation)
        ]

    def _choose_pronoun(
        self, at: int, kinds: tuple[EntityType, ...], gender: str, seen: list[_Seen]
    ) -> tuple[int | None, str]:
        sentence = self._page.sentence_of[at]
        near = [
            item for item in self._reachable(at, seen, _FARTHEST_PRONOUN) if self._agrees(item.entity, kinds, gender)
        ]
        governing = self._by_clause(at, {item.entity for item in near} | self._acting_places(at, kinds, seen))
        if governing is None:
            governing = self._by_words_between(at, near)
        if governing is not None:
            return governing, "clause"
        for back in range(_FARTHEST_PRONOUN + 1):
            here = [item for item in near if item.sentence == sentence - back]
            entities = {item.entity for item in here}
            if len(entities) == 1:
                return min(entities), "subject" if any(item.is_subject for item in here) else "recent"
            subjects = {item.entity: None for item in reversed(here) if item.is_subject}
            if subjects:
                return next(iter(subjects)), "subject" if len(subjects) == 1 else "recent"
            if entities:
                return None, ""
        return None, ""

    def _acting_places(self, at: int, kinds: tuple[EntityType, ...], seen: list[_Seen]) -> set[int]:
        """Return the places that are subjects in the sentence: they act, and "it" can mean them."""
        sentence = self._page.sentence_of[at]
        here = {item.entity for item in seen if item.sentence == sentence and item.is_subject}
        return {entity for entity in here if "organization" in kinds and self._referents[entity].kind == "place"}

    def _agrees(self, entity: int, kinds: tuple[EntityType, ...], gender: str) -> bool:
        referent = self._referents[entity]
        return referent.kind in kinds and (gender == "u" or referent.gender in {gender, "u"})

    def _by_clause(self, at: int, possible: set[int]) -> int | None:
        """Return whom the tree names: the head of a relative clause, or the subject of a clause above."""
        words, step = self._page.words, at
        first = self._page.sentences[self._page.sentence_of[at]].first
        for _ in range(_HIGHEST_CLAUSE if self._page.is_parsed else 0):
            word = words[step]
            subject = self._subjects.get(step)
            meant = self._entity_at.get(subject, self._described_at.get(subject)) if subject is not None else None
            if subject is not None and subject < at and meant in possible:
                return meant
            if word.dep.startswith("acl"):
                owner = words[word.head].head if words[word.head].dep == "appos" else word.head
                entity = self._entity_at.get(word.head, self._entity_at.get(owner))
                if entity in possible:
                    return entity
            if word.head == step or word.head < first:
                return None
            step = word.head
        return None

    def _by_words_between(self, at: int, near: list[_Seen]) -> int | None:
        """Return the nearest name where a relative clause or a participle of its own leads from it to the pronoun."""
        words = self._page.words
        here = [item for item in near if item.sentence == self._page.sentence_of[at]]
        if not here:
            return None
        nearest = max(here, key=lambda item: item.at)
        end = next((last for first, last, _ in self._named if first == nearest.at), None)
        if end is None or end >= at:
            return None
        between = [word.lower for word in words[end:at]]
        if between[0] == "," and between[1:2] and between[1] in {"a", "an", "the"}:
            relative = next((n for n, word in enumerate(between) if word in {"that", "which", "who"}), None)
            return nearest.entity if relative is not None and "," not in between[1:relative] else None
        is_participle = any(word.endswith("ing") for word in between[:2]) and words[nearest.at - 1].lower == "with"
        return nearest.entity if is_participle else None

    def _most_salient(self, items: list[_Seen], sentence: int) -> int:
        return max(
            items,
            key=lambda item: (
                item.is_subject and sentence - item.sentence <= 1,
                item.sentence,
                item.is_subject,
                item.at,
            ),
        ).entity

    def _draft(self, first: int, last: int, kind: MentionKind, entity: int | None, reason: str) -> MentionDraft:
        span = Span(self._page.words[first].start, self._page.words[last - 1].end)
        confidence = _CONFIDENCE.get(reason, 0.5)
        rule = f"mention.{kind}.{reason}" if reason else f"mention.{kind}.unresolved"
        return MentionDraft(span, kind, entity, confidence, rule)


def _read_quotations(page: Page) -> list[int]:
    """Return, per word, the number of the quotation it stands in; 0 outside. A line end closes an open quotation."""
    numbers: list[int] = []
    number, current = 0, 0
    for at, word in enumerate(page.words):
        if at and "\n" in page.text[page.words[at - 1].end : word.start]:
            current = 0
        if word.text == "“" or (word.text == '"' and not current):
            number += 1
            current = number
        numbers.append(current)
        if word.text == "”" or (word.text == '"' and current and numbers[-2:-1] == [current]):
            current = 0
    return numbers
