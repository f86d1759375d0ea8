"""From one document as found to its article: the steps of cleaning, in order.

What belongs here: the order of the steps and the values they hand on. What does not: any step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from pipeline.cleaning.byline import read_author
from pipeline.cleaning.judgement import (
    MAX_HEADLINE,
    Verdict,
    describe_page,
    judge_page,
    judge_text,
    judge_wording,
    page_model,
    text_model,
)
from pipeline.cleaning.language import detect_language, name_language
from pipeline.cleaning.ledger import Edit, Proposal, apply_edits, compose, place_edits
from pipeline.cleaning.metadata import PageMetadata, read_metadata
from pipeline.cleaning.nonarticles import find_reason
from pipeline.cleaning.page import MalformedPageError, parse_tree, read_blocks
from pipeline.cleaning.published import find_published_on
from pipeline.cleaning.repairs import repair
from pipeline.cleaning.residue import find_prefixes
from pipeline.cleaning.segments import Segment, split_segments
from pipeline.tables import EditKind, PublishedOnBasis, RejectionReason

SUPPORTED_LANGUAGE = "en"


class NotAnArticleError(Exception):
    """The document holds no article; `reason` and the message say why."""

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: RejectionReason = reason


class Dropped(NamedTuple):
    """A piece of text that went, and why."""

    text: str
    kind: EditKind
    rule_id: str
    marks_ai: bool


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document's text before and after cleaning; `edits` lead from `raw_text` to `clean_text`."""

    raw_text: str
    clean_text: str
    edits: tuple[Edit, ...]
    dropped: tuple[Dropped, ...]
    metadata: PageMetadata | None

    @property
    def particulars(self) -> list[str]:
        """Return the lines that went which tell of the article itself: its authors, dates and the like."""
        return [piece.text for piece in self.dropped if piece.kind in {"metadata", "byline"}]


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


def clean_article(content: str, *, is_page: bool) -> Article:
    """Return the article of a document: the source of an HTML page, or a bare text.

    Raises NotAnArticleError where the document holds none, or one in a language that is not supported.
    """
    extraction = extract_from_page(content) if is_page else extract_from_text(content)
    kept = split_segments(extraction.clean_text)
    metadata = extraction.metadata
    headline = _find_headline(kept)
    title = headline if metadata is None else metadata.title
    language = detect_language(extraction.clean_text) or detect_language(extraction.raw_text)
    if language is not None and language != SUPPORTED_LANGUAGE:
        raise NotAnArticleError("unsupported_language", f"the text is in {name_language(language)} ({language})")
    reason = find_reason(extraction.raw_text, kept, title)
    if reason is not None:
        raise NotAnArticleError(*reason)
    if language is None:
        raise NotAnArticleError("no_article", "the text is in no language that can be told")
    published_on, basis = find_published_on(metadata, extraction.particulars, content)
    byline = next((read_author(piece.text) for piece in extraction.dropped if piece.rule_id == "byline"), None)
    return Article(
        raw_text=extraction.raw_text,
        clean_text=extraction.clean_text,
        edits=extraction.edits,
        language=language,
        title=title,
        author=(metadata.author if metadata else None) or byline,
        source_name=metadata.source_name if metadata else None,
        published_on=published_on,
        published_on_basis=basis,
        is_ai_generated=any(piece.marks_ai for piece in extraction.dropped),
    )


def extract_from_text(raw_text: str) -> Extraction:
    """Return what is article of a bare text: repaired first, then judged segment by segment."""
    return _tidy(raw_text, partial(judge_text, model=text_model()))


def extract_from_page(source: str) -> Extraction:
    """Return what is article of an HTML page: its blocks judged one by one; what they leave is tidied as a text.

    Raises NotAnArticleError where the source is no page at all.
    """
    try:
        tree = parse_tree(source)
    except MalformedPageError as error:
        raise NotAnArticleError("malformed", str(error)) from error
    metadata = read_metadata(tree)
    page = read_blocks(tree)
    verdicts = judge_page(page, describe_page(page, metadata), page_model())
    removals = place_edits(page.raw_text, drop_segments(page.raw_text, page.segments, verdicts))
    tidied = _tidy(apply_edits(page.raw_text, removals), judge_wording)
    return Extraction(
        raw_text=page.raw_text,
        clean_text=tidied.clean_text,
        edits=compose(page.raw_text, removals, tidied.edits),
        dropped=(*_dropped(page.segments, verdicts), *tidied.dropped),
        metadata=metadata,
    )


def _tidy(raw_text: str, judge: Callable[[Sequence[Segment]], list[Verdict | None]]) -> Extraction:
    """Repair a text, cut what stands before its paragraphs, and drop the segments with a verdict."""
    repaired, repairs = repair(raw_text)
    segments = split_segments(repaired)
    prefixes = find_prefixes(segments)
    cut = place_edits(repaired, [Proposal(f.start, f.end, "", f.kind, f.rule_id) for f in prefixes])
    text = apply_edits(repaired, cut)
    if cut:
        segments = split_segments(text)
    verdicts = judge(segments)
    removals = place_edits(text, drop_segments(text, segments, verdicts))
    return Extraction(
        raw_text=raw_text,
        clean_text=apply_edits(text, removals),
        edits=compose(raw_text, compose(raw_text, repairs, cut), removals),
        dropped=(
            *(Dropped(repaired[f.start : f.end], f.kind, f.rule_id, marks_ai=False) for f in prefixes),
            *_dropped(segments, verdicts),
        ),
        metadata=None,
    )


def drop_segments(text: str, segments: Sequence[Segment], verdicts: Sequence[Verdict | None]) -> list[Proposal]:
    """Return edits that drop the segments with a verdict, each with the line end after it, at the end before it."""
    last_kept = max((index for index, verdict in enumerate(verdicts) if verdict is None), default=-1)
    proposals: list[Proposal] = []
    for index, (segment, verdict) in enumerate(zip(segments, verdicts, strict=True)):
        if verdict is not None:
            before = index > last_kept and segment.start > 0
            start = segment.start - 1 if before else segment.start
            end = segment.end if before else min(segment.end + 1, len(text))
            proposals.append(Proposal(start, end, "", verdict.kind, verdict.rule_id))
    return proposals


def _dropped(segments: Sequence[Segment], verdicts: Sequence[Verdict | None]) -> tuple[Dropped, ...]:
    return tuple(
        Dropped(segment.text, verdict.kind, verdict.rule_id, verdict.rule is not None and verdict.rule.marks_ai)
        for segment, verdict in zip(segments, verdicts, strict=True)
        if verdict is not None
    )


def _find_headline(segments: Sequence[Segment]) -> str | None:
    """Return the first line where it reads as a headline: short, no sentence, and not all there is."""
    if len(segments) < 2 or segments[0].word_count > MAX_HEADLINE or segments[0].ends_as_sentence:
        return None
    return segments[0].text
