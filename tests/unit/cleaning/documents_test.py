"""A batch becomes three frames in which every raw document has its place."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from pipeline.cleaning import clean_documents, documents
from pipeline.cleaning.article import Article, Source, clean_articles
from pipeline.cleaning.ledger import apply_edits
from pipeline.cleaning.nonarticles import NonArticle
from pipeline.memory import Memory
from pipeline.schema import empty_frame, polars_schema, rows_to_frame
from pipeline.storage import ResultFile
from pipeline.tables import Document, RawDocument, RejectedDocument, RejectionReason, SourceChange, TextEdit

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BEFORE = datetime(2026, 2, 1)  # noqa: DTZ001
BODY = "The company said on Monday that it would invest more than $50 billion in cloud computing over three years."


def raw(
    uri: str, content: str | None, change: SourceChange = "new", reason: RejectionReason | None = None
) -> RawDocument:
    return RawDocument(
        source_uri=uri,
        content_sha256="0" * 64,
        byte_count=1,
        media_type="text",
        encoding="utf-8",
        content=content,
        change=change,
        rejection_reason=reason,
        rejection_detail="why" if reason else None,
        ingested_at=BEFORE,
    )


def frame(*rows: RawDocument) -> pl.DataFrame:
    return rows_to_frame(RawDocument, rows)


def test_every_document_is_published_or_rejected_but_vanished_ones() -> None:
    cleaned = clean_documents(
        frame(
            raw("a.txt", f"Advertisement\n{BODY}"),
            raw("b.txt", "Too short."),
            raw("c.txt", None, reason="not_text"),
            raw("d.txt", None, change="vanished"),
        ),
        NOW,
    )
    assert cleaned.documents["source_uri"].to_list() == ["a.txt"]
    rejected = cleaned.rejected_documents.select("source_uri", "stage", "reason").rows()
    assert rejected == [("b.txt", "clean", "too_short"), ("c.txt", "read", "not_text")]
    assert cleaned.documents.schema == polars_schema(Document)
    assert cleaned.text_edits.schema == polars_schema(TextEdit)
    assert cleaned.rejected_documents.schema == polars_schema(RejectedDocument)


def test_the_rows_of_edits_rebuild_the_clean_text() -> None:
    cleaned = clean_documents(frame(raw("a.txt", f"  Advertisement\r\n\r\n{BODY}\r\nComments\r\nNo comments yet")), NOW)
    document = cleaned.documents.row(0, named=True)
    edits = [TextEdit(**row) for row in cleaned.text_edits.iter_rows(named=True)]
    assert apply_edits(document["raw_text"], edits) == document["clean_text"] == BODY
    assert {edit.document_id for edit in edits} == {document["document_id"]}
    assert len({edit.edit_id for edit in edits}) == len(edits)


def test_a_document_that_breaks_cleaning_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_on_b(sources: Sequence[Source]) -> list[Article | NonArticle]:
        if any(source.content.startswith("b") for source in sources):
            raise RuntimeError("out of luck")
        return clean_articles(sources)

    monkeypatch.setattr(documents, "clean_articles", break_on_b)
    cleaned = clean_documents(frame(raw("a.txt", BODY), raw("b.txt", "b")), NOW)
    assert cleaned.documents.height == 1
    row = cleaned.rejected_documents.row(0, named=True)
    assert (row["reason"], row["detail"]) == ("processing_failed", "RuntimeError: out of luck")


def test_a_document_that_has_no_row_does_not_stop_the_others() -> None:
    nameless = raw("b.txt", f"{BODY} Again.").model_copy(update={"content_sha256": None})
    cleaned = clean_documents(frame(raw("a.txt", BODY), nameless), NOW)
    assert cleaned.documents["source_uri"].to_list() == ["a.txt"]
    assert cleaned.rejected_documents["reason"].to_list() == ["processing_failed"]


def test_a_known_document_is_not_cleaned_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    batch = frame(raw("a.txt", f"Advertisement\n{BODY}"))
    memory = Memory("clean", "1", ResultFile(tmp_path / "results.duckdb"))
    first = clean_documents(batch, NOW, memory=memory)

    def refuse(sources: Sequence[Source]) -> list[Article | NonArticle]:
        raise RuntimeError("cleaned again")

    monkeypatch.setattr(documents, "clean_articles", refuse)
    again = clean_documents(batch, NOW, memory=memory)
    assert again.documents.equals(first.documents)
    assert again.text_edits.equals(first.text_edits)
    (anew,) = clean_documents(batch, NOW, memory=Memory("clean", "2", memory.store)).rejected_documents["detail"]
    assert anew == "RuntimeError: cleaned again"


def test_why_a_document_is_no_article_is_known_too(tmp_path: Path) -> None:
    memory = Memory("clean", "1", ResultFile(tmp_path / "results.duckdb"))
    batch = frame(raw("b.txt", "Too short."))
    first = clean_documents(batch, NOW, memory=memory)
    assert clean_documents(batch, NOW, memory=memory).rejected_documents.equals(first.rejected_documents)


def test_what_was_rejected_before_keeps_its_time() -> None:
    cleaned = clean_documents(frame(raw("a.txt", None, "unchanged", "empty"), raw("b.txt", None, "new", "empty")), NOW)
    times = cleaned.rejected_documents["rejected_at"].to_list()
    assert times == [BEFORE, NOW.replace(tzinfo=None)]


def test_near_duplicates_of_a_batch_are_marked() -> None:
    cleaned = clean_documents(frame(raw("b.txt", f"{BODY} Again."), raw("a.txt", BODY)), NOW)
    assert dict(cleaned.documents.select("source_uri", "is_duplicate").rows()) == {"a.txt": False, "b.txt": True}


def test_an_empty_batch_gives_empty_frames() -> None:
    cleaned = clean_documents(empty_frame(RawDocument), NOW)
    assert cleaned.documents.is_empty()
    assert cleaned.text_edits.is_empty()
