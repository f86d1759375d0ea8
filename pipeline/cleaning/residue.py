"""Residue by wording: the engine of the rules in `data/residue.toml`.

What belongs here: matching rules on segments, and how far the block reaches that a heading opens. What does not: the
wordings, which are data, and the judgement of segments that no wording gives away, which is the model's.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick
from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.cleaning.rulebook import load_rules
from pipeline.cleaning.segments import Segment
from pipeline.tables import EditKind

Scope = Literal["segment", "start", "prefix", "list", "block", "tail"]

_CHARACTERS_PER_WORD = 12
_WORD_LIMITS = (8, 24, 60)
_CAPITAL = re.compile(r"(?<!\\)[A-ZÀ-Þ]")
_TEASER_WORDS = 60
_ARTICLE_RUN = 4
_LINK_WORDS = 25


class ResidueRule(BaseModel):
    """One wording of residue, what it takes with it, and examples that are its tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: EditKind
    scope: Scope
    description: str = Field(min_length=10)
    max_words: int = Field(gt=0)
    pattern: re.Pattern[str]
    cues: tuple[str, ...] = ()
    needs: re.Pattern[str] | None = None
    cased: re.Pattern[str] | None = None
    marks_ai: bool = False
    fires: tuple[str, ...] = Field(min_length=1)
    quiet: tuple[str, ...] = Field(min_length=1)

    @field_validator("pattern", "needs")
    @classmethod
    def _is_in_small_letters(cls, pattern: re.Pattern[str] | None) -> re.Pattern[str] | None:
        if pattern is not None and _CAPITAL.search(pattern.pattern):
            raise ValueError("write the pattern in small letters: it is matched on the small letters of a text")
        return pattern

    def matched_end(self, segment: Segment) -> int | None:
        """Return where in the segment the match of the rule ends, None where it does not match."""
        if segment.word_count > self.max_words or len(segment.text) > self.max_words * _CHARACTERS_PER_WORD:
            return None
        text = segment.small
        if self.cues and not any(cue in text for cue in self.cues):
            return None
        whole = self.scope not in {"start", "prefix"}
        match = self.pattern.fullmatch(text) if whole else self.pattern.match(text)
        if match is None or (self.needs is not None and self.needs.search(text) is None):
            return None
        if self.cased is not None and self.cased.search(segment.text) is None:
            return None
        return match.end()


class Finding(NamedTuple):
    """Part of a text that a rule calls residue: a span of the text, the kind and the rule."""

    start: int
    end: int
    kind: EditKind
    rule_id: str


@cache
def residue_rules() -> tuple[ResidueRule, ...]:
    """Return the rules in the order in which they are tried; the first that matches a segment decides."""
    return load_rules("residue.toml", "residue", ResidueRule)


def find_prefixes(segments: Sequence[Segment]) -> list[Finding]:
    """Return the beginnings of segments that are residue while the rest of the segment is not."""
    found: list[Finding] = []
    for rule in residue_rules():
        if rule.scope == "prefix":
            for segment in segments:
                end = rule.matched_end(segment)
                if end is not None:
                    found.append(Finding(segment.start, segment.start + end, rule.kind, rule.id))
    return found


def match_rule(segment: Segment) -> ResidueRule | None:
    """Return the rule whose wording the whole segment has, of several the first."""
    if segment.word_count > _longest():
        return None
    return _match_rule(segment.text)


@cache
def _longest() -> int:
    return max(rule.max_words for rule in residue_rules() if rule.scope != "prefix")


@lru_cache(maxsize=10_000)
def _match_rule(text: str) -> ResidueRule | None:
    segment = Segment(0, text)
    possible = _possible_rules(bisect_left(_WORD_LIMITS, segment.word_count))
    small = segment.small
    numbers = {possible.cued[cue] for cue, _, _ in possible.cues.find_matches_as_indexes(small, overlapping=True)}
    match = possible.pattern.match(small)
    if match is not None and match.lastgroup is not None:
        numbers.update(possible.uncued[possible.uncued.index(int(match.lastgroup[1:])) :])
    rules = (possible.rules[number] for number in sorted(numbers))
    return next((rule for rule in rules if rule.matched_end(segment) is not None), None)


