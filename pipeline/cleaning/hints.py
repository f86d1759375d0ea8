"""What the class names, ids and roles of a page's elements hint at.

What belongs here: reading hints off an element's names by the vocabulary of `data/hints.toml`. What does not: what
follows from a hint, which the model weighs.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from pipeline.cleaning.rulebook import load_rules


class Hint(BaseModel):
    """One thing that names hint at: the parts of names that do, and those longer ones that do not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z]+$")
    words: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()

    def is_given_by(self, part: str) -> bool:
        """Return whether a part of a name gives the hint."""
        return part.startswith(self.words) and not part.startswith(self.unless)


_VOCABULARY: Final = load_rules("hints.toml", "hint", Hint)
HINTS: Final = tuple(hint.id for hint in _VOCABULARY)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")
_MAX_NAME: Final = 80


@lru_cache(maxsize=20_000)
def hints_of(names: str) -> int:
    """Return the hints in an element's class names, id and role as bits, in the order of `HINTS`."""
    bits = 0
    for name in names.split():
        bits |= _hints_of_name(name)
    return bits


@lru_cache(maxsize=50_000)
def _hints_of_name(name: str) -> int:
    parts = _SEPARATORS.sub("-", f"-{_CAMEL.sub('-', name[:_MAX_NAME]).lower()}-")
    bits_of, bits = _bits_of_parts(), 0
    for match in _any_part().finditer(parts):
        bits |= bits_of[match[1]]
    return bits


@cache
def _bits_of_parts() -> dict[str, int]:
    parts = {part for hint in _VOCABULARY for part in (*hint.words, *hint.unless)}
    return {part: sum(hint.is_given_by(part) << bit for bit, hint in enumerate(_VOCABULARY)) for part in parts}


@cache
def _any_part() -> re.Pattern[str]:
    """Return the pattern that finds at each place of a name the longest part of the vocabulary there."""
    groups = groupby(sorted(_bits_of_parts()), itemgetter(0))
    return re.compile(f"(?=({'|'.join(first + _any_of(part[1:] for part in group) for first, group in groups)}))")


def _any_of(endings: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, endings), key=len, reverse=True))})"
