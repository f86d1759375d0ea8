"""The row models: one pydantic model per table, and the vocabularies their columns use. This is the contract.

DuckDB DDL and comments, polars schemas, quality rules, Dagster column metadata and the data dictionary are all derived
from these models by `pipeline.schema`. What belongs here: columns, their types, bounds, keys and meaning. What does
not: how a value is computed, stored or judged.

Conventions: plural table names, `_id` identifiers (hashes of what they identify), `_on` dates, `_at` timestamps in UTC,
`_count`, `_ratio`, `is_` flags. Spans are half-open, in Unicode code points:
`substr(text, start_char + 1, end_char - start_char)` is the text of the span.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

# ── vocabularies ─────────────────────────────────────────────────────────────────────────────────────────────────────

PublishedOnBasis = Literal["text", "metadata", "url", "none"]
MediaType = Literal["text", "html"]
SourceChange = Literal["new", "changed", "unchanged", "vanished"]
RejectionStage = Literal["read", "clean", "extract"]
RejectionReason = Literal[
    "empty",
    "too_short",
    "too_large",
    "not_text",
    "undecodable",
    "malformed",
    "unreadable",
    "vanished",
    "duplicate_bytes",
    "unsupported_language",
    "listing_page",
    "error_page",
    "consent_page",
    "no_article",
    "processing_failed",
]
EditOperation = Literal["drop", "insert", "replace"]
EditKind = Literal[
    "advertisement",
    "byline",
    "caption",
    "comment_widget",
    "cookie_notice",
    "copyright",
    "disclaimer",
    "encoding",
    "glued_words",
    "metadata",
    "navigation",
    "newsletter",
    "promotion",
    "related_links",
    "repeated_title",
    "share_widget",
    "sign_in",
    "unlikely_text",
    "whitespace",
]
EntityType = Literal["organization", "person", "product", "place", "event", "law"]
AliasKind = Literal["name", "alias", "surname", "acronym", "ticker"]
MentionKind = Literal["name", "alias", "surname", "acronym", "ticker", "description", "pronoun"]
ValueKind = Literal["money", "percent", "count", "rank", "duration", "ratio"]
Comparator = Literal["eq", "at_least", "more_than", "at_most", "less_than", "about", "nearly", "up_to", "between"]
UsdBasis = Literal["stated", "same_currency", "rate"]
Direction = Literal["increase", "decrease"]
ChangeBasis = Literal["year_on_year", "quarter_on_quarter", "month_on_month", "week_on_week", "day_on_day", "since"]
EventPrecision = Literal["day", "month", "quarter", "year", "none"]
Polarity = Literal["affirmed", "negated"]
Stance = Literal["affirms", "denies", "questions", "declines_comment"]
Modality = Literal["actual", "planned", "forecast", "possible", "rumoured", "conditional"]
AttributionKind = Literal["author", "direct_quote", "indirect_speech", "document", "anonymous"]
FactStatus = Literal["single_source", "corroborated", "contested", "denied", "superseded"]
FactRelationKind = Literal["supports", "contradicts", "updates", "denies"]
LinkMethod = Literal["knowledge", "name", "alias", "acronym", "ticker", "similarity", "correction", "document"]
Severity = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is beyond its type: part of the key, a reference, or a time of processing.

    `references` names another table's column as `table.column`. A `volatile` column records when or by which release
    a row was processed: it is left out of content hashes, so that a rebuild from nothing has the same content.
    """

    key: bool = False
    references: str | None = None
    volatile: bool = False


