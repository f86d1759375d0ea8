"""Copies of articles: how many near-duplicates are found, and which different articles are taken for one.

What belongs here: making copies and grouping them. What does not: the method, which is the pipeline's.
"""

import random
from collections.abc import Sequence
from datetime import datetime

import polars as pl

from benchmarks.cleaning.pages import AnnotatedPage
from pipeline.cleaning import mark_duplicates
from pipeline.cleaning.article import extract_from_texts
from pipeline.schema import rows_to_frame
from pipeline.tables import Document

_CHANGED_RATIO = 0.1
_RESIDUE = (
    "Advertisement\n{}\nRelated Articles\nMarkets close higher\nBank raises its rate\nComments\nNo comments yet",
    "Home > News > World\n{}\nSign up for our daily newsletter\nFollow us on Twitter\n© 2024 Example News",
)


def count_grouped_copies(pages: Sequence[AnnotatedPage]) -> tuple[int, int]:
    """Return how many pages' articles share a group with a copy of which a tenth of the words is changed, and of all.

    Article and copy carry different residue and are cleaned before they are compared.
    """
    vocabulary = sorted({word for page in pages for word in page.body.split()})
    texts: dict[str, str] = {}
    for page in pages:
        generator = random.Random(page.name)
        words = [
            generator.choice(vocabulary) if generator.random() < _CHANGED_RATIO else w for w in page.body.split(" ")
        ]
        for copy, body in enumerate((page.body, " ".join(words))):
            texts[f"{page.name}-{copy}"] = extract_from_texts([_RESIDUE[copy].format(body)])[0].clean_text
    groups: dict[str, str | None] = dict.fromkeys(texts)
    groups |= dict(
        _group({name: text for name, text in texts.items() if text}).select("source_uri", "duplicate_group_id").rows()
    )
    together = [
        groups[f"{page.name}-0"] is not None and groups[f"{page.name}-0"] == groups[f"{page.name}-1"] for page in pages
    ]
    return sum(together), len(together)


def group_articles(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return the names of pages whose articles are taken for one, a line a group."""
    marked = _group({page.name: page.body for page in pages}).filter(pl.col("duplicate_group_id").is_not_null())
    grouped = marked.group_by("duplicate_group_id").agg(pl.col("source_uri").sort()).sort("duplicate_group_id")
    return [" = ".join(names) for names in grouped["source_uri"]]


def _group(texts: dict[str, str]) -> pl.DataFrame:
    rows = [
        Document(
            document_id=name,
            source_uri=name,
            source_name=None,
            content_sha256="0" * 64,
            title=None,
            author=None,
            published_on=None,
            published_on_basis="none",
            language="en",
            raw_text=text,
            raw_html_sha256=None,
            clean_text=text,
            word_count=0,
            kept_ratio=1,
            is_ai_generated=False,
            duplicate_group_id=None,
            is_duplicate=False,
            ingested_at=datetime(2024, 1, 1),  # noqa: DTZ001
        )
        for name, text in texts.items()
    ]
    return mark_duplicates(rows_to_frame(Document, rows))
