"""A small sound world for tests: one document, its edit, entities, claim and fact, as frames of the working tables."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import polars as pl

from pipeline.schema import rows_to_frame
from pipeline.storage import WorkingStore
from pipeline.storage.working import WORKING_TABLES
from pipeline.tables import (
    Claim,
    Document,
    DocumentEntity,
    Entity,
    EntityAlias,
    EntityLink,
    Fact,
    FactLink,
    FactRelation,
    Mention,
    RawDocument,
    RejectedDocument,
    Row,
    Sentence,
    TextEdit,
)

Frames = dict[type[Row], pl.DataFrame]

RAW = "Advertisement\nMicrosoft bought GitHub for $7.5 billion, the company said."
CLEAN = "Microsoft bought GitHub for $7.5 billion, the company said."
CUT = len(RAW) - len(CLEAN)
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC).replace(tzinfo=None)


def sound_frames() -> Frames:
    """Return all working tables of a world in which every check passes."""
    rows: Sequence[Row] = [
        RawDocument(
            source_uri="deal.txt",
            content_sha256="a" * 64,
            byte_count=len(RAW),
            media_type="text",
            encoding="utf-8",
            content=RAW,
            change="new",
            rejection_reason=None,
            rejection_detail=None,
            ingested_at=NOON,
        ),
        RawDocument(
            source_uri="empty.txt",
            content_sha256="b" * 64,
            byte_count=0,
            media_type="text",
            encoding="utf-8",
            content=None,
            change="new",
            rejection_reason="empty",
            rejection_detail="0 bytes",
            ingested_at=NOON,
        ),
        Document(
            document_id="doc_1",
            source_uri="deal.txt",
            source_name=None,
            content_sha256="a" * 64,
            title=None,
            author=None,
            published_on=date(2026, 1, 1),
            published_on_basis="text",
            language="en",
            raw_text=RAW,
            raw_html_sha256=None,
            clean_text=CLEAN,
            word_count=9,
            kept_ratio=len(CLEAN) / len(RAW),
            is_ai_generated=False,
            duplicate_group_id=None,
            is_duplicate=False,
            ingested_at=NOON,
        ),
        TextEdit(
            edit_id="edit_1",
            document_id="doc_1",
            raw_start=0,
            raw_end=CUT,
            clean_start=0,
            operation="drop",
            kind="advertisement",
            rule_id="advertisement_label",
            removed_text=RAW[:CUT],
            inserted_text="",
        ),
        RejectedDocument(
            source_uri="empty.txt",
            content_sha256="b" * 64,
            stage="read",
            reason="empty",
            detail="0 bytes",
            rejected_at=NOON,
        ),
        Sentence(sentence_id="sent_1", document_id="doc_1", sentence_index=0, start_char=0, end_char=len(CLEAN)),
        _entity("dent_1", "Microsoft"),
        _entity("dent_2", "GitHub"),
        _mention("ment_1", "dent_1", "Microsoft"),
        _mention("ment_2", "dent_2", "GitHub"),
        _claim(),
        _resolved("ent_1", "Microsoft"),
        _resolved("ent_2", "GitHub"),
        EntityAlias(entity_id="ent_1", alias="Microsoft", alias_kind="name"),
        EntityAlias(entity_id="ent_2", alias="GitHub", alias_kind="name"),
        EntityLink(document_entity_id="dent_1", entity_id="ent_1", method="name", score=1.0, decided_at=NOON),
        EntityLink(document_entity_id="dent_2", entity_id="ent_2", method="name", score=1.0, decided_at=NOON),
        Fact(
            fact_id="fact_1",
            predicate="acquire",
            subject_entity_id="ent_1",
            object_entity_id="ent_2",
            value_kind="money",
            value_low=7.5e9,
            value_high=7.5e9,
            currency="USD",
            value_usd=7.5e9,
            event_start=None,
            event_end=None,
            claim_count=1,
            document_count=1,
            independent_source_count=1,
            first_reported_on=date(2026, 1, 1),
            last_reported_on=date(2026, 1, 1),
            status="single_source",
        ),
        FactLink(claim_id="claim_1", fact_id="fact_1"),
    ]
    return {model: rows_to_frame(model, [row for row in rows if isinstance(row, model)]) for model in WORKING_TABLES}


def write_world(store: WorkingStore, frames: Mapping[type[Row], pl.DataFrame]) -> WorkingStore:
    """Write the frames into the store and return it."""
    store.write(frames)
    return store


def change_row(frames: Frames, model: type[Row], **changes: object) -> Frames:
    """Return the world with columns of the model's first row changed."""
    frame = frames[model]
    row = {**frame.row(0, named=True), **changes}
    return {**frames, model: pl.concat([pl.DataFrame([row], schema=frame.schema), frame.slice(1)])}


