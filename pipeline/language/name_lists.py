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
        self._words: dict[str, int] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        whole = (1 << len(KINDS)) - 1
        for entry, bits in self._entries.items():
            words = entry.split(" ")
            if bits & whole:
                self._names.setdefault(words[0], []).append((tuple(words), bits & whole))
            if bits > whole:
                self._words[entry] = bits >> len(KINDS)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name[0]))

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
        return self._words.get(word, 0)

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
        for name, kinds in self._names.get(words[at], ()):
            if len(name) == 1 or tuple(words[at : at + len(name)]) == name:
                return Found(at, at + len(name), kinds)
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