class _PossibleRules(NamedTuple):
    """Rules for segments of some length, and how to find by number those that a segment may have the wording of.

    `pattern` are the rules without cues, which are `uncued`; `cues` those of the others: each leads to its rule in
    `cued`.
    """

    rules: tuple[ResidueRule, ...]
    pattern: re.Pattern[str]
    uncued: tuple[int, ...]
    cues: AhoCorasick
    cued: tuple[int, ...]


@cache
def _possible_rules(limit: int) -> _PossibleRules:
    """Return the rules that segments up to a word limit, given by its index, can have the wording of."""
    least = (0, *_WORD_LIMITS)[limit]
    rules = tuple(rule for rule in residue_rules() if rule.scope != "prefix" and rule.max_words > least)
    uncued = tuple(number for number, rule in enumerate(rules) if not rule.cues)
    parts = (
        f"(?P<r{number}>(?:{rules[number].pattern.pattern}){'' if rules[number].scope == 'start' else '$'})"
        for number in uncued
    )
    cues = [(cue, number) for number, rule in enumerate(rules) for cue in rule.cues]
    return _PossibleRules(
        rules,
        re.compile("|".join(parts) or "(?!)"),
        uncued,
        AhoCorasick(cue for cue, _ in cues),
        tuple(number for _, number in cues),
    )


def find_residue(segments: Sequence[Segment]) -> list[ResidueRule | None]:
    """Return for each segment the rule that calls it residue, by its own wording or by the heading above it."""
    return extend_residue(segments, [match_rule(segment) for segment in segments])


def extend_residue(segments: Sequence[Segment], own: Sequence[ResidueRule | None]) -> list[ResidueRule | None]:
    """Return for each segment the rule of its `own` wording or of the heading above it."""
    verdicts = list(own)
    for index, rule in enumerate(own):
        if rule is None or verdicts[index] is not rule:
            continue
        for position in range(index + 1, _reach(rule, index, segments, own)):
            verdicts[position] = verdicts[position] or rule
    _drop_headings_of_nothing(segments, verdicts)
    return verdicts


def _reach(rule: ResidueRule, heading: int, segments: Sequence[Segment], own: Sequence[ResidueRule | None]) -> int:
    """Return the index of the first segment after the block that the heading opens."""
    rest = range(heading + 1, len(segments))
    only_teasers = rule.scope == "block" and _are_teasers([segments[i] for i in rest])
    if (rule.scope == "tail" or only_teasers) and _is_behind_article(heading, segments, own):
        return len(segments)
    if rule.scope in {"list", "block"}:
        for position in rest:
            if own[position] is None and not _is_link(segments[position]):
                return position
        return len(segments)
    return heading + 1


def _are_teasers(segments: Sequence[Segment]) -> bool:
    """Whether all are short, and the article does not go on in sentences behind a list of links."""
    has_links, run = False, 0
    for segment in segments:
        run = run + 1 if segment.ends_as_sentence else 0
        has_links = has_links or _is_link(segment)
        if segment.word_count > _TEASER_WORDS or (has_links and run >= _ARTICLE_RUN):
            return False
    return True


def _is_behind_article(heading: int, segments: Sequence[Segment], own: Sequence[ResidueRule | None]) -> bool:
    """Whether more of the text's sentences stand before the heading than after it."""
    words = [s.word_count if rule is None and s.ends_as_sentence else 0 for s, rule in zip(segments, own, strict=True)]
    return sum(words[:heading]) > sum(words[heading + 1 :])


def _is_link(segment: Segment) -> bool:
    return segment.word_count <= _LINK_WORDS and not segment.ends_as_sentence


def _drop_headings_of_nothing(segments: Sequence[Segment], verdicts: list[ResidueRule | None]) -> None:
    """Call a short line residue that is followed by residue alone: a heading whose text is gone."""
    following: ResidueRule | None = None
    for index in range(len(segments) - 1, 0, -1):
        if verdicts[index] is None:
            if following is None or segments[index].word_count > 3 or segments[index].ends_as_sentence:
                return
            verdicts[index] = following
        following = verdicts[index]
