"""Cleaning a batch: raw documents in, three frames out, and no document ever stops the others.

What belongs here: the columns of `documents`, `text_edits` and `rejected_documents`. What does not: how one document is
cleaned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
from pydantic import TypeAdapter

from pipeline.cleaning.article import Article, NotAnArticleError, clean_article
from pipeline.cleaning.duplicates import mark_duplicates
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
class _NoArticle:
    """That a document holds no article, and why."""

    reason: RejectionReason
    detail: str


_OUTCOME: TypeAdapter[Article | _NoArticle] = TypeAdapter(Article | _NoArticle)


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
        for index, row in enumerate(rows):
            batch.add(row, known, index)
            if progress is not None:
                progress(index + 1, len(rows))
    return batch.to_frames()


class _Batch:
    """Collects the rows of the three tables."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._documents: list[Document] = []
        self._edits: list[tuple[object, ...]] = []
        self._rejected: list[RejectedDocument] = []

    def add(self, row: RawDocument, known: Recollection[Article | _NoArticle], index: int) -> None:
        """Clean the raw document of this index, if it is not known; whatever goes wrong with it becomes a rejection."""
        if row.change == "vanished":
            return
        if row.rejection_reason is not None:
            self._reject(row, "read", row.rejection_reason, row.rejection_detail or row.rejection_reason)
            return
        try:
            outcome = known.find(index)
            if outcome is None:
                outcome = _clean(row)
                known.keep(index, outcome)
            if isinstance(outcome, _NoArticle):
                self._reject(row, "clean", outcome.reason, outcome.detail)
                return
            document = _document(row, outcome)
        except Exception as error:  # a document that breaks cleaning must not take the batch along
            self._reject(row, "clean", "processing_failed", f"{type(error).__name__}: {error}")
        else:
            self._documents.append(document)
            self._edits += _edit_rows(document.document_id, outcome)

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


def _clean(row: RawDocument) -> Article | _NoArticle:
    try:
        return clean_article(row.content or "", is_page=row.media_type == "html")
    except NotAnArticleError as error:
        return _NoArticle(error.reason, str(error))


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
