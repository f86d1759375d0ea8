"""The words that mention rules know, as typed sets read from `data/vocabulary.toml`.

Belongs here: the shape of that file and its loading. Does not belong here: what a rule does with a word.
"""

import tomllib
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.tables import EntityType

_FILE = Path(__file__).parent / "data" / "vocabulary.toml"

Words = frozenset[str]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NotNames(_Section):
    """Capitalised words that are no names, or no entities."""

    calendar: Words
    function_words: Words
    numbered: Words
    demonyms: Words
    generic: Words
    indexes: Words
    eponymous: Words


class Titles(_Section):
    """Words before a person's name."""

    person: Words
    portfolios: Words
    honorifics: Words
    male: Words
    female: Words


class Heads(_Section):
    """Last words of names by type, and what may follow or be left away."""

    organization: Words
    place: Words
    event: Words
    law: Words
    product: Words
    legal_forms: Words
    institutions: Words
    dropped: Words


class Nouns(_Section):
    """Common nouns that say what a name beside them is."""

    organization: Words
    person: Words
    product: Words
    place: Words
    event: Words
    law: Words

    def types_of(self, noun: str) -> tuple[EntityType, ...]:
        """Return the types that `noun` (lowercase) can describe."""
        return self._types.get(noun, ())

    @cached_property
    def _types(self) -> dict[str, tuple[EntityType, ...]]:
        groups: dict[EntityType, Words] = {
            "organization": self.organization,
            "person": self.person,
            "product": self.product,
            "place": self.place,
            "event": self.event,
            "law": self.law,
        }
        every = frozenset[str]().union(*groups.values())
        return {noun: tuple(kind for kind, words in groups.items() if noun in words) for noun in every}


class Verbs(_Section):
    """What names do and what is done to them."""

    speech: Words
    corporate: Words
    human: Words
    making: Words
    located: Words


class Pronouns(_Section):
    """Pronouns of the third person."""

    neuter: Words
    male: Words
    female: Words
    plural: Words


class Reference(_Section):
    """Words that steer the choice of a referent."""

    general_nouns: Words
    expletive_verbs: Words
    expletive_next: Words


class Vocabulary(_Section):
    """The whole file."""

    not_names: NotNames
    titles: Titles
    heads: Heads
    nouns: Nouns
    following: Nouns
    verbs: Verbs
    pronouns: Pronouns
    reference: Reference
    description_kinds: dict[str, Words]
    weights: dict[str, float]


@cache
def load_vocabulary() -> Vocabulary:
    """Return the shipped vocabulary; it is read and validated once."""
    return Vocabulary.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
