"""How statements of each predicate identify a fact: the typed form of `data/predicates.toml` and `data/measures.toml`.

What belongs here: reading and validating these files, and look-up. What does not: the meaning and domain of predicates
(`pipeline.predicates`), and the use of the traits (`facts`, `relations`).
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.resolution.names import fold

PredicateKind = Literal["event", "state", "flow", "link", "speech"]
ObjectRole = Literal["party", "measure", "content", "none"]
Days = Annotated[int, Field(ge=0)]


class Traits(BaseModel):
    """How statements of one predicate are told apart; the fields are explained in `data/predicates.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: PredicateKind
    object: ObjectRole
    same_days: Days
    persist_days: Days
    is_symmetric: Annotated[bool, Field(alias="symmetric")] = False
    mirror: str | None = None


class _Measures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    ignored: frozenset[str]
    same: dict[str, tuple[str, ...]]


class PredicateTraits:
    """Traits by predicate; a predicate that the file does not name has the defaults."""

    def __init__(self, defaults: Traits, named: dict[str, Traits]) -> None:
        self._defaults = defaults
        self.named = named

    def of(self, predicate: str) -> Traits:
        """Return the traits of a predicate."""
        return self.named.get(predicate, self._defaults)


@cache
def predicate_traits() -> PredicateTraits:
    """Return the traits of all predicates."""
    content = tomllib.loads(_read("predicates.toml"))
    defaults = content["defaults"]
    named = {name: Traits.model_validate({**defaults, **own}) for name, own in content["predicates"].items()}
    return PredicateTraits(Traits.model_validate(defaults), named)


@cache
def _measures() -> tuple[frozenset[str], dict[frozenset[str], str]]:
    content = _Measures.model_validate(tomllib.loads(_read("measures.toml")))
    canonical = {
        _telling_words(variant, content.ignored): name
        for name, variants in content.same.items()
        for variant in (name, *variants)
    }
    return content.ignored, canonical


def measure_key(text: str) -> str:
    """Return the same key for phrases that name the same measure ("per-share earnings", "EPS")."""
    ignored, canonical = _measures()
    words = _telling_words(text, ignored)
    return canonical.get(words) or " ".join(sorted(words))


def text_key(text: str) -> str:
    """Return the telling words of a phrase, sorted: the same for "the AI startups" and "AI startup"."""
    return " ".join(sorted(_telling_words(text, _measures()[0])))


def _telling_words(text: str, ignored: frozenset[str]) -> frozenset[str]:
    words = fold(text)
    telling = frozenset(_singular(word) for word in words if word not in ignored)
    return telling or frozenset(words)


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith("ss") or not word.endswith("s"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _read(name: str) -> str:
    return resources.files("pipeline.resolution").joinpath("data", name).read_text(encoding="utf-8")
