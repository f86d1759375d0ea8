"""Frames of any size for measuring speed and memory: many documents about few famous and many obscure entities.

What belongs here: drawing such frames. What does not: judging what resolution makes of them; the claims are random.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from pipeline.schema import polars_schema
from pipeline.tables import Claim, Document, DocumentEntity, Mention, Row

ENTITIES_PER_DOCUMENT = 6
CLAIMS_PER_DOCUMENT = 12
TOP_FLATNESS = 10
"""Zipf-Mandelbrot offset: with it the most famous entity stands in about one document of twenty."""

FIRST_DAY = date(2020, 1, 1)
DAYS = 1500

_SYLLABLES = ("ba", "cor", "den", "fi", "gal", "hu", "jen", "kor", "li", "mon", "nar", "pel", "ri", "sol", "tav", "vu")
_TYPES = ("organization", "organization", "person", "product", "place")
_PREDICATES = (
    "invest",
    "valuation",
    "revenue",
    "share_price_change",
    "launch",
    "partner",
    "hold_role",
    "user_count",
    "say",
)
_VALUED = {
    "invest": "money",
    "valuation": "money",
    "revenue": "money",
    "share_price_change": "percent",
    "user_count": "count",
}
_REST_OF_SENTENCE = "and so forth, in a sentence of the length that sentences of news have, " * 2
_PRIMES = (7, 11, 13, 17, 19, 23, 29, 31)


class Frames(NamedTuple):
    """The input of resolution."""

    documents: pl.DataFrame
    document_entities: pl.DataFrame
    mentions: pl.DataFrame
    claims: pl.DataFrame


def draw_frames(document_count: int, seed: int = 1) -> Frames:
    """Return frames of so many documents, with six entities, twelve mentions and twelve claims each.

    Popularity of entities follows Zipf's law; there are about as many distinct entities as half the documents.
    """
    random = np.random.default_rng(seed)
    documents = _documents(document_count, random)
    pool = _pool(max(document_count // 2, 50), random)
    entities = _document_entities(documents, pool, random)
    mentions = _mentions(entities)
    return Frames(
        documents, entities.select(polars_schema(DocumentEntity).names()), mentions, _claims(entities, random)
    )


def complete(frame: pl.DataFrame, model: type[Row]) -> pl.DataFrame:
    """Return the frame with the model's columns; those not drawn are null."""
    schema = polars_schema(model)
    return frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
    )


