"""Writing articles of the set: text with the exact spans of mentions and claims, and the labels of what is expected.

What belongs here: turning sentences with planted claims into the rows that extraction would make. What does not: what
the sentences say (`stories`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from string import Formatter
from typing import Any

import polars as pl

from benchmarks.resolution_set.names import Bearer
from pipeline.identifiers import make_id
from pipeline.schema import rows_to_frame
from pipeline.tables import Claim, Document, DocumentEntity, FactRelationKind, Mention, MentionKind

Expected = tuple[str, str, FactRelationKind]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as one article states it: the words, and what an extractor reads from them."""

    text: str
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """A claim of a sentence: the label of the fact it makes, predicate, parties, value, and further columns."""

    fact: str
    predicate: str
    subject: Bearer
    object: Bearer | str | None = None
    value: Value | None = None
    speaker: Bearer | None = None
    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class GeneratedSet:
    """Frames as resolution reads them, and what it should find.

    `entity_labels` are by document_entity_id, `fact_labels` by claim_id; `relations` are between fact labels;
    `source_counts` are the independent sources of the facts for which they were planted.
    """

    documents: pl.DataFrame
    document_entities: pl.DataFrame
    mentions: pl.DataFrame
    claims: pl.DataFrame
    entity_labels: Mapping[str, str]
    fact_labels: Mapping[str, str]
    relations: frozenset[Expected]
    source_counts: Mapping[str, int]


