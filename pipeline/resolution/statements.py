"""Claims made comparable: parties resolved, sides and moods told apart, amounts and periods read.

What belongs here: the comparable form of a claim, as a frame and as a value, and the blocks within which claims are
compared at all. What does not: which claims make one fact (`grouping`) and how facts relate (`relations`).

A claim is `affirming` or `denying`: a denial of a positive statement and a negative statement are both on the denying
side. Doubt and refusal to comment (`doubting`, `silent`) are on neither. Its mood is what kind of world it speaks of:
rumours claim something actual, so `rumoured` and `actual` are the mood `actual`; `possible` and `conditional` are
`possible`.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from pipeline.resolution.amounts import Amount, read_amount
from pipeline.resolution.names import fold
from pipeline.resolution.periods import Period
from pipeline.resolution.traits import Traits, measure_key, predicate_traits, text_key
from pipeline.tables import Comparator

USD = "USD"
ENTITY_PREFIX = "ent_"

_SEPARATOR = "\x1f"

_CONTEXT_BOUND = r"(?i)^(the|its|his|her|their|our|my|your|this|that|these|those|it|he|she|they|we|i|you|who|which)\b"
CLAIM_COLUMNS = (
    "claim_id",
    "document_id",
    "predicate",
    "subject_entity_id",
    "subject_text",
    "object_entity_id",
    "object_text",
    "value_text",
    "value_kind",
    "value_low",
    "value_high",
    "comparator",
    "currency",
    "unit",
    "value_usd",
    "direction",
    "change_basis",
    "event_start",
    "event_end",
    "polarity",
    "stance",
    "modality",
    "attribution",
    "speaker_entity_id",
    "speaker_text",
    "evidence_text",
)
"""The columns of claims that facts are found from."""

_BLOCK_COLUMNS = ("predicate", "side", "mood", "subject", "value_kind", "unit_key", "direction", "block_object")


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim, or the fact that claims were found to make, in the form in which it is compared.

    `object` is a key of the party or measure, None where the statement names none; `words` are those of the content
    of speech; `amounts` are by currency code, or by the empty string for what is no money;
    `basis` is what a change is measured against.
    """

    key: str
    scope: str
    object: str | None
    words: tuple[str, ...]
    amounts: dict[str, Amount]
    currency: str
    period: Period
    basis: str | None

    def shared_amounts(self, other: "Statement") -> tuple[Amount, Amount] | None:
        """Return the two amounts in a currency that both state, each one's own before US dollars; None without one."""
        for currency in (self.currency, other.currency, USD):
            if currency in self.amounts and currency in other.amounts:
                return self.amounts[currency], other.amounts[currency]
        return None

    @property
    def has_value(self) -> bool:
        """Whether a value is stated."""
        return bool(self.amounts)


class StatementRow(NamedTuple):
    """The columns of a comparable claim from which a Statement is read, in their order."""

    claim_id: str
    predicate: str
    scope: str
    object: str | None
    object_text: str | None
    value_low: float | None
    value_high: float | None
    comparator: Comparator | None
    value_text: str | None
    currency: str | None
    value_usd: float | None
    event_start: date | None
    event_end: date | None
    published_on: date | None
    change_basis: str | None


def prepare_claims(claims: pl.DataFrame, documents: pl.DataFrame, entity_links: pl.DataFrame) -> pl.DataFrame:
    """Return the claims made comparable, sorted by claim_id.

    Columns: those of CLAIM_COLUMNS, the entity columns holding entity ids; `scope`, `published_on`, `source_name`;
    `side` (affirming, denying, doubting, silent), `mood` (actual, planned, forecast, possible); `subject` and `object`
    (keys of the parties, sorted where the predicate is symmetric), `unit_key`, and `block`: claims of different blocks
    are never one fact.
    """
    origin = documents.select(
        "document_id", "published_on", "source_name", scope=pl.coalesce("duplicate_group_id", "document_id")
    )
    linked = claims.select(CLAIM_COLUMNS)
    for column in ("subject_entity_id", "object_entity_id", "speaker_entity_id"):
        linked = (
            linked.join(
                entity_links.select(pl.col("document_entity_id").alias(column), found="entity_id"),
                on=column,
                how="left",
            )
            .drop(column)
            .rename({"found": column})
        )
    compared = linked.join(origin, on="document_id", how="left").join(_trait_frame(claims), on="predicate", how="left")
    compared = compared.with_columns(
        side=_side(),
        mood=pl.col("modality").replace({"rumoured": "actual", "conditional": "possible"}),
        unit_key=pl.col("unit").str.to_lowercase().str.replace_all("_", " ").str.strip_chars_end("s"),
        subject=_party("subject"),
        object=pl.when(pl.col("object_role") != "none").then(_party("object")),
    )
    compared = _normalise_texts(compared)
    subject_known, object_known = (pl.col(role).str.starts_with(ENTITY_PREFIX) for role in ("subject", "object"))
    is_turned = (
        pl.col("is_symmetric")
        & pl.col("object").is_not_null()
        & pl.when(subject_known == object_known).then(pl.col("object") < pl.col("subject")).otherwise(object_known)
    )
    compared = compared.with_columns(
        subject=pl.when(is_turned).then("object").otherwise("subject"),
        object=pl.when(is_turned).then("subject").otherwise("object"),
    )
    is_free = (pl.col("value_low").is_not_null() & pl.col("object_role").is_in(["party", "measure"])) | (
        pl.col("object_role") == "content"
    )
    return (
        compared.with_columns(block_object=pl.when(~is_free).then("object"))
        .with_columns(
            block=pl.concat_str([pl.col(name).fill_null("") for name in _BLOCK_COLUMNS], separator=_SEPARATOR)
        )
        .drop("block_object")
        .sort("claim_id")
    )


