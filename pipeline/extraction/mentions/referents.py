"""What an entity is as somebody that words can refer to: its type, gender, and what the text calls it.

Belongs here: descriptions beside names, titles and given names as signs of gender, kinds of the knowledge file. Does
not belong here: which words refer to whom (`reference`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extraction.mentions.clusters import Cluster
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Page
from pipeline.knowledge import NameLists
from pipeline.tables import EntityType


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity as a possible referent: what it is and what the text calls it."""

    kind: EntityType
    gender: str
    nouns: frozenset[str]
    knowledge_kinds: frozenset[str]


class ReferentReader:
    """Reads the referents of one page."""

    def __init__(self, page: Page, vocabulary: Vocabulary, lists: NameLists) -> None:
        self._page = page
        self._vocabulary = vocabulary
        self._lists = lists

    def read(self, cluster: Cluster, kind: EntityType) -> Referent:
        """Return the entity of the cluster as a referent."""
        nouns = {noun for name in cluster.names for noun in self._nouns_beside(name.first, name.last, kind)}
        nouns.add(cluster.full_name.split()[-1].lower())
        return Referent(
            kind, self._gender(cluster), frozenset(nouns), frozenset(e.kind for e in cluster.entries.values())
        )

    def _nouns_beside(self, first: int, last: int, kind: EntityType) -> Iterator[str]:
        """Yield the describing nouns beside words `first` to `last` ("Chinese startup X", "X, a chipmaker")."""
        words, sentence = self._page.words, self._page.sentence_of[first]
        if (
            first
            and self._page.sentence_of[first - 1] == sentence
            and kind in self._vocabulary.nouns.types_of(words[first - 1].lower)
        ):
            yield words[first - 1].lower
        stop = min(self._page.sentences[sentence].last, last + 9)
        if last + 1 < stop and words[last].text == "," and words[last + 1].lower in {"a", "an", "the", "one"}:
            for word in words[last + 2 : stop]:
                if word.text in {",", ".", "("} or word.lower in self._vocabulary.not_names.function_words:
                    return
                if kind in self._vocabulary.nouns.types_of(word.lower):
                    yield word.lower

    def _gender(self, cluster: Cluster) -> str:
        told = {entry.description.gender for entry in cluster.entries.values() if entry.description.gender}
        if told:
            return min(told)
        titles = {name.title for name in cluster.names} | {
            self._page.words[name.first - 1].lower for name in cluster.names if name.first
        }
        if titles & self._vocabulary.titles.female:
            return "f"
        if titles & self._vocabulary.titles.male:
            return "m"
        given = cluster.full_name.split()[0]
        return self._lists.given_names.get(given, "u") if " " in cluster.full_name else "u"