def _documents(count: int, random: np.random.Generator) -> pl.DataFrame:
    numbers = pl.DataFrame({"number": np.arange(count), "offset": random.integers(0, DAYS, count)})
    return complete(
        numbers.select(
            document_id=pl.format("doc_{}", "number"),
            source_uri=pl.format("{}.txt", "number"),
            source_name=pl.format("Outlet {}", pl.col("number") % 300),
            content_sha256=pl.lit("0" * 64),
            published_on=pl.lit(FIRST_DAY) + pl.duration(days="offset"),
            published_on_basis=pl.lit("text"),
            language=pl.lit("en"),
            raw_text=pl.lit("text"),
            clean_text=pl.lit("text"),
            word_count=pl.lit(600),
            kept_ratio=pl.lit(1.0),
            is_ai_generated=pl.lit(value=False),
            duplicate_group_id=pl.when(pl.col("number") % 20 < 2).then(pl.format("dup_{}", pl.col("number") // 20)),
            is_duplicate=pl.lit(value=False),
        ),
        Document,
    )


def _pool(size: int, random: np.random.Generator) -> pl.DataFrame:
    words = _words(size, 5, random)
    second = _words(size, 3, random)
    return pl.DataFrame({"rank": np.arange(size), "first": words, "second": second}).with_columns(
        entity_type=pl.Series([_TYPES[rank % len(_TYPES)] for rank in range(size)])
    )


def _words(count: int, length: int, random: np.random.Generator) -> list[str]:
    drawn: list[list[int]] = random.integers(0, len(_SYLLABLES), (count, length)).tolist()
    return ["".join(_SYLLABLES[part] for part in row).capitalize() for row in drawn]


def _document_entities(documents: pl.DataFrame, pool: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    count = len(documents) * ENTITIES_PER_DOCUMENT
    weights = 1 / (np.arange(len(pool)) + TOP_FLATNESS)
    ranks = random.choice(len(pool), count, p=weights / weights.sum())
    drawn = pl.DataFrame(
        {
            "document_id": np.repeat(documents["document_id"].to_numpy(), ENTITIES_PER_DOCUMENT),
            "rank": ranks,
            "form": random.integers(0, 3, count),
        }
    ).unique(["document_id", "rank"], maintain_order=True)
    name = (
        pl.when(pl.col("entity_type") == "person")
        .then(pl.concat_str("first", "second", separator=" "))
        .when((pl.col("entity_type") == "organization") & (pl.col("form") == 0))
        .then(pl.concat_str("first", "second", pl.lit("Inc."), separator=" "))
        .when(pl.col("entity_type") == "organization")
        .then(pl.concat_str("first", "second", separator=" "))
        .otherwise("first")
    )
    return drawn.join(pool, on="rank").with_columns(
        document_entity_id=pl.format("den_{}_{}", "document_id", "rank"),
        name=name,
        knowledge_id=pl.lit(None, pl.String),
        ticker=pl.when(pl.col("entity_type") == "organization").then(
            pl.col("first").str.slice(0, 5).str.to_uppercase()
        ),
    )


def _mentions(entities: pl.DataFrame) -> pl.DataFrame:
    kinds = pl.DataFrame({"mention_kind": ["name", "alias"]})
    return complete(
        entities.join(kinds, how="cross")
        .with_row_index("number")
        .select(
            mention_id=pl.format("men_{}", "number"),
            document_id="document_id",
            sentence_id=pl.lit("sen_0"),
            entity_id="document_entity_id",
            start_char=pl.lit(0),
            end_char=pl.lit(1),
            surface=pl.when(pl.col("mention_kind") == "alias").then("first").otherwise("name"),
            mention_kind="mention_kind",
            raw_start=pl.lit(0),
            raw_end=pl.lit(1),
            confidence=pl.lit(1.0),
            rule_id=pl.lit("drawn"),
        ),
        Mention,
    )


def _claims(entities: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    by_document = entities.select("document_id", "document_entity_id", "name", "rank")
    per_entity = CLAIMS_PER_DOCUMENT // ENTITIES_PER_DOCUMENT
    subjects = pl.concat([by_document] * per_entity).with_row_index("number")
    count = len(subjects)
    partners = by_document.group_by("document_id").agg(
        object_entity_id=pl.col("document_entity_id").first(), object_text=pl.col("name").first()
    )
    noise = np.where(random.random(count) < 0.8, 0, random.integers(1, 40, count))
    drawn = subjects.join(partners, on="document_id", maintain_order="left").with_columns(
        predicate=pl.Series([_PREDICATES[at] for at in random.integers(0, len(_PREDICATES), count)]),
        noise=pl.Series(noise),
        denies=pl.Series(random.random(count) < 0.02),
    )
    drawn = drawn.with_columns(digits=10 + (pl.col("rank") * 7 + pl.col("noise")) % 90)
    kind = pl.col("predicate").replace_strict(_VALUED, default=None, return_dtype=pl.String)
    value = (
        pl.when(kind == "money").then(pl.col("digits") * 1e8).when(kind == "count").then(pl.col("digits") * 1e6)
        .when(kind == "percent").then(pl.col("digits") / 10)
    )  # fmt: skip
    text = (
        pl.when(kind == "money").then(pl.format("${} billion", pl.col("digits") / 10))
        .when(kind == "count").then(pl.format("{} million", "digits"))
        .when(kind == "percent").then(pl.format("{}%", pl.col("digits") / 10))
    )  # fmt: skip
    words = (pl.format("word{}", (pl.col("number") // 3 * prime) % 5000) for prime in _PRIMES)
    speech = pl.concat_str(*words, separator=" ")
    return complete(
        drawn.select(
            claim_id=pl.format("clm_{}", "number"),
            document_id="document_id",
            sentence_id=pl.lit("sen_0"),
            predicate="predicate",
            subject_entity_id="document_entity_id",
            subject_text="name",
            object_entity_id=pl.when(~pl.col("predicate").is_in(["say", "revenue", "valuation"])).then(
                "object_entity_id"
            ),
            object_text=pl.when(pl.col("predicate") == "say").then(speech).otherwise("object_text"),
            value_text=text,
            value_kind=kind,
            value_low=value,
            value_high=value,
            comparator=pl.when(kind.is_not_null()).then(pl.lit("eq")),
            currency=pl.when(kind == "money").then(pl.lit("USD")),
            value_usd=pl.when(kind == "money").then(value),
            event_precision=pl.lit("none"),
            polarity=pl.lit("affirmed"),
            stance=pl.when("denies").then(pl.lit("denies")).otherwise(pl.lit("affirms")),
            modality=pl.lit("actual"),
            attribution=pl.lit("author"),
            start_char=pl.lit(0),
            end_char=pl.lit(1),
            evidence_text=pl.concat_str("name", "predicate", "number", pl.lit(_REST_OF_SENTENCE), separator=" "),
            raw_start=pl.lit(0),
            raw_end=pl.lit(1),
            rule_id=pl.lit("drawn"),
            extractor=pl.lit("drawn"),
            confidence=pl.lit(1.0),
        ),
        Claim,
    )
