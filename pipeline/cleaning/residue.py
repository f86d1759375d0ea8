"""Residue by wording: the engine of the rules in `data/residue.toml`.

What belongs here: matching rules on segments, and how far the block reaches that a heading opens. What does not: the
wordings, which are data, and the judgement of segments that no wording gives away, which is the model's.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, Implementation
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.cleaning.rulebook import load_rules
from pipeline.cleaning.segments import Segment, lower_letters
from pipeline.tables import EditKind

Scope = Literal["segment", "start", "prefix", "list", "block", "tail"]

_CHARACTERS_PER_WORD = 12
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
    cues: tuple[str, ...] = Field(min_length=1)
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

    @property
    def max_characters(self) -> int:
        """Return how long a segment may be."""
        return self.max_words * _CHARACTERS_PER_WORD

    def matched_end(self, text: str, small: str) -> int | None:
        """Return where in a segment the match of the rule ends, None where it does not match.

        `small` is the text in small letters, character for character.
        """
        if len(text) > self.max_characters or text.count(" ") >= self.max_words:
            return None
        match = self.pattern.match(small) if self.scope in {"start", "prefix"} else self.pattern.fullmatch(small)
        if match is None or (self.needs is not None and self.needs.search(small) is None):
            return None
        return match.end() if self.cased is None or self.cased.search(text) else None


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
    prefixes = _prefix_rules()
    found: list[Finding] = []
    for segment in segments:
        opening = f"\n{segment.text[: prefixes.reach].lower()}"
        if not opening.startswith(prefixes.cues):
            continue
        for rule in prefixes.rules:
            end = rule.matched_end(segment.text, segment.small) if opening.startswith(rule.cues) else None
            if end is not None:
                found.append(Finding(segment.start, segment.start + end, rule.kind, rule.id))
    return found


class _PrefixRules(NamedTuple):
    """The rules on beginnings of segments, the cues of all, and how far a cue reaches."""

    rules: Sequence[ResidueRule]
    cues: tuple[str, ...]
    reach: int


@cache
def _prefix_rules() -> _PrefixRules:
    rules = [rule for rule in residue_rules() if rule.scope == "prefix"]
    cues = tuple(cue for rule in rules for cue in rule.cues)
    return _PrefixRules(rules, cues, max(map(len, cues)))


def match_rules(texts: Sequence[str], small: Sequence[str]) -> list[ResidueRule | None]:
    """Return for each segment the rule whose wording the whole of it has, of several the first.

    `small` are the texts in small letters; a segment whose text in small letters is left empty has no rule.
    """
    matched: list[ResidueRule | None] = [None] * len(texts)
    for place, rule in _find_cued(small):
        text, line = texts[place], small[place]
        if matched[place] is None:
            line = line if len(line) == len(text) else lower_letters(text)
            matched[place] = rule if rule.matched_end(text, line) is not None else None
    return matched


def _find_cued(lines: Sequence[str]) -> Iterator[tuple[int, ResidueRule]]:
    """Yield the places of lines and the rules for lines so long that have a cue there, each pair once, in order."""
    cued = _cued_rules()
    whole = ("\n" + "\n".join(lines)).encode("utf-8", "surrogatepass")
    found = cued.cues.find_matches_as_indexes(whole, overlapping=True)
    if not found:
        return
    matches = np.array(found, dtype=np.int64)
    cues, starts = matches[:, 0], matches[:, 1]
    beginnings = np.flatnonzero(np.frombuffer(whole, dtype=np.uint8) == ord("\n"))
    places, numbers = np.searchsorted(beginnings, starts, side="right") - 1, cued.numbers[cues]
    fits = np.array([len(line) for line in lines])[places] <= cued.limits[numbers]
    pairs = np.unique(places[fits] * len(cued.rules) + numbers[fits])
    found_in: list[int] = (pairs // len(cued.rules)).tolist()
    found_of: list[int] = (pairs % len(cued.rules)).tolist()
    yield from zip(found_in, [cued.rules[number] for number in found_of], strict=True)


class _CuedRules(NamedTuple):
    """The rules on whole segments, how long these may be, and their cues: `numbers` has each cue's rule's number."""

    rules: Sequence[ResidueRule]
    limits: NDArray[np.int64]
    cues: BytesAhoCorasick
    numbers: NDArray[np.int64]


@cache
def _cued_rules() -> _CuedRules:
    rules = [rule for rule in residue_rules() if rule.scope != "prefix"]
    return _CuedRules(
        rules,
        np.array([rule.max_characters for rule in rules]),
        BytesAhoCorasick((cue.encode() for rule in rules for cue in rule.cues), implementation=Implementation.DFA),
        np.repeat(np.arange(len(rules)), [len(rule.cues) for rule in rules]),
    )


def find_residue(segments: Sequence[Segment]) -> list[ResidueRule | None]:
    """Return for each segment the rule that calls it residue, by its own wording or by the heading above it."""
    texts = [segment.text for segment in segments]
    return extend_residue(segments, match_rules(texts, [text.lower() for text in texts]))


def extend_residue(segments: Sequence[Segment], own: Sequence[ResidueRule | None]) -> list[ResidueRule | None]:
    """Return for each segment the rule of its `own` wording or of the heading above it."""
    verdicts = list(own)
    if not any(own):
        return verdicts
    lines = [_Line(segment.word_count, segment.ends_as_sentence) for segment in segments]
    for index, rule in enumerate(own):
        if rule is None or verdicts[index] is not rule:
            continue
        for position in range(index + 1, _reach(rule, index, lines, own)):
            verdicts[position] = verdicts[position] or rule
    _drop_headings_of_nothing(lines, verdicts)
    return verdicts


class _Line(NamedTuple):
    """What of a segment says whether it is a link, a teaser or part of the article."""

    word_count: int
    ends_as_sentence: bool

    @property
    def is_link(self) -> bool:
        return self.word_count <= _LINK_WORDS and not self.ends_as_sentence


def _reach(rule: ResidueRule, heading: int, lines: Sequence[_Line], own: Sequence[ResidueRule | None]) -> int:
    """Return the index of the first segment after the block that the heading opens."""
    only_teasers = rule.scope == "block" and _are_teasers(lines[heading + 1 :])
    if (rule.scope == "tail" or only_teasers) and _is_behind_article(heading, lines, own):
        return len(lines)
    if rule.scope in {"list", "block"}:
        for position in range(heading + 1, len(lines)):
            if own[position] is None and not lines[position].is_link:
                return position
        return len(lines)
    return heading + 1


def _are_teasers(lines: Sequence[_Line]) -> bool:
    """Whether all are short, and the article does not go on in sentences behind a list of links."""
    has_links, run = False, 0
    for line in lines:
        run = run + 1 if line.ends_as_sentence else 0
        has_links = has_links or line.is_link
        if line.word_count > _TEASER_WORDS or (has_links and run >= _ARTICLE_RUN):
            return False
    return True


def _is_behind_article(heading: int, lines: Sequence[_Line], own: Sequence[ResidueRule | None]) -> bool:
    """Whether more of the text's sentences stand before the heading than after it."""
    words = [
        line.word_count if rule is None and line.ends_as_sentence else 0 for line, rule in zip(lines, own, strict=True)
    ]
    return sum(words[:heading]) > sum(words[heading + 1 :])


def _drop_headings_of_nothing(lines: Sequence[_Line], verdicts: list[ResidueRule | None]) -> None:
    """Call a short line residue that is followed by residue alone: a heading whose text is gone."""
    following: ResidueRule | None = None
    for index in range(len(lines) - 1, 0, -1):
        if verdicts[index] is None:
            if following is None or lines[index].word_count > 3 or lines[index].ends_as_sentence:
                return
            verdicts[index] = following
        following = verdicts[index]