class Row(BaseModel):
    """A row of one table. Subclasses set `table`; their docstring is the table's comment."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    table: ClassVar[str]
    is_published: ClassVar[bool] = True


Count = Annotated[int, Field(ge=0)]
Offset = Annotated[int, Field(ge=0)]
Ratio = Annotated[float, Field(ge=0, le=1)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
NonEmpty = Annotated[str, Field(min_length=1)]

DocumentRef = Annotated[NonEmpty, Column(references="documents.document_id")]
SentenceRef = Annotated[NonEmpty, Column(references="sentences.sentence_id")]
EntityRef = Annotated[NonEmpty, Column(references="entities.entity_id")]
FactRef = Annotated[NonEmpty, Column(references="facts.fact_id")]


# ── raw and clean ────────────────────────────────────────────────────────────────────────────────────────────────────


class RawDocument(Row):
    """Every document of the source as found, one row per `source_uri`; a vanished one is told once."""

    table = "raw_documents"
    is_published = False

    source_uri: Annotated[NonEmpty, Column(key=True)] = Field(
        description="Path below the source folder, with forward slashes."
    )
    content_sha256: Sha256 | None = Field(description="SHA-256 of the bytes; null where they could not be read.")
    byte_count: Count | None = Field(description="Size in bytes; null where it could not be read.")
    media_type: MediaType | None = Field(description="What the bytes hold: bare text or an HTML page.")
    encoding: str | None = Field(description="Character encoding that the bytes were decoded with.")
    content: str | None = Field(description="Decoded text or HTML source; null where it was rejected or vanished.")
    change: SourceChange = Field(description="How the document differs from the run before.")
    rejection_reason: RejectionReason | None = Field(description="Why it cannot be processed further, else null.")
    rejection_detail: str | None = Field(description="The reason in words, with the figure or error behind it.")
    ingested_at: Annotated[datetime, Column(volatile=True)] = Field(description="When these bytes were first read.")


class Document(Row):
    """Clean articles, one row per document that could be read as one."""

    table = "documents"

    document_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of `source_uri`.")
    source_uri: NonEmpty = Field(description="Where it was found: path below the source folder.")
    source_name: str | None = Field(description="Publisher, as the page names it.")
    content_sha256: Sha256 = Field(description="SHA-256 of the bytes as found.")
    title: str | None = Field(description="Headline, where one stands apart from the text.")
    author: str | None = Field(description="Author or authors, as the page names them.")
    published_on: date | None = Field(description="Publication date; null where none is stated.")
    published_on_basis: PublishedOnBasis = Field(description="What `published_on` was read from.")
    language: str = Field(description="ISO 639-1 code of the text's language.", pattern=r"^[a-z]{2,3}$")
    raw_text: str = Field(description="The text as found; for HTML the text of the whole page in document order.")
    raw_html_sha256: Sha256 | None = Field(description="For HTML: names the page's bytes, kept beside the release.")
    clean_text: NonEmpty = Field(
        description="The article alone, one paragraph a line; `text_edits` lead from raw to clean."
    )
    word_count: Count = Field(description="Words of `clean_text`.")
    kept_ratio: Ratio = Field(description="Share of the characters of `raw_text` that `clean_text` keeps.")
    is_ai_generated: bool = Field(description="Whether the page says that its text was generated by AI.")
    duplicate_group_id: str | None = Field(
        description="Same for near-duplicates of one article; null where it has none."
    )
    is_duplicate: bool = Field(description="True for all of a duplicate group but its representative.")
    ingested_at: Annotated[datetime, Column(volatile=True)] = Field(description="When these bytes were first read.")


class TextEdit(Row):
    """The edit ledger, one row per edit: applied in order, the edits turn `raw_text` into `clean_text`, and back."""

    table = "text_edits"

    edit_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of document, span and inserted text.")
    document_id: DocumentRef = Field(description="The document edited.")
    raw_start: Offset = Field(description="First character of `raw_text` that the edit takes out.")
    raw_end: Offset = Field(description="One past the last; equal to `raw_start` for an insertion.")
    clean_start: Offset = Field(description="Where the edit stands in `clean_text`.")
    operation: EditOperation = Field(description="drop, insert or replace.")
    kind: EditKind = Field(description="What was removed or repaired.")
    rule_id: NonEmpty = Field(description="The rule that made the edit.")
    removed_text: str = Field(description="Exactly `raw_text[raw_start:raw_end]`.")
    inserted_text: str = Field(description="What stands in `clean_text` instead.")


class RejectedDocument(Row):
    """What could not become a document, one row per rejected `source_uri`, with the reason."""

    table = "rejected_documents"

    source_uri: Annotated[NonEmpty, Column(key=True)] = Field(description="Path below the source folder.")
    content_sha256: Sha256 | None = Field(description="SHA-256 of the bytes; null where they could not be read.")
    stage: RejectionStage = Field(description="The step that rejected it.")
    reason: RejectionReason = Field(description="Why, as a code.")
    detail: NonEmpty = Field(description="Why, in words, with the figure or error behind it.")
    rejected_at: Annotated[datetime, Column(volatile=True)] = Field(description="When these bytes were first rejected.")


# ── extract ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Sentence(Row):
    """Sentences of clean articles, one row per sentence."""

    table = "sentences"

    sentence_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of document and span.")
    document_id: DocumentRef = Field(description="The document it stands in.")
    sentence_index: Count = Field(description="Position in the document, from 0.")
    start_char: Offset = Field(description="First character in `clean_text`.")
    end_char: Offset = Field(description="One past the last character in `clean_text`.")


class DocumentEntity(Row):
    """Entities as one document knows them, one row per document and entity, before resolution across documents."""

    table = "document_entities"
    is_published = False

    document_entity_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of document, name and type.")
    document_id: DocumentRef = Field(description="The document.")
    name: NonEmpty = Field(description="The fullest name that the document uses.")
    entity_type: EntityType = Field(description="What it is.")
    knowledge_id: str | None = Field(description="Entry of the knowledge file that the name was recognised as.")
    ticker: str | None = Field(description="Stock ticker that the document states.")


class Mention(Row):
    """Entity mentions, one row per span of text that names or refers to an entity.

    In the working file `entity_id` holds the `document_entity_id`; resolution maps it to the entity.
    """

    table = "mentions"

    mention_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of document and span.")
    document_id: DocumentRef = Field(description="The document it stands in.")
    sentence_id: SentenceRef = Field(description="The sentence it stands in.")
    entity_id: EntityRef | None = Field(description="Whom it means; null where the document does not say.")
    start_char: Offset = Field(description="First character in `clean_text`.")
    end_char: Offset = Field(description="One past the last character in `clean_text`.")
    surface: NonEmpty = Field(description="Exactly that span of `clean_text`.")
    mention_kind: MentionKind = Field(description="How it refers: by name, short name, description or pronoun.")
    raw_start: Offset = Field(description="First character in `raw_text`.")
    raw_end: Offset = Field(description="One past the last character in `raw_text`.")
    confidence: Ratio = Field(description="How sure the rule is, 0 to 1.")
    rule_id: NonEmpty = Field(description="The rule or model that found it.")


class Claim(Row):
    """Claims, one row per statement of one document that fills a predicate, with who said it and how.

    In the working file entity columns hold `document_entity_id`s, `fact_id` and `release_id` are null; resolution and
    publication fill them.
    """

    table = "claims"

    claim_id: Annotated[NonEmpty, Column(key=True)] = Field(
        description="Hash of document, span, predicate, roles and value."
    )
    fact_id: FactRef | None = Field(description="The fact that it supports.")
    document_id: DocumentRef = Field(description="The document it stands in.")
    sentence_id: SentenceRef = Field(description="The sentence it stands in.")
    predicate: NonEmpty = Field(description="What is claimed: a name of the predicate registry.")
    subject_entity_id: EntityRef | None = Field(description="Who or what it is about; null for a generic subject.")
    subject_text: NonEmpty = Field(description="The subject, as the text has it.")
    object_entity_id: EntityRef | None = Field(description="The other party or thing, where it is an entity.")
    object_text: str | None = Field(description="The other party or thing, as the text has it.")
    value_text: str | None = Field(description="The value, as the text has it.")
    value_kind: ValueKind | None = Field(description="What the value counts.")
    value_low: float | None = Field(description="Lower end in plain units (percent in points); equal ends for a point.")
    value_high: float | None = Field(description="Upper end in plain units.")
    comparator: Comparator | None = Field(description="How the value is stated: exactly, at least, about ...")
    currency: Currency | None = Field(description="ISO 4217 code of a money value.")
    unit: str | None = Field(description="What is counted, or the unit of a duration.")
    value_usd: float | None = Field(description="The lower end in US dollars; null rather than a guess.")
    usd_basis: UsdBasis | None = Field(description="Where `value_usd` comes from.")
    direction: Direction | None = Field(description="Whether a change is up or down.")
    change_basis: ChangeBasis | None = Field(description="What a change is measured against.")
    event_start: date | None = Field(description="When it happened or begins, at the precision stated.")
    event_end: date | None = Field(description="When it ended or ends.")
    event_precision: EventPrecision = Field(description="Precision of the times.")
    time_text: str | None = Field(description="The time expression, as the text has it.")
    polarity: Polarity = Field(description="Whether the statement itself is negative.")
    stance: Stance = Field(description="How the source stands to the statement.")
    modality: Modality = Field(description="Whether it is so, planned, forecast, possible, rumoured or conditional.")
    attribution: AttributionKind = Field(description="On whose word: the author's own, or how it is attributed.")
    speaker_entity_id: EntityRef | None = Field(description="Who says so, where that is an entity.")
    speaker_text: str | None = Field(description="Who says so, as the text has it; null for the author.")
    speaker_role: str | None = Field(description="The speaker's role, as the text has it.")
    cue_text: str | None = Field(description="The words that attribute it (said, according to ...).")
    parent_claim_id: Annotated[str | None, Column(references="claims.claim_id")] = Field(
        description="The report that this claim stands in, where a report is reported."
    )
    start_char: Offset = Field(description="First character of the evidence in `clean_text`.")
    end_char: Offset = Field(description="One past the last character of the evidence.")
    evidence_text: NonEmpty = Field(description="Exactly that span of `clean_text`.")
    raw_start: Offset = Field(description="First character of the evidence in `raw_text`.")
    raw_end: Offset = Field(description="One past the last character of the evidence in `raw_text`.")
    rule_id: NonEmpty = Field(description="The pattern that found it.")
    extractor: NonEmpty = Field(description="Name and version of the extractor.")
    confidence: Ratio = Field(description="How sure the extractor is, 0 to 1.")
    release_id: Annotated[str | None, Column(volatile=True)] = Field(
        description="The release that published this row; null in the working file."
    )


# ── resolve ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Entity(Row):
    """Real-world entities, one row per entity across all documents."""

    table = "entities"

    entity_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of what identifies the entity.")
    name: NonEmpty = Field(description="Its usual name.")
    entity_type: EntityType = Field(description="What it is.")
    wikidata_id: Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")] | None = Field(description="Wikidata item.")
    ticker: str | None = Field(description="Stock ticker.")
    mention_count: Count = Field(description="Mentions over all documents, pronouns and descriptions included.")
    document_count: Count = Field(description="Documents that mention it.")
    first_seen_on: date | None = Field(description="Earliest publication date of a document that mentions it.")
    last_seen_on: date | None = Field(description="Latest publication date of a document that mentions it.")


class EntityAlias(Row):
    """Names under which an entity occurs, one row per entity and alias."""

    table = "entity_aliases"

    entity_id: Annotated[NonEmpty, Column(key=True, references="entities.entity_id")] = Field(description="The entity.")
    alias: Annotated[NonEmpty, Column(key=True)] = Field(description="A name used for it.")
    alias_kind: AliasKind = Field(description="What kind of name it is.")


class EntityLink(Row):
    """Decisions of entity resolution, one row per document entity: which entity it is, by which method, how sure."""

    table = "entity_links"
    is_published = False

    document_entity_id: Annotated[NonEmpty, Column(key=True, references="document_entities.document_entity_id")] = (
        Field(description="The document's entity.")
    )
    entity_id: EntityRef = Field(description="The entity that it is.")
    method: LinkMethod = Field(description="What the decision rests on.")
    score: Ratio = Field(description="How sure the decision is, 0 to 1.")
    decided_at: Annotated[datetime, Column(volatile=True)] = Field(description="When it was first decided so.")


class Fact(Row):
    """Facts, one row per statement that one or more claims make about the same parties, value and period."""

    table = "facts"

    fact_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of predicate, parties, value and period.")
    predicate: NonEmpty = Field(description="What is claimed.")
    subject_entity_id: EntityRef | None = Field(description="Who or what it is about.")
    object_entity_id: EntityRef | None = Field(description="The other party or thing.")
    value_kind: ValueKind | None = Field(description="What the value counts.")
    value_low: float | None = Field(description="Lower end over its claims.")
    value_high: float | None = Field(description="Upper end over its claims.")
    currency: Currency | None = Field(description="ISO 4217 code of a money value.")
    value_usd: float | None = Field(description="The value in US dollars, where a claim states it.")
    event_start: date | None = Field(description="When it happened or begins.")
    event_end: date | None = Field(description="When it ended or ends.")
    claim_count: Annotated[int, Field(ge=1)] = Field(description="Claims that make it.")
    document_count: Annotated[int, Field(ge=1)] = Field(description="Documents that make it.")
    independent_source_count: Annotated[int, Field(ge=1)] = Field(
        description="Sources that make it, duplicates and shared origins counted once."
    )
    first_reported_on: date | None = Field(description="Earliest publication date of its documents.")
    last_reported_on: date | None = Field(description="Latest publication date of its documents.")
    status: FactStatus = Field(description="What its claims and relations amount to.")


class FactRelation(Row):
    """How facts relate, one row per ordered pair of facts and relation, with the reason in words."""

    table = "fact_relations"

    fact_id: Annotated[NonEmpty, Column(key=True, references="facts.fact_id")] = Field(description="The fact.")
    related_fact_id: Annotated[NonEmpty, Column(key=True, references="facts.fact_id")] = Field(
        description="The fact that it supports, contradicts, updates or denies."
    )
    relation: Annotated[FactRelationKind, Column(key=True)] = Field(description="How it relates.")
    reason: NonEmpty = Field(description="Why, in words.")


class FactLink(Row):
    """Which fact a claim makes, one row per claim."""

    table = "fact_links"
    is_published = False

    claim_id: Annotated[NonEmpty, Column(key=True, references="claims.claim_id")] = Field(description="The claim.")
    fact_id: FactRef = Field(description="The fact that it makes.")


# ── publish ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class CheckResult(Row):
    """Verdicts behind a release, one row per quality rule."""

    table = "check_results"

    release_id: Annotated[str, Column(key=True, volatile=True)] = Field(description="The release that it let through.")
    check_name: Annotated[NonEmpty, Column(key=True)] = Field(description="The rule.")
    table_name: Annotated[NonEmpty, Column(key=True)] = Field(description="The table that it judges.")
    severity: Severity = Field(description="block: a failure stops the release; warn: it is only told.")
    passed: bool = Field(description="The verdict.")
    evaluated_count: Count = Field(description="Rows that the rule looked at.")
    failed_count: Count = Field(description="Rows that break it.")
    failed_sample: str | None = Field(description="One row that breaks it, as JSON.")


class Release(Row):
    """Releases, one row per release, the newest last: what it holds and what changed since the one before."""

    table = "releases"

    release_id: Annotated[NonEmpty, Column(key=True)] = Field(description="Hash of the content of all tables.")
    created_at: Annotated[datetime, Column(volatile=True)] = Field(description="When it was published.")
    code_version: NonEmpty = Field(description="Version of Winnow that made it.")
    document_count: Count = Field(description="Rows of documents.")
    rejected_count: Count = Field(description="Rows of rejected_documents.")
    mention_count: Count = Field(description="Rows of mentions.")
    entity_count: Count = Field(description="Rows of entities.")
    claim_count: Count = Field(description="Rows of claims.")
    fact_count: Count = Field(description="Rows of facts.")
    content_hashes: NonEmpty = Field(
        description="JSON object: table to SHA-256 of its content, volatile columns left out."
    )
    previous_release_id: str | None = Field(description="The release before; null for the first.")
    changes: NonEmpty = Field(description="JSON object: table to rows added, removed and changed since the one before.")


TABLES: tuple[type[Row], ...] = (
    RawDocument,
    Document,
    TextEdit,
    RejectedDocument,
    Sentence,
    DocumentEntity,
    Mention,
    Claim,
    Entity,
    EntityAlias,
    EntityLink,
    Fact,
    FactRelation,
    FactLink,
    CheckResult,
    Release,
)
"""All tables, in the order in which the pipeline fills them."""

PUBLISHED_TABLES: tuple[type[Row], ...] = tuple(model for model in TABLES if model.is_published)
"""The tables of the published file."""
