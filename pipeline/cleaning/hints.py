"""What the class names, ids and roles of a page's elements hint at.

What belongs here: reading hints off an element's names by the vocabulary of `data/hints.toml`. What does not: what
follows from a hint, which the model weighs.
"""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation
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
_SEPARATORS: Final = re.compile(r"[^a-z0-9 ]+")


@lru_cache(maxsize=20_000)
def hints_of(names: str) -> int:
    """Return the hints in an element's class names, id and role as bits, in the order of `HINTS`.

    At each place of a name the longest part of the vocabulary decides.
    """
    spaced = "- -".join(names.split())
    parts = _SEPARATORS.sub("-", f"-{_CAMEL.sub('-', spaced).lower()}-")
    vocabulary = _read_vocabulary()
    longest = {start: part for part, start, _ in vocabulary.parts.find_matches_as_indexes(parts, overlapping=True)}
    bits = 0
    for part in longest.values():
        bits |= vocabulary.bits[part]
    return bits


class _Vocabulary(NamedTuple):
    """The parts of names that the vocabulary has, and the hints that each gives."""

    parts: AhoCorasick
    bits: tuple[int, ...]


@cache
def _read_vocabulary() -> _Vocabulary:
    parts = sorted({part for hint in _VOCABULARY for part in (*hint.words, *hint.unless)})
    bits = (sum(hint.is_given_by(part) << bit for bit, hint in enumerate(_VOCABULARY)) for part in parts)
    return _Vocabulary(AhoCorasick(parts, implementation=Implementation.DFA), tuple(bits))
