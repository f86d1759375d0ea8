"""The words that mention rules know, as typed sets read from `data/vocabulary.toml`.

Belongs here: the shape of that file and its loading. Does not belong here: what a rule does with a word.
"""

import tomllib
from functools import cache
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
    demonyms: Words
    generic: Words
    indexes: Words


class Titles(_Section):
    """Words before a person's name."""

    person: Words
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
        return index_nouns(self).get(noun, ())


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


class Vocabulary(_Section):
    """The whole file."""

    not_names: NotNames
    titles: Titles
    heads: Heads
    nouns: Nouns
    following: Nouns
    verbs: Verbs
    pronouns: Pronouns
    description_kinds: dict[str, Words]
    weights: dict[str, float]


@cache
def index_nouns(nouns: Nouns) -> dict[str, tuple[EntityType, ...]]:
    groups: dict[EntityType, Words] = {
        "organization": nouns.organization,
        "person": nouns.person,
        "product": nouns.product,
        "place": nouns.place,
        "event": nouns.event,
        "law": nouns.law,
    }
    every = frozenset[str]().union(*groups.values())
    return {noun: tuple(kind for kind, words in groups.items() if noun in words) for noun in every}


@cache
def load_vocabulary() -> Vocabulary:
    """Return the shipped vocabulary; it is read and validated once."""
    return Vocabulary.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
