"""Looks at clean text once more, for the quality gate: whatever a rule would still remove should not be there.

What does not belong here: rules, and any removal.
"""

from typing import NamedTuple

from pipeline.cleaning.residue import find_prefixes, find_residue
from pipeline.cleaning.segments import split_segments
from pipeline.tables import EditKind


class Leftover(NamedTuple):
    """Boilerplate that stands in clean text: its words, kind, and the rule that knows it."""

    text: str
    kind: EditKind
    rule_id: str


def find_boilerplate(clean_text: str) -> list[Leftover]:
    """Return the parts of an article's text that cleaning would remove if it saw them again."""
    segments = split_segments(clean_text)
    leftovers = [
        Leftover(clean_text[found.start : found.end], found.kind, found.rule_id) for found in find_prefixes(segments)
    ]
    leftovers += [
        Leftover(segment.text, rule.kind, rule.id)
        for segment, rule in zip(segments, find_residue(segments), strict=True)
        if rule is not None
    ]
    return leftovers
