"""A reader of mentions over the shipped pipeline and knowledge."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.model import Article, EntityDraft, MentionDraft
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language


class Reading(NamedTuple):
    """What was found in a text."""

    text: str
    entities: tuple[EntityDraft, ...]
    mentions: tuple[MentionDraft, ...]

    def types(self) -> dict[str, str]:
        """Return entity names with their types."""
        return {entity.name: entity.entity_type for entity in self.entities}

    def who(self, surface: str, occurrence: int = 0) -> str | None:
        """Return the name of the entity that an occurrence of `surface` refers to; None if to nobody."""
        found = [m for m in self.mentions if self.text[m.span.start : m.span.end] == surface]
        entity = found[occurrence].entity
        return None if entity is None else self.entities[entity].name

    def kind(self, surface: str) -> str:
        """Return the kind of the first mention with `surface`."""
        return next(m.kind for m in self.mentions if self.text[m.span.start : m.span.end] == surface)

    def surfaces(self) -> set[str]:
        """Return the surfaces of all mentions that are names."""
        return {self.text[m.span.start : m.span.end] for m in self.mentions if m.kind not in {"description", "pronoun"}}


@pytest.fixture(scope="session")
def read() -> Callable[[str], Reading]:
    """Return a function from a text to its entities and mentions."""
    language, knowledge = load_language(), load_knowledge()

    def read_text(text: str) -> Reading:
        doc = next(iter(language.parse([text])))
        return Reading(text, *find_mentions(Article("test", text, None, None), doc, knowledge))

    return read_text