def add_row(frames: Frames, model: type[Row], **changes: object) -> Frames:
    """Return the world with a copy of the model's first row, changed, added."""
    frame = frames[model]
    row = {**frame.row(0, named=True), **changes}
    return {**frames, model: pl.concat([frame, pl.DataFrame([row], schema=frame.schema)])}


def drop_rows(frames: Frames, model: type[Row]) -> Frames:
    """Return the world with the model's table empty."""
    return {**frames, model: frames[model].clear()}


def add_relation(frames: Frames, related_fact_id: str) -> Frames:
    """Return the world with a relation from its fact to the one named."""
    relation = FactRelation(fact_id="fact_1", related_fact_id=related_fact_id, relation="supports", reason="test")
    return {**frames, FactRelation: rows_to_frame(FactRelation, [relation])}


def _entity(identifier: str, name: str) -> DocumentEntity:
    return DocumentEntity(
        document_entity_id=identifier,
        document_id="doc_1",
        name=name,
        entity_type="organization",
        knowledge_id=None,
        ticker=None,
    )


def _resolved(identifier: str, name: str) -> Entity:
    return Entity(
        entity_id=identifier,
        name=name,
        entity_type="organization",
        wikidata_id=None,
        ticker=None,
        mention_count=1,
        document_count=1,
        first_seen_on=date(2026, 1, 1),
        last_seen_on=date(2026, 1, 1),
    )


def _mention(identifier: str, entity: str, surface: str) -> Mention:
    start = CLEAN.index(surface)
    end = start + len(surface)
    return Mention(
        mention_id=identifier,
        document_id="doc_1",
        sentence_id="sent_1",
        entity_id=entity,
        start_char=start,
        end_char=end,
        surface=surface,
        mention_kind="name",
        raw_start=start + CUT,
        raw_end=end + CUT,
        confidence=0.9,
        rule_id="test",
    )


def _claim() -> Claim:
    return Claim(
        claim_id="claim_1",
        fact_id=None,
        document_id="doc_1",
        sentence_id="sent_1",
        predicate="acquire",
        subject_entity_id="dent_1",
        subject_text="Microsoft",
        object_entity_id="dent_2",
        object_text="GitHub",
        value_text="$7.5 billion",
        value_kind="money",
        value_low=7.5e9,
        value_high=7.5e9,
        comparator="eq",
        currency="USD",
        unit=None,
        value_usd=7.5e9,
        usd_basis="same_currency",
        direction=None,
        change_basis=None,
        event_start=None,
        event_end=None,
        event_precision="none",
        time_text=None,
        polarity="affirmed",
        stance="affirms",
        modality="actual",
        attribution="indirect_speech",
        speaker_entity_id="dent_1",
        speaker_text="the company",
        speaker_role=None,
        cue_text="said",
        parent_claim_id=None,
        start_char=0,
        end_char=len(CLEAN),
        evidence_text=CLEAN,
        raw_start=CUT,
        raw_end=len(RAW),
        rule_id="test",
        extractor="test/1",
        confidence=0.9,
        release_id=None,
    )