class Newsroom:
    """Collects the articles of one set, and what they should lead to."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.relations: set[Expected] = set()
        self.source_counts: dict[str, int] = {}
        self._documents: list[Document] = []
        self._entities: list[DocumentEntity] = []
        self._mentions: list[Mention] = []
        self._claims: list[Claim] = []
        self._entity_labels: dict[str, str] = {}
        self._fact_labels: dict[str, str] = {}

    def expect(self, fact: str, relation: FactRelationKind, related: str) -> None:
        """Note a relation that resolution should find."""
        self.relations.add((fact, related, relation))

    def article(self, outlet: Bearer, published_on: date | None, *, copy_of: str | None = None) -> "Article":
        """Begin an article; `copy_of` names a group of copies."""
        return Article(self, outlet, published_on, copy_of)

    def file(self, article: "Article") -> None:
        """Take a finished article in."""
        document, entities, mentions, claims, labels, facts = article.rows(f"{len(self._documents):03}")
        self._documents.append(document)
        self._entities += entities
        self._mentions += mentions
        self._claims += claims
        self._entity_labels |= labels
        self._fact_labels |= facts

    def finish(self) -> GeneratedSet:
        """Return the set; rows come in an arbitrary order."""
        for rows in (self._documents, self._entities, self._mentions, self._claims):
            self.random.shuffle(rows)
        return GeneratedSet(
            documents=rows_to_frame(Document, self._documents),
            document_entities=rows_to_frame(DocumentEntity, self._entities),
            mentions=rows_to_frame(Mention, self._mentions),
            claims=rows_to_frame(Claim, self._claims),
            entity_labels=self._entity_labels,
            fact_labels=self._fact_labels,
            relations=frozenset(self.relations),
            source_counts=self.source_counts,
        )


@dataclass(frozen=True, slots=True)
class _Mentioned:
    bearer: Bearer
    start: int
    end: int
    surface: str
    kind: MentionKind


class Article:
    """One article in the making."""

    def __init__(self, room: Newsroom, outlet: Bearer, published_on: date | None, copy_of: str | None) -> None:
        self._room = room
        self._outlet = outlet
        self._published_on = published_on
        self._copy_of = copy_of
        self._text = ""
        self._names: dict[str, str] = {}
        self._bearers: dict[str, Bearer] = {}
        self._mentions: list[_Mentioned] = []
        self._claims: list[tuple[Planted, int, int]] = []

    def call(self, bearer: Bearer, name: str) -> "Article":
        """Fix the fullest name that this article uses for somebody."""
        self._names[bearer.label] = name
        return self

    def say(self, template: str, *claims: Planted, **parts: Bearer | Value | str) -> "Article":
        """Add a sentence: `template` with `parts` for its fields, and the claims that it makes."""
        start = len(self._text)
        for literal, name, _, _ in Formatter().parse(template):
            self._text += literal
            if name:
                self._write(parts[name])
        end = len(self._text)
        self._claims += [(claim, start, end) for claim in claims]
        self._text += " "
        return self

    def file(self) -> None:
        """Hand the article in."""
        self._room.file(self)

    def _write(self, part: "Bearer | Value | str") -> None:
        if isinstance(part, Bearer):
            surface, kind = self._next_form(part)
            self._bearers[part.label] = part
            self._mentions.append(_Mentioned(part, len(self._text), len(self._text) + len(surface), surface, kind))
            self._text += surface
        else:
            self._text += part.text if isinstance(part, Value) else part

    def _next_form(self, bearer: Bearer) -> tuple[str, MentionKind]:
        if bearer.label not in self._bearers:
            return self._names.setdefault(bearer.label, self._room.random.choice(bearer.full)), "name"
        if bearer.short and self._names[bearer.label] in bearer.full and self._room.random.random() < 0.6:
            form = self._room.random.choice(bearer.short)
            return form.text, form.kind
        return self._names[bearer.label], "name"

    def rows(
        self, number: str
    ) -> tuple[Document, list[DocumentEntity], list[Mention], list[Claim], dict[str, str], dict[str, str]]:
        """Return the rows of this article, and the labels of its entities and claims."""
        for planted, _, _ in self._claims:
            for party in (planted.subject, planted.object, planted.speaker):
                if isinstance(party, Bearer) and party.label not in self._bearers:
                    raise ValueError(f"{planted.fact}: {party.label} is in no sentence of the article")
        document = self._document(number)
        identifiers = {
            label: make_id("den", document.document_id, self._names[label], bearer.entity_type)
            for label, bearer in self._bearers.items()
        }
        entities = [
            DocumentEntity(
                document_entity_id=identifiers[label],
                document_id=document.document_id,
                name=self._names[label],
                entity_type=bearer.entity_type,
                knowledge_id=None,
                ticker=bearer.ticker if bearer.ticker and self._room.random.random() < 0.3 else None,
            )
            for label, bearer in self._bearers.items()
        ]
        claims = [self._claim(document, planted, start, end, identifiers) for planted, start, end in self._claims]
        facts = {claim.claim_id: planted.fact for claim, (planted, _, _) in zip(claims, self._claims, strict=True)}
        labels = {identifier: label for label, identifier in identifiers.items()}
        return document, entities, self._mention_rows(document, identifiers), claims, labels, facts

    def _document(self, number: str) -> Document:
        return Document(
            document_id=make_id("doc", number),
            source_uri=f"{number}.txt",
            source_name=self._outlet.full[0],
            content_sha256="0" * 64,
            title=None,
            author=None,
            published_on=self._published_on,
            published_on_basis="text" if self._published_on else "none",
            language="en",
            raw_text=self._text,
            raw_html_sha256=None,
            clean_text=self._text,
            word_count=len(self._text.split()),
            kept_ratio=1.0,
            is_ai_generated=False,
            duplicate_group_id=make_id("dup", self._copy_of) if self._copy_of else None,
            is_duplicate=False,
            ingested_at=datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        )

    def _mention_rows(self, document: Document, identifiers: Mapping[str, str]) -> list[Mention]:
        return [
            Mention(
                mention_id=make_id("men", document.document_id, mention.start, mention.end),
                document_id=document.document_id,
                sentence_id=make_id("sen", document.document_id),
                entity_id=identifiers[mention.bearer.label],
                start_char=mention.start,
                end_char=mention.end,
                surface=mention.surface,
                mention_kind=mention.kind,
                raw_start=mention.start,
                raw_end=mention.end,
                confidence=1.0,
                rule_id="generated",
            )
            for mention in self._mentions
        ]

    def _claim(
        self, document: Document, planted: Planted, start: int, end: int, identifiers: Mapping[str, str]
    ) -> Claim:
        row: dict[str, Any] = dict.fromkeys(Claim.model_fields)
        row |= {
            "document_id": document.document_id,
            "sentence_id": make_id("sen", document.document_id),
            "predicate": planted.predicate,
            "subject_entity_id": identifiers[planted.subject.label],
            "subject_text": self._names[planted.subject.label],
            "event_precision": "none",
            "polarity": "affirmed",
            "stance": "affirms",
            "modality": "actual",
            "attribution": "author",
            "start_char": start,
            "end_char": end,
            "raw_start": start,
            "raw_end": end,
            "evidence_text": self._text[start:end],
            "rule_id": "generated",
            "extractor": "generated",
            "confidence": 1.0,
        }
        if isinstance(planted.object, Bearer):
            row |= {
                "object_entity_id": identifiers[planted.object.label],
                "object_text": self._names[planted.object.label],
            }
        elif planted.object:
            row["object_text"] = planted.object
        if planted.speaker:
            row |= {
                "speaker_entity_id": identifiers[planted.speaker.label],
                "speaker_text": self._names[planted.speaker.label],
                "attribution": "indirect_speech",
            }
        if planted.value:
            row |= {**planted.value.columns, "value_text": planted.value.text}
        row |= planted.columns
        row["claim_id"] = make_id("clm", document.document_id, start, end, planted.predicate, planted.fact)
        return Claim.model_validate(row)
