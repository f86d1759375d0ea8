"""How statements of each predicate identify a fact: the typed form of `data/predicates.toml` and `data/measures.toml`.

What belongs here: reading and validating these files, and look-up. What does not: the meaning and domain of predicates
(`pipeline.predicates`), and the use of the traits (`facts`, `relations`).
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.resolution.names import fold

PredicateKind = Literal["event", "state", "flow", "link", "speech"]
ObjectRole = Literal["party", "measure", "content", "none"]
Days = Annotated[int, Field(ge=0)]

_MEASURE_PREFIX = "measure "
_TIME_MARK = "|"
_YEAR = re.compile(r"(19|20)\d\d")


class Traits(BaseModel):
    """How statements of one predicate are told apart; the fields are explained in `data/predicates.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: PredicateKind
    object: ObjectRole
    same_days: Days
    persist_days: Days
    is_symmetric: Annotated[bool, Field(alias="symmetric")] = False
    mirror: str | None = None
    needs_object: bool = False
    is_momentary: Annotated[bool, Field(alias="momentary")] = False


class _Measures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    ignored: frozenset[str]
    periods: frozenset[str]
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
def _measures() -> _Measures:
    return _Measures.model_validate(tomllib.loads(_read("measures.toml")))


@cache
def _usual_names() -> dict[frozenset[str], str]:
    content = _measures()
    return {
        _telling_words(variant, content.ignored): name
        for name, variants in content.same.items()
        for variant in (name, *variants)
    }


def measure_key(text: str) -> str:
    """Return the key of a phrase that names a measure: its usual name and, behind a bar, the words for its time.

    "EPS" and "per-share earnings for the third quarter" are "measure earnings per share|" and
    "measure earnings per share|quarter third".
    """
    words = _telling_words(text, _measures().ignored)
    times = frozenset(word for word in words if word in _measures().periods or _YEAR.fullmatch(word))
    named = words - times or words
    name = _usual_names().get(named) or " ".join(sorted(named))
    return f"{_MEASURE_PREFIX}{name}{_TIME_MARK}{' '.join(sorted(words - named))}"


def is_measure(key: str) -> bool:
    """Return whether a key is that of a measure."""
    return key.startswith(_MEASURE_PREFIX)


def measures_agree(one: str, other: str) -> bool:
    """Return whether two keys are of the same measure, at the same time where both say of which."""
    name, _, time = one.partition(_TIME_MARK)
    other_name, _, other_time = other.partition(_TIME_MARK)
    return name == other_name and (not time or not other_time or time == other_time)


def text_key(text: str) -> str:
    """Return the telling words of a phrase, sorted: the same for "the AI startups" and "AI startup"."""
    return " ".join(sorted(_telling_words(text, _measures().ignored)))


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
