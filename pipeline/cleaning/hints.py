"""What the class names, ids and roles of a page's elements hint at.

What belongs here: reading hints off an element's names by the vocabulary of `data/hints.toml`. What does not: what
follows from a hint, which the model weighs.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation
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
_MAX_NAME: Final = 80
_CAMEL: Final = re.compile(r"[A-Z](?<=[a-z][A-Z])")
_HYPHENED: Final = r"-\g<0>"
_HYPHENS: Final = re.compile(b"--+")
_KEPT: Final = b"abcdefghijklmnopqrstuvwxyz0123456789 \n"
_SEPARATED: Final = bytes(code if code in _KEPT else ord("-") for code in range(256))


def read_hints(names: Iterable[str]) -> dict[str, int]:
    """Return by the class names, id and role of elements their hints as bits, in the order of `HINTS`.

    At each place of a name the longest part of the vocabulary decides.
    """
    distinct = list(dict.fromkeys(names))
    lines = "\n".join([f"-{'- -'.join([name[:_MAX_NAME] for name in each.split()])}-" for each in distinct])
    small = _CAMEL.sub(_HYPHENED, lines).lower().encode("ascii", "replace")
    parts = _HYPHENS.sub(b"-", small.translate(_SEPARATED))
    vocabulary = _read_vocabulary()
    longest = {start: part for part, start, _ in vocabulary.parts.find_matches_as_indexes(parts, overlapping=True)}
    ends = list(accumulate(len(line) + 1 for line in parts.split(b"\n")))
    hints = [0] * len(distinct)
    for start, part in longest.items():
        hints[bisect_right(ends, start)] |= vocabulary.bits[part]
    return dict(zip(distinct, hints, strict=True))


class _Vocabulary(NamedTuple):
    """The parts of names that the vocabulary has, and the hints that each gives."""

    parts: BytesAhoCorasick
    bits: tuple[int, ...]


@cache
def _read_vocabulary() -> _Vocabulary:
    parts = sorted({part for hint in _VOCABULARY for part in (*hint.words, *hint.unless)})
    bits = (sum(hint.is_given_by(part) << bit for bit, hint in enumerate(_VOCABULARY)) for part in parts)
    return _Vocabulary(
        BytesAhoCorasick([part.encode() for part in parts], implementation=Implementation.DFA), tuple(bits)
    )
