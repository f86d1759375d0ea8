"""Cleaning a batch: raw documents in, three frames out, and no document ever stops the others.

What belongs here: the columns of `documents`, `text_edits` and `rejected_documents`. What does not: how one document is
cleaned.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

import polars as pl
from pydantic import TypeAdapter

from pipeline.cleaning.article import Article, Source, clean_articles
from pipeline.cleaning.duplicates import mark_duplicates
from pipeline.cleaning.nonarticles import NonArticle
from pipeline.cleaning.segments import count_words
from pipeline.identifiers import make_id
from pipeline.memory import NO_MEMORY, Memory, Recollection
from pipeline.schema import check_schema, polars_schema
from pipeline.tables import Document, RawDocument, RejectedDocument, RejectionReason, RejectionStage, TextEdit


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The frames of one batch, with the columns of their row models."""

    documents: pl.DataFrame
    text_edits: pl.DataFrame
    rejected_documents: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Failure:
    """That the cleaning of a document failed, and how."""

    detail: str


_Outcome: TypeAlias = Article | NonArticle
_OUTCOME: TypeAdapter[_Outcome] = TypeAdapter(_Outcome)
AT_ONCE: Final = 64
_CHARACTERS_AT_ONCE: Final = 4_000_000
"""How many documents are cleaned together, and of how many characters, which bounds the memory of a batch."""


def clean_documents(
    raw: pl.DataFrame,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    memory: Memory = NO_MEMORY,
) -> Cleaned:
    """Return the articles of raw documents, the edits that led to them, and what was rejected, here or by reading.

    Every row of `raw`, a frame of `raw_documents`, is published or rejected, but for vanished ones. A document whose
    cleaning fails is rejected with the error. `now` is the time of rejection of what is new; rejected documents that
    have not changed keep the time of their first reading. Near-duplicates are marked within the batch; of documents
    cleaned in several batches `mark_duplicates` tells them all. `progress` is called with the rows done and all rows.
    A document that `memory` knows the article of is not cleaned again.
    """
    batch = _Batch(now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now)
    rows = [RawDocument.model_construct(**row) for row in check_schema(RawDocument, raw).iter_rows(named=True)]
    with memory.recollect(_OUTCOME, [f"{row.media_type} {row.content_sha256}" for row in rows]) as known:
        for part in _divide([len(row.content or "") for row in rows]):
            together = rows[part]
            for row, outcome in zip(together, _find_outcomes(together, known, part.start), strict=True):
                batch.add(row, outcome)
            if progress is not None:
                progress(part.stop, len(rows))
    return batch.to_frames()


