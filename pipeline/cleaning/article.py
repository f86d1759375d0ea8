"""From one text as found to its article: the steps of cleaning, in order.

What belongs here: the order of the steps and the values they hand on. What does not: any step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cleaning.byline import read_author
from pipeline.cleaning.dates import read_date
from pipeline.cleaning.language import detect_language, name_language
from pipeline.cleaning.ledger import Edit, Proposal, apply_edits, compose, place_edits
from pipeline.cleaning.repairs import repair
from pipeline.cleaning.residue import Finding, ResidueRule, find_prefixes, find_residue
from pipeline.cleaning.segments import Segment, count_words, split_segments
from pipeline.tables import PublishedOnBasis, RejectionReason

SUPPORTED_LANGUAGE = "en"
_MIN_WORDS = 12
_MAX_TITLE_WORDS = 25


class NotAnArticleError(Exception):
    """The document holds no article; `reason` and the message say why."""

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: RejectionReason = reason


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what its document tells about it; `edits` lead from `raw_text` to `clean_text`."""

    raw_text: str
    clean_text: str
    edits: tuple[Edit, ...]
    language: str
    title: str | None
    author: str | None
    source_name: str | None
    published_on: date | None
    published_on_basis: PublishedOnBasis
    is_ai_generated: bool


def clean_text(raw_text: str) -> Article:
    """Return the article of a bare text.

    Raises NotAnArticleError where it is in a language that is not supported, or too short for an article.
    """
    language = _checked_language(raw_text)
    repaired, repairs = repair(raw_text)
    segments = split_segments(repaired)
    prefixes = find_prefixes(segments)
    verdicts = find_residue(segments)
    removals = place_edits(repaired, [*map(_as_proposal, prefixes), *drop_segments(repaired, segments, verdicts)])
    clean = apply_edits(repaired, removals)
    if count_words(clean) < _MIN_WORDS:
        raise NotAnArticleError("too_short", f"{count_words(clean)} words of article; at least {_MIN_WORDS} are needed")
    dropped = [(s.text, rule) for s, rule in zip(segments, verdicts, strict=True) if rule is not None]
    stamps = [repaired[f.start : f.end] for f in prefixes if f.kind == "metadata"]
    published_on = _first_date([*stamps, *(text for text, rule in dropped if rule.kind == "metadata")])
    kept = [segment for segment, rule in zip(segments, verdicts, strict=True) if rule is None]
    return Article(
        raw_text=raw_text,
        clean_text=clean,
        edits=compose(raw_text, repairs, removals),
        language=language,
        title=find_headline(kept),
        author=next((read_author(text) for text, rule in dropped if rule.id == "byline"), None),
        source_name=None,
        published_on=published_on,
        published_on_basis="none" if published_on is None else "text",
        is_ai_generated=any(rule.marks_ai for _, rule in dropped),
    )


def drop_segments(text: str, segments: Sequence[Segment], verdicts: Sequence[ResidueRule | None]) -> list[Proposal]:
    """Return edits that drop the segments with a verdict, each with the line end after it, at the end before it."""
    last_kept = max((i for i, verdict in enumerate(verdicts) if verdict is None), default=-1)
    proposals: list[Proposal] = []
    for index, (segment, rule) in enumerate(zip(segments, verdicts, strict=True)):
        if rule is not None:
            before = index > last_kept and segment.start > 0
            start = segment.start - 1 if before else segment.start
            end = segment.end if before else min(segment.end + 1, len(text))
            proposals.append(Proposal(start, end, "", rule.kind, rule.id))
    return proposals


def find_headline(segments: Sequence[Segment]) -> str | None:
    """Return the first line where it reads as a headline: short, no sentence, and not all there is."""
    if len(segments) < 2 or segments[0].word_count > _MAX_TITLE_WORDS or segments[0].ends_as_sentence:
        return None
    return segments[0].text


def _as_proposal(finding: Finding) -> Proposal:
    return Proposal(finding.start, finding.end, "", finding.kind, finding.rule_id)


def _first_date(texts: Sequence[str]) -> date | None:
    return next((found for found in map(read_date, texts) if found is not None), None)


def _checked_language(text: str) -> str:
    language = detect_language(text)
    if language is None:
        raise NotAnArticleError("no_article", "the text holds no words")
    if language != SUPPORTED_LANGUAGE:
        raise NotAnArticleError("unsupported_language", f"the text is in {name_language(language)} ({language})")
    return language
