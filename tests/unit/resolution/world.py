"""A world of a few documents, written down claim by claim, as the frames that resolution reads."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from pipeline.identifiers import make_id
from pipeline.knowledge import load_knowledge
from pipeline.resolution import Corrections, Resolved, resolve
from pipeline.schema import rows_to_frame
from pipeline.tables import Claim, Document, DocumentEntity, Mention, Row

NOON = datetime.fromisoformat("2026-01-02T12:00:00")


class World:
    """Documents with entities and claims; whatever a test does not name has an unremarkable value."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.document_entities: list[DocumentEntity] = []
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []

    def document(self, name: str, published_on: str | None = None, **values: object) -> str:
        identifier = make_id("doc", name)
        row: dict[str, object] = {
            "document_id": identifier,
            "source_uri": f"{name}.txt",
            "source_name": None,
            "content_sha256": "0" * 64,
            "title": None,
            "author": None,
            "published_on": date.fromisoformat(published_on) if published_on else None,
            "published_on_basis": "text" if published_on else "none",
            "language": "en",
            "raw_text": name,
            "raw_html_sha256": None,
            "clean_text": name,
            "word_count": 1,
            "kept_ratio": 1.0,
            "is_ai_generated": False,
            "duplicate_group_id": None,
            "is_duplicate": False,
            "ingested_at": "2024-01-01T00:00:00",
        }
        self.documents.append(Document.model_validate({**row, **values}))
        return identifier

    def entity(
        self,
        document: str,
        name: str,
        entity_type: str = "organization",
        aliases: dict[str, str] | None = None,
        **values: object,
    ) -> str:
        identifier = make_id("den", document, name, entity_type)
        row: dict[str, object] = {"knowledge_id": None, "ticker": None}
        self.document_entities.append(
            DocumentEntity.model_validate(
                {
                    **row,
                    **values,
                    "document_entity_id": identifier,
                    "document_id": document,
                    "name": name,
                    "entity_type": entity_type,
                }
            )
        )
        for surface, kind in {name: "name", **(aliases or {})}.items():
            self.mention(document, identifier, surface, kind)
        return identifier

    def mention(self, document: str, entity: str | None, surface: str, kind: str) -> None:
        position = len(self.mentions)
        self.mentions.append(
            Mention.model_validate(
                {
                    "mention_id": make_id("men", document, entity, surface, kind, position),
                    "document_id": document,
                    "sentence_id": make_id("sen", document),
                    "entity_id": entity,
                    "start_char": 0,
                    "end_char": 1,
                    "surface": surface,
                    "mention_kind": kind,
                    "raw_start": 0,
                    "raw_end": 1,
                    "confidence": 1.0,
                    "rule_id": "test",
                }
            )
        )

    def claim(self, document: str, predicate: str, subject: str | None, **values: object) -> str:
        names = {entity.document_entity_id: entity.name for entity in self.document_entities}
        row = dict[str, object].fromkeys(Claim.model_fields)
        row |= {
            "document_id": document,
            "sentence_id": make_id("sen", document),
            "predicate": predicate,
            "subject_entity_id": subject,
            "subject_text": names.get(subject or "", "somebody"),
            "object_text": names.get(str(values.get("object_entity_id"))),
            "speaker_text": names.get(str(values.get("speaker_entity_id"))),
            "event_precision": "none",
            "polarity": "affirmed",
            "stance": "affirms",
            "modality": "actual",
            "attribution": "author",
            "start_char": 0,
            "end_char": 1,
            "evidence_text": f"{document} {predicate} {len(self.claims)}",
            "raw_start": 0,
            "raw_end": 1,
            "rule_id": "test",
            "extractor": "test",
            "confidence": 1.0,
        }
        row |= values
        row["claim_id"] = make_id("clm", document, predicate, subject, sorted(map(str, values.items())))
        self.claims.append(Claim.model_validate(row))
        return str(row["claim_id"])

    def money(self, document: str, predicate: str, subject: str | None, text: str, value: float, **more: object) -> str:
        amount = {"value_kind": "money", "currency": "USD", "comparator": "eq", "value_usd": value, "value_text": text}
        return self.claim(document, predicate, subject, **{**amount, "value_low": value, "value_high": value, **more})

    def percent(
        self, document: str, predicate: str, subject: str | None, text: str, value: float, **more: object
    ) -> str:
        amount = {"value_kind": "percent", "comparator": "eq", "value_text": text}
        return self.claim(document, predicate, subject, **{**amount, "value_low": value, "value_high": value, **more})

    def frame(self, model: type[Row]) -> pl.DataFrame:
        rows: dict[type[Row], Sequence[Row]] = {
            Document: self.documents,
            DocumentEntity: self.document_entities,
            Mention: self.mentions,
            Claim: self.claims,
        }
        return rows_to_frame(model, rows[model])

    def resolve(
        self,
        corrections: Corrections | None = None,
        *,
        now: datetime = NOON,
        previous_links: pl.DataFrame | None = None,
    ) -> Resolved:
        frames = [self.frame(model) for model in (Document, DocumentEntity, Mention, Claim)]
        return resolve(
            frames[0], frames[1], frames[2], frames[3], load_knowledge(), corrections,
            now=now, previous_links=previous_links,
        )  # fmt: skip

    def entity_of(self, resolved: Resolved, document_entity: str) -> str:
        row = resolved.entity_links.row(by_predicate=pl.col("document_entity_id") == document_entity, named=True)
        return str(row["entity_id"])

    def fact_of(self, resolved: Resolved, claim: str) -> dict[str, Any]:
        link = resolved.fact_links.row(by_predicate=pl.col("claim_id") == claim, named=True)
        return resolved.facts.row(by_predicate=pl.col("fact_id") == link["fact_id"], named=True)