class _Batch:
    """Collects the rows of the three tables."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._documents: list[Document] = []
        self._edits: list[tuple[object, ...]] = []
        self._rejected: list[RejectedDocument] = []

    def add(self, row: RawDocument, outcome: _Outcome | _Failure | None) -> None:
        """Add what came of a raw document, None where it was not cleaned; whatever goes wrong becomes a rejection."""
        if row.change == "vanished":
            return
        try:
            self._add(row, outcome)
        except Exception as error:  # a document that has no row must not take the batch along
            self._reject(row, "clean", "processing_failed", _describe_error(error))

    def _add(self, row: RawDocument, outcome: _Outcome | _Failure | None) -> None:
        if row.rejection_reason is not None:
            self._reject(row, "read", row.rejection_reason, row.rejection_detail or row.rejection_reason)
        elif isinstance(outcome, NonArticle):
            self._reject(row, "clean", outcome.reason, outcome.detail)
        elif isinstance(outcome, _Failure):
            self._reject(row, "clean", "processing_failed", outcome.detail)
        elif outcome is not None:
            document = _document(row, outcome)
            edits = _edit_rows(document.document_id, outcome)
            self._documents.append(document)
            self._edits += edits

    def to_frames(self) -> Cleaned:
        return Cleaned(
            documents=mark_duplicates(_frame(Document, [tuple(row.__dict__.values()) for row in self._documents])),
            text_edits=_frame(TextEdit, self._edits),
            rejected_documents=_frame(RejectedDocument, [tuple(row.__dict__.values()) for row in self._rejected]),
        )

    def _reject(self, row: RawDocument, stage: RejectionStage, reason: RejectionReason, detail: str) -> None:
        self._rejected.append(
            RejectedDocument(
                source_uri=row.source_uri,
                content_sha256=row.content_sha256,
                stage=stage,
                reason=reason,
                detail=detail,
                rejected_at=row.ingested_at if row.change == "unchanged" else self._now,
            )
        )


def _divide(sizes: Sequence[int]) -> Iterator[slice]:
    """Yield the parts of documents of these sizes that are cleaned together."""
    start = held = 0
    for index, size in enumerate(sizes):
        if index > start and (index - start == AT_ONCE or held + size > _CHARACTERS_AT_ONCE):
            yield slice(start, index)
            start, held = index, 0
        held += size
    if sizes:
        yield slice(start, len(sizes))


def _find_outcomes(
    rows: Sequence[RawDocument], known: Recollection[_Outcome], first: int
) -> list[_Outcome | _Failure | None]:
    """Return what is known of raw documents, the first of which has the index `first`, or comes of cleaning them now.

    None stands for documents that are not to be cleaned.
    """
    outcomes: list[_Outcome | _Failure | None] = [None] * len(rows)
    unknown: list[int] = []
    for place, row in enumerate(rows):
        if row.change != "vanished" and row.rejection_reason is None:
            outcomes[place] = known.find(first + place)
            unknown += [place] if outcomes[place] is None else []
    for place, outcome in zip(unknown, _clean([rows[place] for place in unknown]), strict=True):
        outcomes[place] = outcome
        if not isinstance(outcome, _Failure):
            known.keep(first + place, outcome)
    return outcomes


def _clean(rows: Sequence[RawDocument]) -> Sequence[_Outcome | _Failure]:
    """Clean documents together; where that fails each by itself: one that breaks must not take the others along."""
    try:
        return clean_articles([Source(row.content or "", row.media_type == "html") for row in rows])
    except Exception as error:
        if len(rows) == 1:
            return [_Failure(_describe_error(error))]
        return [outcome for row in rows for outcome in _clean([row])]


def _describe_error(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _document(row: RawDocument, article: Article) -> Document:
    removed = sum(edit.raw_end - edit.raw_start for edit in article.edits)
    if row.content_sha256 is None:
        raise ValueError("a raw document with content has no content_sha256")
    return Document(
        document_id=make_id("doc", row.source_uri),
        source_uri=row.source_uri,
        source_name=article.source_name,
        content_sha256=row.content_sha256,
        title=article.title,
        author=article.author,
        published_on=article.published_on,
        published_on_basis=article.published_on_basis,
        language=article.language,
        raw_text=article.raw_text,
        raw_html_sha256=row.content_sha256 if row.media_type == "html" else None,
        clean_text=article.clean_text,
        word_count=count_words(article.clean_text),
        kept_ratio=1 - removed / max(len(article.raw_text), 1),
        is_ai_generated=article.is_ai_generated,
        duplicate_group_id=None,
        is_duplicate=False,
        ingested_at=row.ingested_at,
    )


def _edit_rows(document_id: str, article: Article) -> list[tuple[object, ...]]:
    """Return the rows of `text_edits`, their values in the order of its columns."""
    return [
        (
            make_id("edit", document_id, edit.raw_start, edit.raw_end, edit.inserted_text),
            document_id,
            edit.raw_start,
            edit.raw_end,
            edit.clean_start,
            edit.operation,
            edit.kind,
            edit.rule_id,
            edit.removed_text,
            edit.inserted_text,
        )
        for edit in article.edits
    ]


def _frame(model: type[Document | TextEdit | RejectedDocument], rows: list[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=polars_schema(model), orient="row")
