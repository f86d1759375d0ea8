"""Near-duplicates: the same article with other residue, or syndicated with small edits.

What belongs here: finding groups of documents that carry one article, and their representative. What does not: equal
bytes, which reading sets aside, and articles that only report the same event.

Candidates come from MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman & Ullman, "Mining of Massive
Datasets", ch. 3), by rensa; each candidate pair is then compared exactly, so that no chance of hashing joins two
articles.
"""

import re
from datetime import date
from typing import Final

import polars as pl
from rensa import RMinHash, RMinHashLSH

from pipeline.identifiers import make_id
from pipeline.schema import check_schema
from pipeline.tables import Document

_WORD: Final = re.compile(r"\w+")
_SHINGLE: Final = 3
_BANDS: Final = 43
_SIGNATURE: Final = 3 * _BANDS
_SEED: Final = 42
_MIN_RESEMBLANCE: Final = 0.35
"""Share of all shingles that two texts have in common. A tenth of the words changed leaves about 0.57, as a changed
word takes three shingles along; different articles stay below 0.1."""
_MIN_CONTAINMENT: Final = 0.8
_MIN_CONTAINED: Final = 60
"""A shorter text of so many shingles, most of them in the longer one, is the same article cut short."""


def mark_duplicates(documents: pl.DataFrame) -> pl.DataFrame:
    """Return the frame of documents with `duplicate_group_id` and `is_duplicate` filled, in its order.

    A group's representative is the document published first, of several the one whose `source_uri` comes first; it
    alone of the group has `is_duplicate` false. The result does not depend on the order of the rows.
    """
    rows = check_schema(Document, documents).select("document_id", "source_uri", "published_on", "clean_text").rows()
    groups = _group([_shingles(text) for _, _, _, text in rows])
    names: list[str | None] = [None] * len(rows)
    copies = [False] * len(rows)
    for members in groups:
        representative = min(members, key=lambda i: (rows[i][2] or date.max, rows[i][1]))
        for member in members:
            names[member] = make_id("dup", rows[representative][0])
            copies[member] = member != representative
    return documents.with_columns(
        pl.Series("duplicate_group_id", names, dtype=pl.String), pl.Series("is_duplicate", copies, dtype=pl.Boolean)
    )


def _shingles(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))


def _group(shingles: list[frozenset[str]]) -> list[list[int]]:
    """Return the groups of two and more texts that are the same, each in ascending order."""
    signatures = RMinHash.from_token_sets([sorted(s) for s in shingles], _SIGNATURE, _SEED)
    index = RMinHashLSH(_MIN_RESEMBLANCE, _SIGNATURE, _BANDS)
    leader = list(range(len(shingles)))

    def find(member: int) -> int:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for number, signature in enumerate(signatures):
        for other in sorted(index.query(signature)):
            low, high = sorted((find(number), find(other)))
            if low != high and _is_same(shingles[number], shingles[other]):
                leader[high] = low
        index.insert(number, signature)
    groups: dict[int, list[int]] = {}
    for member in range(len(shingles)):
        groups.setdefault(find(member), []).append(member)
    return [members for members in groups.values() if len(members) > 1]


def _is_same(left: frozenset[str], right: frozenset[str]) -> bool:
    common = len(left & right)
    shorter = min(len(left), len(right))
    return common >= _MIN_RESEMBLANCE * (len(left) + len(right) - common) or (
        shorter >= _MIN_CONTAINED and common >= _MIN_CONTAINMENT * shorter
    )
