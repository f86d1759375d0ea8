"""From documents as found to their articles: the steps of cleaning, in order.

What belongs here: the order of the steps and the values they hand on. What does not: any step.
"""

import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.cleaning.byline import read_author
from pipeline.cleaning.features import Stack
from pipeline.cleaning.judgement import (
    MAX_HEADLINE,
    Verdict,
    describe_pages,
    find_plain,
    judge_pages,
    judge_texts,
    judge_wording,
    page_model,
    text_model,
)
from pipeline.cleaning.language import detect_language, name_language
from pipeline.cleaning.ledger import Edit, Proposal, apply_edits, compose, place_edits
from pipeline.cleaning.metadata import PageMetadata, read_metadata
from pipeline.cleaning.nonarticles import NonArticle, find_reason
from pipeline.cleaning.page import Block, MalformedPageError, Page, parse_tree, read_blocks
from pipeline.cleaning.published import find_published_on
from pipeline.cleaning.repairs import repair
from pipeline.cleaning.residue import find_prefixes
from pipeline.cleaning.segments import Segment, split_segments
from pipeline.tables import EditKind, PublishedOnBasis

SUPPORTED_LANGUAGE = "en"


class Source(NamedTuple):
    """A document as found: the source of an HTML page, or a bare text."""

    content: str
    is_page: bool


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


def clean_articles(sources: Sequence[Source]) -> list[Article | NonArticle]:
    """Return the article of each document, or why it holds none, or none in a language that is supported.

    Documents are taken together for speed alone: none has a say in another's article.
    """
    from_pages = iter(extract_from_pages([source.content for source in sources if source.is_page]))
    from_texts = iter(extract_from_texts([source.content for source in sources if not source.is_page]))
    extractions = [next(from_pages if source.is_page else from_texts) for source in sources]
    return [
        found if isinstance(found, NonArticle) else _conclude(found, source.content)
        for source, found in zip(sources, extractions, strict=True)
    ]


def _conclude(extraction: Extraction, content: str) -> Article | NonArticle:
    """Return the article that was extracted from a document of this content, or why it is none."""
    kept = split_segments(extraction.clean_text)
    metadata = extraction.metadata
    headline = _find_headline(kept)
    title = headline if metadata is None else metadata.title
    language = detect_language(extraction.clean_text) or detect_language(extraction.raw_text)
    if language is not None and language != SUPPORTED_LANGUAGE:
        return NonArticle("unsupported_language", f"the text is in {name_language(language)} ({language})")
    reason = find_reason(extraction.raw_text, kept, title)
    if reason is not None:
        return reason
    if language is None:
        return NonArticle("no_article", "the text is in no language that can be told")
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


@contextmanager
def _collecting_later() -> Generator[None]:
    """Put garbage collection off: it would search all that documents taken together hold, over and over."""
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()


@_collecting_later()
def extract_from_texts(raw_texts: Sequence[str]) -> list[Extraction]:
    """Return what is article of each bare text: repaired first, then judged segment by segment."""
    repaired = [_repair(raw_text) for raw_text in raw_texts]
    verdicts = judge_texts([text.segments for text in repaired], text_model())
    return [_drop(text, found) for text, found in zip(repaired, verdicts, strict=True)]


@_collecting_later()
def extract_from_pages(sources: Sequence[str]) -> list[Extraction | NonArticle]:
    """Return what is article of each HTML page: its blocks judged one by one; what they leave is tidied as a text.

    A source that is no page at all is no article.
    """
    read = [_read_page(source) for source in sources]
    pages = [each for each in read if isinstance(each, _ReadPage)]
    stack = Stack([each.page for each in pages])
    verdicts = judge_pages(stack, describe_pages(stack, [each.metadata for each in pages]), page_model())
    left = [_drop_blocks(each.page, found) for each, found in zip(pages, verdicts, strict=True)]
    wordings = judge_wording([each.repaired.segments for each in left], find_plain(stack, verdicts))
    extractions = iter([_conclude_page(*of_page) for of_page in zip(pages, verdicts, left, wordings, strict=True)])
    return [next(extractions) if isinstance(each, _ReadPage) else each for each in read]


class _ReadPage(NamedTuple):
    page: Page
    metadata: PageMetadata


def _read_page(source: str) -> _ReadPage | NonArticle:
    try:
        tree = parse_tree(source)
    except MalformedPageError as error:
        return NonArticle("malformed", str(error))
    metadata = read_metadata(tree)
    return _ReadPage(read_blocks(tree), metadata)


class _Left(NamedTuple):
    """What is left of a page without the blocks that are residue, and the edits that removed these."""

    repaired: "_Repaired"
    removals: tuple[Edit, ...]


def _drop_blocks(page: Page, verdicts: Sequence[Verdict | None]) -> _Left:
    removals = place_edits(page.raw_text, drop_segments(page.raw_text, page.blocks, verdicts))
    return _Left(_repair(apply_edits(page.raw_text, removals)), removals)


def _conclude_page(
    read: _ReadPage, verdicts: Sequence[Verdict | None], left: _Left, wordings: Sequence[Verdict | None]
) -> Extraction:
    page, metadata = read
    tidied = _drop(left.repaired, wordings)
    return Extraction(
        raw_text=page.raw_text,
        clean_text=tidied.clean_text,
        edits=compose(page.raw_text, left.removals, tidied.edits),
        dropped=(*_dropped(page.blocks, verdicts), *tidied.dropped),
        metadata=metadata,
    )


class _Repaired(NamedTuple):
    """A text repaired and without what stands before its paragraphs; `edits` lead from `raw_text` to `text`."""

    raw_text: str
    text: str
    edits: tuple[Edit, ...]
    dropped: tuple[Dropped, ...]
    segments: list[Segment]


def _repair(raw_text: str) -> _Repaired:
    repaired, repairs = repair(raw_text)
    segments = split_segments(repaired)
    prefixes = find_prefixes(segments)
    cut = place_edits(repaired, [Proposal(f.start, f.end, "", f.kind, f.rule_id) for f in prefixes])
    text = apply_edits(repaired, cut)
    dropped = tuple(Dropped(repaired[f.start : f.end], f.kind, f.rule_id, marks_ai=False) for f in prefixes)
    left = split_segments(text) if cut else segments
    return _Repaired(raw_text, text, compose(raw_text, repairs, cut), dropped, left)


def _drop(repaired: _Repaired, verdicts: Sequence[Verdict | None]) -> Extraction:
    """Drop the segments of a repaired text that have a verdict."""
    removals = place_edits(repaired.text, drop_segments(repaired.text, repaired.segments, verdicts))
    return Extraction(
        raw_text=repaired.raw_text,
        clean_text=apply_edits(repaired.text, removals),
        edits=compose(repaired.raw_text, repaired.edits, removals),
        dropped=(*repaired.dropped, *_dropped(repaired.segments, verdicts)),
        metadata=None,
    )


def drop_segments(
    text: str, segments: Sequence[Segment] | Sequence[Block], verdicts: Sequence[Verdict | None]
) -> list[Proposal]:
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


def _dropped(segments: Sequence[Segment] | Sequence[Block], verdicts: Sequence[Verdict | None]) -> tuple[Dropped, ...]:
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
