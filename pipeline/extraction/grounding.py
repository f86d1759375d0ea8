"""From what an extractor returned to table rows, and the refusal of whatever is not in the text or does not conform.

Belongs here: checking spans, identifiers, raw offsets, merging of repeats. Does not belong here: extraction itself, and
running it over many documents (`documents`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cleaning.ledger import SpanMap
from pipeline.extraction.conformance import conforms
from pipeline.extraction.model import Article, ClaimDraft, Extraction, MentionDraft, Quantity, Span
from pipeline.identifiers import make_id
from pipeline.predicates import load_registry
from pipeline.tables import Claim, DocumentEntity, Mention, Sentence, UsdBasis


@dataclass(frozen=True, slots=True)
class GroundedRows:
    """The rows of one document. `dropped_count` counts drafts that were not accepted."""

    sentences: list[Sentence]
    entities: list[DocumentEntity]
    mentions: list[Mention]
    claims: list[Claim]
    dropped_count: int


def ground(article: Article, extraction: Extraction, spans: SpanMap, extractor: str) -> GroundedRows:
    """Return the extraction as rows; drafts that are not in the text or do not conform are dropped and counted.

    Repeats, which are drafts of one identifier, are merged: the most confident stays.
    """
    return _Grounder(article, extraction, spans, extractor).rows()


class _Grounder:
    def __init__(self, article: Article, extraction: Extraction, spans: SpanMap, extractor: str) -> None:
        self._document_id = article.document_id
        self._text = article.text
        self._extraction = extraction
        self._map = spans
        self._extractor = extractor
        self._dropped = 0
        self._sentences = sorted({span for span in extraction.sentences if self._holds(span)})
        self._starts = [span.start for span in self._sentences]
        self._entity_ids = [
            make_id("dent", self._document_id, entity.entity_type, entity.name) for entity in extraction.entities
        ]

    def rows(self) -> GroundedRows:
        mentions: dict[str, Mention] = {}
        for draft in self._extraction.mentions:
            self._keep_most_confident(mentions, self._mention(draft))
        claims = self._claims()
        return GroundedRows(self._sentence_rows(), self._entities(), list(mentions.values()), claims, self._dropped)

    def _holds(self, span: Span | None) -> bool:
        if span is None:
            return True
        return 0 <= span.start < span.end <= len(self._text) and bool(self._words(span).strip())

    def _words(self, span: Span) -> str:
        return self._text[span.start : span.end]

    def _sentence_id(self, span: Span) -> str | None:
        """The sentence in which the span begins."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0 or span.start >= self._sentences[index].end:
            return None
        return make_id("sent", self._document_id, *self._sentences[index])

    def _keep_most_confident(self, kept: dict[str, Mention], row: Mention | None) -> None:
        if row is None:
            self._dropped += 1
        elif row.mention_id not in kept or row.confidence > kept[row.mention_id].confidence:
            kept[row.mention_id] = row

    def _entity_id(self, index: int | None) -> str | None:
        return self._entity_ids[index] if index is not None else None

    def _sentence_rows(self) -> list[Sentence]:
        return [
            Sentence(
                sentence_id=make_id("sent", self._document_id, *span),
                document_id=self._document_id,
                sentence_index=number,
                start_char=span.start,
                end_char=span.end,
            )
            for number, span in enumerate(self._sentences)
        ]

    def _entities(self) -> list[DocumentEntity]:
        rows: dict[str, DocumentEntity] = {}
        for entity_id, entity in zip(self._entity_ids, self._extraction.entities, strict=True):
            rows.setdefault(
                entity_id,
                DocumentEntity(
                    document_entity_id=entity_id,
                    document_id=self._document_id,
                    name=entity.name,
                    entity_type=entity.entity_type,
                    knowledge_id=entity.knowledge_id,
                    ticker=entity.ticker,
                ),
            )
        return list(rows.values())

    def _mention(self, draft: MentionDraft) -> Mention | None:
        sentence_id = self._sentence_id(draft.span)
        if not self._holds(draft.span) or sentence_id is None:
            return None
        raw_start, raw_end = self._map.to_raw(*draft.span)
        return Mention(
            mention_id=make_id("mention", self._document_id, *draft.span),
            document_id=self._document_id,
            sentence_id=sentence_id,
            entity_id=self._entity_id(draft.entity),
            start_char=draft.span.start,
            end_char=draft.span.end,
            surface=self._words(draft.span),
            mention_kind=draft.kind,
            raw_start=raw_start,
            raw_end=raw_end,
            confidence=draft.confidence,
            rule_id=draft.rule_id,
        )

    def _claims(self) -> list[Claim]:
        drafts = self._extraction.claims
        ids = [self._claim_id(draft) if self._is_accepted(draft) else None for draft in drafts]
        self._dropped += ids.count(None)
        best: dict[str, ClaimDraft] = {}
        for claim_id, draft in zip(ids, drafts, strict=True):
            if claim_id is not None and (claim_id not in best or draft.confidence > best[claim_id].confidence):
                best[claim_id] = draft
        return [self._claim(claim_id, draft, ids) for claim_id, draft in best.items()]

    def _is_accepted(self, draft: ClaimDraft) -> bool:
        return self._is_grounded(draft) and conforms(draft, self._extraction.entities, load_registry())

    def _is_grounded(self, draft: ClaimDraft) -> bool:
        held = draft.attribution
        spans = [
            draft.evidence,
            draft.subject.span,
            draft.object.span if draft.object else None,
            draft.quantity.span if draft.quantity else None,
            draft.time.span if draft.time else None,
            *((held.speaker, held.cue, held.role) if held else ()),
        ]
        return all(self._holds(span) for span in spans) and self._sentence_id(draft.evidence) is not None

    def _claim_id(self, draft: ClaimDraft) -> str:
        quantity, object_ = draft.quantity, draft.object
        return make_id(
            "claim",
            self._document_id,
            *draft.evidence,
            draft.predicate,
            self._party(draft.subject.span, draft.subject.entity),
            self._party(object_.span, object_.entity) if object_ else None,
            *((quantity.kind, quantity.low, quantity.high, quantity.currency) if quantity else (None,)),
            draft.direction,
            draft.polarity,
            draft.stance,
        )

    def _party(self, span: Span, entity: int | None) -> str:
        return self._entity_id(entity) or self._words(span)

    def _claim(self, claim_id: str, draft: ClaimDraft, ids: Sequence[str | None]) -> Claim:
        held, quantity, time, object_ = draft.attribution, draft.quantity, draft.time, draft.object
        parent = ids[draft.parent] if draft.parent is not None else None
        sentence_id = self._sentence_id(draft.evidence)
        assert sentence_id is not None
        raw_start, raw_end = self._map.to_raw(*draft.evidence)
        value_usd, usd_basis = _value_in_dollars(quantity)
        return Claim(
            claim_id=claim_id,
            fact_id=None,
            document_id=self._document_id,
            sentence_id=sentence_id,
            predicate=draft.predicate,
            subject_entity_id=self._entity_id(draft.subject.entity),
            subject_text=self._words(draft.subject.span),
            object_entity_id=self._entity_id(object_.entity) if object_ else None,
            object_text=self._words(object_.span) if object_ else None,
            value_text=self._words(quantity.span) if quantity else None,
            value_kind=quantity.kind if quantity else None,
            value_low=quantity.low if quantity else None,
            value_high=quantity.high if quantity else None,
            comparator=quantity.comparator if quantity else None,
            currency=quantity.currency if quantity else None,
            unit=quantity.unit if quantity else None,
            value_usd=value_usd,
            usd_basis=usd_basis,
            direction=draft.direction,
            change_basis=draft.change_basis,
            event_start=time.start if time else None,
            event_end=time.end if time else None,
            event_precision=time.precision if time else "none",
            time_text=self._words(time.span) if time else None,
            polarity=draft.polarity,
            stance=draft.stance,
            modality=draft.modality,
            attribution=held.kind if held else "author",
            speaker_entity_id=self._entity_id(held.entity) if held else None,
            speaker_text=self._words(held.speaker) if held and held.speaker else None,
            speaker_role=self._words(held.role) if held and held.role else None,
            cue_text=self._words(held.cue) if held and held.cue else None,
            parent_claim_id=parent if parent != claim_id else None,
            start_char=draft.evidence.start,
            end_char=draft.evidence.end,
            evidence_text=self._words(draft.evidence),
            raw_start=raw_start,
            raw_end=raw_end,
            rule_id=draft.rule_id,
            extractor=self._extractor,
            confidence=draft.confidence,
            release_id=None,
        )


def _value_in_dollars(quantity: Quantity | None) -> tuple[float | None, UsdBasis | None]:
    if quantity is None or quantity.kind != "money":
        return None, None
    if quantity.value_usd is None and quantity.currency == "USD":
        return quantity.low, "same_currency"
    return quantity.value_usd, quantity.usd_basis