def read_statement(row: StatementRow, traits: Traits) -> Statement:
    """Return the comparable claim of one row of `prepare_claims`."""
    amounts: dict[str, Amount] = {}
    currency = row.currency or ""
    if row.value_low is not None:
        high = row.value_low if row.value_high is None else row.value_high
        amounts[currency] = read_amount(row.value_low, high, row.comparator, row.value_text)
        if row.value_usd is not None and currency != USD:
            in_dollars = row.value_usd * high / row.value_low if row.value_low else row.value_usd
            amounts[USD] = read_amount(row.value_usd, in_dollars, row.comparator, row.value_text)
    return Statement(
        key=row.claim_id,
        scope=row.scope,
        object=row.object,
        words=fold(row.object_text or "") if traits.object == "content" else (),
        amounts=amounts,
        currency=currency,
        period=Period(row.event_start, row.event_end, row.published_on),
        basis=row.change_basis,
    )


def is_entity(party: str | None) -> bool:
    """Return whether the key of a party is that of an entity."""
    return party is not None and party.startswith(ENTITY_PREFIX)


def _side() -> pl.Expr:
    is_denying = (pl.col("stance") == "denies") != (pl.col("polarity") == "negated")
    return (
        pl.when(pl.col("stance") == "questions")
        .then(pl.lit("doubting"))
        .when(pl.col("stance") == "declines_comment")
        .then(pl.lit("silent"))
        .when(is_denying)
        .then(pl.lit("denying"))
        .otherwise(pl.lit("affirming"))
    )


def _party(role: str) -> pl.Expr:
    """An entity, or else the words as they stand, bound to their scope where they point into their context."""
    text = pl.col(f"{role}_text")
    bound = pl.format("{}@{}", text, "scope")
    words = pl.when(text.str.contains(_CONTEXT_BOUND)).then(bound).otherwise(text)
    return pl.coalesce(f"{role}_entity_id", words)


def _normalise_texts(compared: pl.DataFrame) -> pl.DataFrame:
    """Replace the words of parties that are no entities by their keys."""
    for role in ("subject", "object"):
        text, scoped = pl.col(f"{role}_text"), pl.col(role).str.ends_with("@" + pl.col("scope"))
        is_text = pl.col(f"{role}_entity_id").is_null() & pl.col(role).is_not_null()
        is_measure = (pl.col("object_role") == "measure") & pl.lit(role == "object")
        plain = compared.filter(is_text & ~is_measure)[f"{role}_text"].unique()
        measures = compared.filter(is_measure & text.is_not_null())[f"{role}_text"].unique()
        keys = pl.concat(
            [
                _keys(plain, [text_key(words) for words in plain.to_list()], is_measure=False),
                _keys(measures, [measure_key(words) for words in measures.to_list()], is_measure=True),
            ]
        ).rename({"words": f"{role}_text"})
        compared = (
            compared.with_columns(is_measure=is_measure)
            .join(keys, on=[f"{role}_text", "is_measure"], how="left")
            .with_columns(
                pl.when(is_measure)
                .then("phrase")
                .when(is_text & scoped)
                .then(pl.format("{}@{}", "phrase", "scope"))
                .when(is_text)
                .then("phrase")
                .otherwise(role)
                .alias(role)
            )
            .drop("phrase", "is_measure")
        )
    return compared


def _keys(words: pl.Series, keys: list[str], *, is_measure: bool) -> pl.DataFrame:
    return pl.DataFrame(
        {"words": words, "is_measure": [is_measure] * len(keys), "phrase": keys},
        schema={"words": pl.String, "is_measure": pl.Boolean, "phrase": pl.String},
    )


def _trait_frame(claims: pl.DataFrame) -> pl.DataFrame:
    traits = predicate_traits()
    predicates = claims["predicate"].unique().sort().to_list()
    found = [traits.of(predicate) for predicate in predicates]
    return pl.DataFrame(
        {
            "predicate": predicates,
            "object_role": [trait.object for trait in found],
            "is_symmetric": [trait.is_symmetric for trait in found],
        },
        schema={"predicate": pl.String, "object_role": pl.String, "is_symmetric": pl.Boolean},
    )
