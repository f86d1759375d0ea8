"""Grounding: what stands in the text becomes rows with exact spans, everything else is dropped and counted."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.ledger import SpanMap
from pipeline.extraction.documents import extract_documents
from pipeline.extraction.grounding import ground
from pipeline.extraction.model import (
    Article,
    Attribution,
    ClaimDraft,
    EntityDraft,
    Extraction,
    MentionDraft,
    Quantity,
    Role,
    Span,
)
from pipeline.memory import Memory
from pipeline.schema import check_schema, polars_schema
from pipeline.storage import ResultFile
from pipeline.tables import Claim, Document, DocumentEntity, Mention, Sentence, TextEdit
from tests.articles import load_extractor

TEXT = "Acme bought Bolt for $5 million. Bolt denied it."
ARTICLE = Article("doc_1", TEXT, None, None)
UNEDITED = SpanMap.from_edits([])


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


CLAIM = ClaimDraft(
    predicate="acquire",
    subject=Role(span("Acme"), 0),
    object=Role(span("Bolt"), 1),
    quantity=Quantity(span("$5 million"), "money", 5e6, 5e6, "eq", "USD"),
    evidence=span("Acme bought Bolt for $5 million."),
    rule_id="acquire.verb1",
    confidence=0.8,
)
EXTRACTION = Extraction(
    sentences=(span("Acme bought Bolt for $5 million."), span("Bolt denied it.")),
    entities=(EntityDraft("Acme", "organization"), EntityDraft("Bolt", "organization")),
    mentions=(MentionDraft(span("Acme"), "name", 0, 0.9, "test"), MentionDraft(span("Bolt"), "name", 1, 0.9, "test")),
    claims=(CLAIM,),
)


def test_rows_hold_exactly_the_words_of_their_spans() -> None:
    rows = ground(ARTICLE, EXTRACTION, UNEDITED, "test/1")
    (claim,) = rows.claims
    assert claim.evidence_text == TEXT[claim.start_char : claim.end_char]
    assert (claim.subject_text, claim.object_text, claim.value_text) == ("Acme", "Bolt", "$5 million")
    assert (claim.value_usd, claim.usd_basis) == (5e6, "same_currency")
    assert [mention.surface for mention in rows.mentions] == ["Acme", "Bolt"]
    assert rows.dropped_count == 0


def test_entity_columns_hold_document_entities() -> None:
    rows = ground(ARTICLE, EXTRACTION, UNEDITED, "test/1")
    ids = {entity.name: entity.document_entity_id for entity in rows.entities}
    assert rows.claims[0].subject_entity_id == ids["Acme"]
    assert rows.claims[0].object_entity_id == ids["Bolt"]


@given(st.integers(-5, 80), st.integers(-5, 80))
def test_a_span_outside_the_text_is_dropped_and_counted(start: int, end: int) -> None:
    draft = replace(CLAIM, evidence=Span(start, end))
    rows = ground(ARTICLE, replace(EXTRACTION, claims=(draft,)), UNEDITED, "test/1")
    for claim in rows.claims:
        assert 0 <= start < end <= len(TEXT)
        assert claim.evidence_text == TEXT[start:end]
    assert len(rows.claims) + rows.dropped_count == 1


def test_a_speaker_outside_the_text_drops_the_claim() -> None:
    held = Attribution(span("Bolt denied it."), "indirect_speech", Span(900, 904), None, "test")
    rows = ground(ARTICLE, replace(EXTRACTION, claims=(replace(CLAIM, attribution=held),)), UNEDITED, "test/1")
    assert (rows.claims, rows.dropped_count) == ([], 1)


def test_repeats_are_merged_into_the_most_confident() -> None:
    sure = replace(CLAIM, confidence=0.9, rule_id="acquire.noun1")
    rows = ground(ARTICLE, replace(EXTRACTION, claims=(CLAIM, sure)), UNEDITED, "test/1")
    assert [claim.rule_id for claim in rows.claims] == ["acquire.noun1"]


def test_identifiers_do_not_depend_on_the_extractor() -> None:
    first = ground(ARTICLE, EXTRACTION, UNEDITED, "one/1")
    second = ground(ARTICLE, EXTRACTION, UNEDITED, "two/2")
    assert first.claims[0].claim_id == second.claims[0].claim_id


def test_raw_offsets_lead_to_the_same_words() -> None:
    raw = "Share this! " + TEXT
    edit = pl.DataFrame(
        {"raw_start": [0], "raw_end": [12], "clean_start": [0], "removed_text": ["Share this! "], "inserted_text": [""]}
    ).with_columns(pl.lit("doc_1").alias("document_id"))
    extracted = extract_documents(documents(TEXT), edit, FixedExtractor())
    (claim,) = extracted.claims.to_dicts()
    assert raw[claim["raw_start"] : claim["raw_end"]] == claim["evidence_text"]


def documents(*texts: str) -> pl.DataFrame:
    schema = {name: polars_schema(Document)[name] for name in ("document_id", "clean_text", "title", "published_on")}
    rows = [(f"doc_{number}", text, None, None) for number, text in enumerate(texts, start=1)]
    return pl.DataFrame(rows, schema=schema, orient="row")


class FixedExtractor:
    """Knows one text, and raises on every other."""

    version = "fixed/1"

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            if article.text != TEXT:
                raise ValueError("cannot read this")
            yield EXTRACTION


class RefusingExtractor:
    """Of the same version, but reads nothing."""

    version = FixedExtractor.version

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        raise ValueError("read again")


NO_EDITS = pl.DataFrame(schema=polars_schema(TextEdit))


def test_a_document_that_fails_is_told_and_stops_no_other() -> None:
    seen: list[tuple[int, int]] = []
    extracted = extract_documents(
        documents("bad", TEXT), NO_EDITS, FixedExtractor(), lambda done, total: seen.append((done, total))
    )
    assert extracted.failed == (("doc_1", "ValueError: cannot read this"),)
    assert extracted.claims["document_id"].to_list() == ["doc_2"]
    assert seen == [(1, 2), (2, 2)]


def test_a_known_document_is_not_read_again(tmp_path: Path) -> None:
    memory = Memory("extract", "1", ResultFile(tmp_path / "results.duckdb"))
    first = extract_documents(documents(TEXT), NO_EDITS, FixedExtractor(), memory=memory)
    again = extract_documents(documents(TEXT), NO_EDITS, RefusingExtractor(), memory=memory)
    assert (first.failed, again.failed) == ((), ())
    assert again.claims.equals(first.claims)
    assert again.mentions.equals(first.mentions)
    edited = extract_documents(documents(f"{TEXT} More."), NO_EDITS, RefusingExtractor(), memory=memory)
    assert edited.failed == (("doc_1", "ValueError: read again"),)


def test_frames_have_the_columns_of_their_models() -> None:
    for texts in ((), (TEXT,)):
        extracted = extract_documents(documents(*texts), NO_EDITS, FixedExtractor())
        check_schema(Sentence, extracted.sentences)
        check_schema(DocumentEntity, extracted.document_entities)
        check_schema(Mention, extracted.mentions)
        check_schema(Claim, extracted.claims)


def test_own_extractor_grounds_all_it_finds_and_repeats_itself() -> None:
    extractor = load_extractor()
    text = (
        "Microsoft has invested $1 billion in OpenAI, the company said on Monday.\n"
        "“We are proud of the result,” said Satya Nadella, chief executive of Microsoft. Its shares rose 3%."
    )
    first = extract_documents(documents(text, text), NO_EDITS, extractor)
    second = extract_documents(documents(text, text), NO_EDITS, extractor)
    assert first.dropped_count == 0
    assert first.failed == ()
    assert first.claims.equals(second.claims)
    for claim in first.claims.to_dicts():
        assert text[claim["start_char"] : claim["end_char"]] == claim["evidence_text"]
    assert {"invest", "say", "hold_role", "share_price_change"} <= set(first.claims["predicate"])
