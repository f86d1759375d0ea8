"""Copies of one article form a group; different articles on one event do not."""

import random
from datetime import date, datetime

import polars as pl

from pipeline.cleaning.duplicates import mark_duplicates
from pipeline.schema import polars_schema
from pipeline.tables import Document

WORDS = [
    "market",
    "shares",
    "company",
    "quarter",
    "revenue",
    "growth",
    "analysts",
    "investors",
    "cloud",
    "chips",
    "models",
    "price",
    "report",
    "minister",
    "bank",
    "rate",
    "energy",
    "output",
    "demand",
    "supply",
    "plant",
    "workers",
    "union",
    "strike",
    "court",
    "judge",
    "law",
    "data",
    "users",
    "app",
    "network",
    "device",
    "battery",
]


def article(seed: int, length: int = 300) -> str:
    generator = random.Random(seed)
    return " ".join(generator.choice(WORDS) + str(generator.randrange(40)) for _ in range(length))


def edited(text: str, seed: int, share: float) -> str:
    generator = random.Random(seed)
    return " ".join("changed" if generator.random() < share else word for word in text.split())


def frame(*rows: tuple[str, str, date | None]) -> pl.DataFrame:
    documents = [
        Document(
            document_id=f"doc_{uri}",
            source_uri=uri,
            source_name=None,
            content_sha256="0" * 64,
            title=None,
            author=None,
            published_on=published_on,
            published_on_basis="none",
            language="en",
            raw_text=text,
            raw_html_sha256=None,
            clean_text=text,
            word_count=len(text.split()),
            kept_ratio=1,
            is_ai_generated=False,
            duplicate_group_id=None,
            is_duplicate=False,
            ingested_at=datetime(2026, 1, 1),  # noqa: DTZ001
        )
        for uri, text, published_on in rows
    ]
    return pl.DataFrame([tuple(d.__dict__.values()) for d in documents], schema=polars_schema(Document), orient="row")


def flags(documents: pl.DataFrame) -> dict[str, bool]:
    return dict(
        documents.filter(pl.col("duplicate_group_id").is_not_null()).select("source_uri", "is_duplicate").rows()
    )


def test_a_copy_with_a_tenth_of_its_words_changed_is_found() -> None:
    rows = [
        (f"{n}-{kind}", edited(article(n), n, share), None) for n in range(40) for kind, share in (("a", 0), ("b", 0.1))
    ]
    marked = mark_duplicates(frame(*rows))
    groups = marked.group_by("duplicate_group_id").agg(pl.col("source_uri").sort())
    assert sorted(groups["source_uri"].to_list()) == sorted([f"{n}-a", f"{n}-b"] for n in range(40))
    assert marked["is_duplicate"].sum() == 40


def test_an_article_cut_short_is_the_same_article() -> None:
    text = article(1)
    assert flags(mark_duplicates(frame(("a", text, None), ("b", text[:900], None)))) == {"a": False, "b": True}


def test_articles_that_share_a_paragraph_are_two() -> None:
    shared = article(1, 60)
    rows = frame(("a", shared + " " + article(2), None), ("b", article(3) + " " + shared, None))
    assert flags(mark_duplicates(rows)) == {}


def test_the_representative_is_the_first_published_then_the_first_by_name() -> None:
    text = article(1)
    dated = frame(("a", text, None), ("b", text, date(2024, 5, 2)), ("c", text, date(2024, 5, 1)))
    assert flags(mark_duplicates(dated)) == {"a": True, "b": True, "c": False}
    assert flags(mark_duplicates(frame(("b", text, None), ("a", text, None)))) == {"a": False, "b": True}


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [(f"{n}", edited(article(n % 5), n, 0.05), None) for n in range(20)]
    forth = mark_duplicates(frame(*rows)).sort("source_uri")
    back = mark_duplicates(frame(*reversed(rows))).sort("source_uri")
    assert forth.equals(back)


def test_no_documents_and_tiny_ones_are_no_trouble() -> None:
    assert mark_duplicates(frame()).is_empty()
    assert flags(mark_duplicates(frame(("a", "one", None), ("b", "two", None)))) == {}
