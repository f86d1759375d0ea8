"""What the class names, ids and roles of a page's elements hint at.

What belongs here: reading hints off an element's names by the vocabulary of `data/hints.toml`. What does not: what
follows from a hint, which the model weighs.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, Implementation
from numpy.typing import NDArray
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
_MAX_NAMES: Final = 4_000
_HYPHENS: Final = re.compile(b"--+")
_KEPT: Final = b"abcdefghijklmnopqrstuvwxyz0123456789 \n"
_SEPARATED: Final = bytes(code if code in _KEPT else ord("-") for code in bytes(range(256)).lower())


def read_hints(names: Sequence[str]) -> NDArray[np.int64]:
    """Return for the class names, id and role of each element their hints as bits, in the order of `HINTS`.

    At each place of a name the longest part of the vocabulary decides.
    """
    numbers = {each: number for number, each in enumerate(dict.fromkeys(names))}
    parts = _separate(numbers)
    vocabulary = _read_vocabulary()
    longest = {start: part for part, start, _ in vocabulary.parts.find_matches_as_indexes(parts, overlapping=True)}
    starts, found = (np.fromiter(values, np.int64, len(longest)) for values in (longest.keys(), longest.values()))
    line_ends = np.flatnonzero(np.frombuffer(parts, dtype=np.uint8) == ord("\n"))
    hints = np.zeros(len(numbers), dtype=np.int64)
    np.bitwise_or.at(hints, np.searchsorted(line_ends, starts), vocabulary.bits[found])
    return hints[[numbers[each] for each in names]]


def _separate(names: Iterable[str]) -> bytes:
    """Return the names in small letters with a hyphen between their parts and at both ends, those of an element a line.

    Names of more characters than make sense are cut, as is what is more than all names of an element have.
    """
    lines = "\n".join([each if len(each) <= _MAX_NAME and each.isprintable() else _shorten(each) for each in names])
    letters = np.frombuffer(lines.encode("ascii", "replace"), dtype=np.uint8)
    is_capital = (ord("A") <= letters) & (letters <= ord("Z"))
    is_small = (ord("a") <= letters) & (letters <= ord("z"))
    humps = np.flatnonzero(is_small[:-1] & is_capital[1:]) + 1
    separated = np.insert(letters, humps, ord("-")).tobytes().translate(_SEPARATED)
    return _HYPHENS.sub(b"-", b"-%b-" % separated.replace(b" ", b"- -").replace(b"\n", b"-\n-"))


def _shorten(names: str) -> str:
    return " ".join([name[:_MAX_NAME] for name in names[:_MAX_NAMES].split()])


class _Vocabulary(NamedTuple):
    """The parts of names that the vocabulary has, and the hints that each gives."""

    parts: BytesAhoCorasick
    bits: NDArray[np.int64]


@cache
def _read_vocabulary() -> _Vocabulary:
    parts = sorted({part for hint in _VOCABULARY for part in (*hint.words, *hint.unless)})
    bits = [sum(hint.is_given_by(part) << bit for bit, hint in enumerate(_VOCABULARY)) for part in parts]
    return _Vocabulary(
        BytesAhoCorasick([part.encode() for part in parts], implementation=Implementation.DFA), np.array(bits)
    )
