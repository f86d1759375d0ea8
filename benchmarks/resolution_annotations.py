"""Shows what resolution makes of annotated articles: `python -m benchmarks.resolution_annotations FOLDER [FOLDER ...]`.

The folders hold one JSON file an article: `document`, `published_on`, `entities` (name, type, aliases) and `claims`
(predicate, subject, object, value, time and attributes, evidence), the parties by name. Resolution gets exactly these,
so that what it makes of them is seen without the faults of extraction. Printed are the facts and
entities of several documents, and all relations.
"""

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel

from benchmarks.resolution_set.bulk import Frames, complete
from pipeline.identifiers import make_id
from pipeline.knowledge import load_knowledge
from pipeline.resolution import Resolved, resolve
from pipeline.tables import (
    AttributionKind,
    Claim,
    Comparator,
    Direction,
    Document,
    DocumentEntity,
    EntityType,
    Mention,
    Modality,
    Polarity,
    Stance,
    ValueKind,
)

_NOW = datetime.fromisoformat("2026-01-01T00:00:00")
_FIRST_DAY, _LAST_DAY = "-01-01", "-12-31"


class AnnotatedEntity(BaseModel):
    """An entity by its fullest name in the article."""

    name: str
    type: EntityType
    aliases: tuple[str, ...]


class AnnotatedValue(BaseModel):
    """A value in plain units."""

    kind: ValueKind
    low: float
    high: float
    currency: str | None = None
    unit: str | None = None
    comparator: Comparator = "eq"


class AnnotatedTime(BaseModel):
    """ISO dates, in part where the day is not known."""

    start: str | None
    end: str | None


class AnnotatedClaim(BaseModel):
    """A claim with its parties by name."""

    predicate: str
    subject: str
    object: str | None
    value: AnnotatedValue | None
    time: AnnotatedTime
    direction: Direction | None
    polarity: Polarity
    stance: Stance
    modality: Modality
    attribution: AttributionKind
    speaker: str | None
    evidence: str


class AnnotatedArticle(BaseModel):
    """One file."""

    document: str
    published_on: date | None
    entities: tuple[AnnotatedEntity, ...]
    claims: tuple[AnnotatedClaim, ...]


def read_articles(folders: list[Path]) -> list[AnnotatedArticle]:
    """Return the annotated articles of the folders, by file name."""
    files = sorted(path for folder in folders for path in folder.glob("*.json"))
    return [AnnotatedArticle.model_validate_json(path.read_text(encoding="utf-8")) for path in files]


def to_frames(articles: list[AnnotatedArticle]) -> Frames:
    """Return the articles as the frames that resolution reads."""
    documents = [
        {"document_id": one.document, "source_uri": one.document, "published_on": one.published_on} for one in articles
    ]
    entities = [
        {"document_entity_id": make_id("dent", one.document, found.name, found.type), "document_id": one.document,
         "name": found.name, "entity_type": found.type}
        for one in articles for found in one.entities
    ]  # fmt: skip
    mentions = [
        {"entity_id": make_id("dent", one.document, found.name, found.type), "document_id": one.document,
         "surface": name, "mention_kind": "name" if name == found.name else "alias"}
        for one in articles for found in one.entities for name in (found.name, *found.aliases)
    ]  # fmt: skip
    claims = [_claim(one, found, number) for one in articles for number, found in enumerate(one.claims)]
    return Frames(
        complete(pl.DataFrame(documents), Document),
        complete(pl.DataFrame(entities), DocumentEntity),
        complete(pl.DataFrame(mentions), Mention),
        complete(pl.DataFrame(claims, infer_schema_length=None), Claim),
    )


def _claim(article: AnnotatedArticle, claim: AnnotatedClaim, number: int) -> dict[str, object]:
    value = claim.value
    return {
        "claim_id": make_id("claim", article.document, number),
        "document_id": article.document,
        "predicate": claim.predicate,
        "subject_entity_id": _party(article, claim.subject),
        "subject_text": claim.subject,
        "object_entity_id": _party(article, claim.object),
        "object_text": claim.object,
        "value_text": f"{value.low:,.12g} {value.currency or value.kind}" if value else None,
        "value_kind": value.kind if value else None,
        "value_low": value.low if value else None,
        "value_high": value.high if value else None,
        "comparator": value.comparator if value else None,
        "currency": value.currency if value else None,
        "unit": value.unit if value else None,
        "direction": claim.direction,
        "event_start": _day(claim.time.start, _FIRST_DAY),
        "event_end": _day(claim.time.end, _LAST_DAY),
        "polarity": claim.polarity,
        "stance": claim.stance,
        "modality": claim.modality,
        "attribution": claim.attribution,
        "speaker_entity_id": _party(article, claim.speaker),
        "speaker_text": claim.speaker,
        "evidence_text": claim.evidence,
    }


def _party(article: AnnotatedArticle, name: str | None) -> str | None:
    for entity in article.entities:
        if name in (entity.name, *entity.aliases):
            return make_id("dent", article.document, entity.name, entity.type)
    return None


def _day(stated: str | None, rest: Literal["-01-01", "-12-31"]) -> date | None:
    """Return a stated day; of a year alone its first or last day, of a month alone none."""
    if stated is None or len(stated) == len("2024-01"):
        return None
    return date.fromisoformat(stated + rest if len(stated) == len("2024") else stated)


def describe(frames: Frames, resolved: Resolved) -> str:
    """Return what was found over several documents, as text."""
    names = resolved.entities.select(subject_entity_id="entity_id", subject="name")
    facts = resolved.facts.join(names, on="subject_entity_id", how="left")
    shared = facts.filter(pl.col("document_count") > 1).sort("predicate", "subject", "fact_id")
    lines = [f"{len(resolved.entities)} entities, {len(facts)} facts; facts of several documents:"]
    for row in shared.iter_rows(named=True):
        claims = resolved.fact_links.filter(pl.col("fact_id") == row["fact_id"]).select("claim_id")
        told = frames.claims.join(claims, on="claim_id", how="semi")
        lines.append(
            f"  {row['predicate']} of {row['subject']}: {row['document_count']} documents, "
            f"{row['independent_source_count']} sources, {row['status']}"
        )
        lines += [f"    {text}" for text in told["evidence_text"].unique().sort()]
    lines.append("entities of several documents:")
    for row in resolved.entities.filter(pl.col("document_count") > 1).sort("name").iter_rows(named=True):
        aliases = resolved.entity_aliases.filter(pl.col("entity_id") == row["entity_id"])["alias"].sort().to_list()
        lines.append(f"  {row['name']} ({row['entity_type']}), {row['document_count']} documents: {', '.join(aliases)}")
    lines.append("relations:")
    lines += [f"  {row['relation']}: {row['reason']}" for row in resolved.fact_relations.iter_rows(named=True)]
    return "\n".join(lines)


def main() -> None:
    """Print what resolution makes of the articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of annotated articles")
    frames = to_frames(read_articles(parser.parse_args().folders))
    resolved = resolve(
        frames.documents, frames.document_entities, frames.mentions, frames.claims, load_knowledge(), now=_NOW
    )
    print(describe(frames, resolved))


if __name__ == "__main__":
    main()
