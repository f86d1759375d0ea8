"""Lists of known names: which kinds of thing a run of words is known to name.

Belongs here: holding the lists, finding their longest entries in a sequence of words, reading and writing them. Does
not belong here: what an entity
recogniser makes of a find, and where the names come from.
"""

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

KINDS = ("organization", "person", "product", "place", "event", "law")
"""Kinds of whole names, in the order of their bits."""

WORD_KINDS = ("first_name", "last_name", "common_word", "frequent_word", "demonym", "calendar")
"""Kinds of single words, in the order of their bits above those of KINDS."""

_WHOLE = (1 << len(KINDS)) - 1
_BITS = {kind: 1 << number for number, kind in enumerate((*KINDS, *WORD_KINDS))}


class Found(NamedTuple):
    """A listed name in a sequence of words: half-open word indices, and its kinds as bits of KINDS."""

    start: int
    end: int
    kinds: int


class NameLists:
    """Names by their words in lower case, with the kinds each is listed under."""

    def __init__(self, entries: Mapping[str, int] | None = None) -> None:
        self._entries = dict(entries or {})
        self._longest: dict[str, int] = {}
        for entry, bits in self._entries.items():
            if bits & _WHOLE:
                first, length = entry.partition(" ")[0], entry.count(" ") + 1
                if length > self._longest.get(first, 0):
                    self._longest[first] = length

    def __len__(self) -> int:
        return len(self._entries)

    @classmethod
    def collect(cls, names: Iterable[tuple[str, str]]) -> "NameLists":
        """Return the lists of (words joined by single spaces, kind) pairs; case is dropped."""
        entries: dict[str, int] = {}
        for name, kind in names:
            key = name.lower()
            entries[key] = entries.get(key, 0) | _BITS[kind]
        return cls(dict(sorted(entries.items())))

    def word_kinds(self, word: str) -> int:
        """Return the bits of WORD_KINDS that `word`, in lower case, is listed under."""
        return self._entries.get(word, 0) >> len(KINDS)

    def find(self, words: Sequence[str], may_start: Sequence[bool]) -> Iterator[Found]:
        """Yield the longest listed names in `words` (lower case), left to right without overlap, starting only where
        `may_start` says so.
        """
        at = 0
        while at < len(words):
            found = self._longest_at(words, at) if may_start[at] else None
            if found:
                yield found
            at = found.end if found else at + 1

    def _longest_at(self, words: Sequence[str], at: int) -> Found | None:
        longest = min(self._longest.get(words[at], 0), len(words) - at)
        for length in range(longest, 0, -1):
            kinds = self._entries.get(" ".join(words[at : at + length]), 0) & _WHOLE
            if kinds:
                return Found(at, at + length, kinds)
        return None

    def to_bytes(self) -> bytes:
        """Return the lists as gzipped lines of name, tab, bits; the same lists give the same bytes."""
        lines = "".join(f"{entry}\t{bits}\n" for entry, bits in sorted(self._entries.items()))
        return gzip.compress(lines.encode(), mtime=0)

    @classmethod
    def from_bytes(cls, packed: bytes) -> "NameLists":
        """Return the lists that `to_bytes` wrote; raises ValueError or OSError where they are damaged."""
        lines = gzip.decompress(packed).decode().splitlines()
        return cls({entry: int(bits) for entry, _, bits in (line.partition("\t") for line in lines)})
