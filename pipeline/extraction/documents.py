"""Running an extractor over the documents table: frames in, frames out, no document stopping the others.

Belongs here: the loop over documents and the frames it fills. Does not belong here: extraction, and what makes a
draft a row (`grounding`).
"""

import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import polars as pl
from pydantic import TypeAdapter

from pipeline.cleaning.ledger import SpanMap
from pipeline.extraction.extractor import Extractor
from pipeline.extraction.grounding import GroundedRows, ground
from pipeline.extraction.model import Article
from pipeline.memory import NO_MEMORY, Memory
from pipeline.schema import rows_to_frame
from pipeline.tables import Claim, DocumentEntity, Mention, Sentence

_ARTICLE_COLUMNS = ("document_id", "clean_text", "title", "published_on")
_EDIT_COLUMNS = ("raw_start", "raw_end", "clean_start", "removed_text", "inserted_text")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was extracted from a batch of documents: frames with exactly the columns of their row models.

    `failed` holds document and message of each document on which extraction raised; nothing of it is in the frames.
    `dropped_count` counts drafts that did not stand in their text or did not conform to the registry.
    """

    sentences: pl.DataFrame
    document_entities: pl.DataFrame
    mentions: pl.DataFrame
    claims: pl.DataFrame
    failed: tuple[tuple[str, str], ...]
    dropped_count: int


_ROWS = TypeAdapter(GroundedRows)


@dataclass(frozen=True, slots=True)
class _PlacedEdit:
    raw_start: int
    raw_end: int
    clean_start: int
    removed_text: str
    inserted_text: str


def extract_documents(
    documents: pl.DataFrame,
    text_edits: pl.DataFrame,
    extractor: Extractor,
    progress: Callable[[int, int], None] | None = None,
    memory: Memory = NO_MEMORY,
) -> Extracted:
    """Return sentences, entities, mentions and claims of all `documents` (rows of the documents table).

    `text_edits` holds the edits of these documents at least; they give the raw offsets. `progress` is told the number
    of documents done and of all, after each. A document on which the extractor raises is reported in `failed`; one that
    `memory` knows the rows of is not read again. Documents are read one at a time, though language models are faster in
    batches: sums of numbers round otherwise in other batches, and no document may depend on those beside it.
    """
    edits = _group_edits(text_edits)
    grounded: list[GroundedRows] = []
    failed: list[tuple[str, str]] = []
    articles = list(_read_articles(documents))
    inputs = [_describe_input(each, edits, extractor) for each in articles]
    with memory.recollect(_ROWS, inputs) as known, _keep_what_is_loaded():
        for index, article in enumerate(articles):
            try:
                rows = known.find(index)
                if rows is None:
                    (extraction,) = extractor.extract([article])
                    spans = SpanMap.from_edits(edits.get(article.document_id, []))
                    rows = ground(article, extraction, spans, extractor.version)
                    known.keep(index, rows)
                grounded.append(rows)
            except Exception as error:
                failed.append((article.document_id, f"{type(error).__name__}: {error}"))
            if progress is not None:
                progress(index + 1, documents.height)
    return Extracted(
        sentences=rows_to_frame(Sentence, [row for rows in grounded for row in rows.sentences]),
        document_entities=rows_to_frame(DocumentEntity, [row for rows in grounded for row in rows.entities]),
        mentions=rows_to_frame(Mention, [row for rows in grounded for row in rows.mentions]),
        claims=rows_to_frame(Claim, [row for rows in grounded for row in rows.claims]),
        failed=tuple(failed),
        dropped_count=sum(rows.dropped_count for rows in grounded),
    )


@contextmanager
def _keep_what_is_loaded() -> Generator[None]:
    """Leave models, knowledge and input, which are large and stay, out of garbage collection, which would search them
    over and over.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _read_articles(documents: pl.DataFrame) -> Iterator[Article]:
    for row in documents.select(_ARTICLE_COLUMNS).iter_rows():
        document_id, text, title, published_on = row
        assert isinstance(published_on, date | None)
        yield Article(document_id=str(document_id), text=str(text), title=title, published_on=published_on)


def _describe_input(article: Article, edits: dict[str, list[_PlacedEdit]], extractor: Extractor) -> str:
    """Return all that the rows of an article depend on, beside code and knowledge."""
    return repr((extractor.version, article, edits.get(article.document_id)))


def _group_edits(text_edits: pl.DataFrame) -> dict[str, list[_PlacedEdit]]:
    grouped: dict[str, list[_PlacedEdit]] = {}
    for document_id, *edit in text_edits.select("document_id", *_EDIT_COLUMNS).iter_rows():
        grouped.setdefault(document_id, []).append(_PlacedEdit(*edit))
    return grouped
