"""The words that attribute, as typed data read from `data/cues.toml`.

Belongs here: the models of that file, its validation, and look-ups by lemma. Does not belong here: how a cue finds its
speaker and its content in a sentence.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from pipeline.tables import Modality, Stance

Content = Literal["quotation", "clause", "infinitive", "object"]
Lemmas = Annotated[frozenset[str], Field(min_length=1)]

_FILE = Path(__file__).parent / "data" / "cues.toml"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class VerbCue(_Entry):
    """Verbs that attribute alike: which contents they take, from whom, and what they say about the source's stance."""

    name: str
    lemmas: Lemmas
    contents: frozenset[Content]
    sources: Literal["any", "writing"] = "any"
    objects: Literal["any", "statement", "figure"] = "any"
    addresses: bool = False
    tags: frozenset[str] = frozenset()
    markers: frozenset[str] = frozenset()
    complements: frozenset[str] = frozenset()
    particle: str | None = None
    stance: Stance = "affirms"
    modality: Modality = "actual"


class NounCue(_Entry):
    """Nouns whose complement is attributed to their possessor; `is_stated`: only if the text calls it stated."""

    name: str
    lemmas: Lemmas
    stance: Stance = "affirms"
    modality: Modality = "actual"
    is_hearsay: bool = False
    is_stated: bool = False
    takes_nominals: bool = False


class Silence(_Entry):
    """No answer to a request: verbs that say so when negated, what they go without, and adjectives of absence."""

    verbs: Lemmas
    requests: Lemmas
    refusals: Lemmas


class SourceWords(_Entry):
    """Nouns by what kind of source they name; see `data/cues.toml` for the meaning of each list."""

    document: Lemmas
    publishing: Lemmas
    hearsay: Lemmas
    person: Lemmas
    familiar: Lemmas
    vague: Lemmas
    utterance: Lemmas
    crowd: Lemmas
    voice: Lemmas
    provider: Lemmas
    surveying: Lemmas
    outlets: Lemmas
    outlet_words: Lemmas


class Cues(_Entry):
    """All of `data/cues.toml`."""

    verb: tuple[VerbCue, ...]
    noun: tuple[NounCue, ...]
    silence: Silence
    source: SourceWords
    statement: Lemmas
    figure: Lemmas

    def index_verbs(self) -> dict[str, tuple[VerbCue, ...]]:
        """Return the verb cues of each lemma, in the order of the file."""
        return _index(self.verb)

    def index_nouns(self) -> dict[str, tuple[NounCue, ...]]:
        """Return the noun cues of each lemma, in the order of the file."""
        return _index(self.noun)


Cue = TypeVar("Cue", VerbCue, NounCue)


def _index(cues: Iterable[Cue]) -> dict[str, tuple[Cue, ...]]:
    index: dict[str, tuple[Cue, ...]] = {}
    for cue in cues:
        for lemma in cue.lemmas:
            index[lemma] = (*index.get(lemma, ()), cue)
    return index


@cache
def load_cues() -> Cues:
    """Return the shipped cues. Raises pydantic.ValidationError if the file breaks its model."""
    return Cues.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
