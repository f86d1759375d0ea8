"""What the steps of extraction hand to each other: spans, mentions, quantities, times, attributions and claim drafts.

Plain frozen values over one article's clean text, offsets in code points, half-open. What does not belong here: how
any of them is found (a package each), and table rows (`grounding` makes those).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.tables import (
    AttributionKind,
    ChangeBasis,
    Comparator,
    Direction,
    EntityType,
    EventPrecision,
    MentionKind,
    Modality,
    Polarity,
    Stance,
    UsdBasis,
    ValueKind,
)


class Span(NamedTuple):
    """A stretch of clean text."""

    start: int
    end: int

    def within(self, other: "Span") -> bool:
        """Return whether this span lies inside the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One clean article: what extraction may look at."""

    document_id: str
    text: str
    title: str | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in the text: "more than $1 billion" is one quantity whose span includes the comparator.

    `low` and `high` are plain units, percent in points; equal for a point. `unit` is the counted noun's lemma
    (users, deals) or the unit of a duration (day, month, year). Two amounts stated for one value ("280 billion yuan
    ($39 billion)") are one quantity over both, in the first currency, with `value_usd` as stated.
    """

    span: Span
    kind: ValueKind
    low: float
    high: float
    comparator: Comparator
    currency: str | None = None
    unit: str | None = None
    value_usd: float | None = None
    usd_basis: UsdBasis | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date or period in the text, resolved against the article's publication date; ends are inclusive.

    An end that the text leaves open, or that cannot be known, is None ("since 2023" has no end).
    """

    span: Span
    start: date | None
    end: date | None
    precision: EventPrecision


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """An entity as this document knows it: its fullest name there, and what the knowledge file or text add."""

    name: str
    entity_type: EntityType
    knowledge_id: str | None = None
    ticker: str | None = None


@dataclass(frozen=True, slots=True)
class MentionDraft:
    """A span that names or refers to an entity; `entity` indexes the document's entity drafts, None if unresolved."""

    span: Span
    kind: MentionKind
    entity: int | None
    confidence: float
    rule_id: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text that somebody other than the author stands for.

    `content` covers what is attributed (for a quotation: the words between the marks). `speaker` and `cue` are spans
    of the words that name the source and that attribute it; a quotation without a findable speaker has none.
    `entity` indexes the document's entity drafts. `parent` indexes the attribution that this one stands in.
    """

    content: Span
    kind: AttributionKind
    speaker: Span | None
    cue: Span | None
    rule_id: str
    entity: int | None = None
    role: Span | None = None
    stance: Stance = "affirms"
    modality: Modality = "actual"
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Subject or object of a claim: its words, and the entity (index of the draft) where it is one."""

    span: Span
    entity: int | None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A claim before it becomes a row: predicate, roles, value, time, epistemics, attribution and evidence."""

    predicate: str
    subject: Role
    evidence: Span
    rule_id: str
    confidence: float
    object: Role | None = None
    quantity: Quantity | None = None
    direction: Direction | None = None
    change_basis: ChangeBasis | None = None
    time: TimeExpression | None = None
    polarity: Polarity = "affirmed"
    stance: Stance = "affirms"
    modality: Modality = "actual"
    attribution: Attribution | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything known about an article before claims are looked for; `doc` covers exactly `article.text`."""

    article: Article
    doc: Doc
    entities: tuple[EntityDraft, ...] = ()
    mentions: tuple[MentionDraft, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    attributions: tuple[Attribution, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor returns for one article. Indices in mentions and claims point into `entities` and `claims`."""

    sentences: tuple[Span, ...]
    entities: tuple[EntityDraft, ...]
    mentions: tuple[MentionDraft, ...]
    claims: tuple[ClaimDraft, ...]
