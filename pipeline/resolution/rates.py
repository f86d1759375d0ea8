"""Exchange rates that articles imply by stating one amount in two currencies, and those that are out of line.

What belongs here: reading implied rates and comparing them. What does not: converting amounts (a rate is never
guessed), and the verdict on a release (a quality rule uses `find_odd_rates`).
"""

import polars as pl

ODD_SHARE = 0.15
"""How far, as a share, a rate may be from the usual one of its currency and time: rounding of both amounts included."""

WINDOW = "182d"
MIN_WITNESSES = 2

_COLUMNS = ("claim_id", "document_id", "currency", "published_on", "rate")


def find_implied_rates(claims: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Return the rates that claims imply. Columns: claim_id, document_id, currency, published_on, rate, evidence_text.

    `rate` is units of `currency` per US dollar, of claims that state both (usd_basis is stated).
    """
    return (
        claims.filter(
            (pl.col("usd_basis") == "stated")
            & (pl.col("value_usd") > 0)
            & (pl.col("value_low") > 0)
            & (pl.col("currency") != "USD")
        )
        .join(documents.select("document_id", "published_on"), on="document_id", how="left")
        .with_columns(rate=pl.col("value_low") / pl.col("value_usd"))
        .select(*_COLUMNS, "evidence_text")
        .sort("currency", "published_on", "claim_id")
    )


def find_odd_rates(claims: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Return implied rates that are far from the others of their currency and half-year, each beside one that is usual.

    Columns: those of `find_implied_rates`, usual_rate (the median of the other documents), usual_claim_id and
    usual_evidence_text (of the other claim nearest to it). A rate that fewer than MIN_WITNESSES other documents can be
    compared to is passed over; so are undated ones.
    """
    rates = find_implied_rates(claims, documents).filter(pl.col("published_on").is_not_null())
    others = rates.select(
        "currency",
        other_document="document_id",
        other_on="published_on",
        other_rate="rate",
        usual_claim_id="claim_id",
        usual_evidence_text="evidence_text",
    )
    beside = rates.join(others, on="currency").filter(
        (pl.col("other_document") != pl.col("document_id"))
        & (pl.col("other_on") >= pl.col("published_on").dt.offset_by(f"-{WINDOW}"))
        & (pl.col("other_on") <= pl.col("published_on").dt.offset_by(WINDOW))
    )
    compared = beside.with_columns(
        usual_rate=pl.col("other_rate").median().over("claim_id"),
        witnesses=pl.col("other_document").n_unique().over("claim_id"),
    ).filter(
        (pl.col("witnesses") >= MIN_WITNESSES)
        & ((pl.col("rate") / pl.col("usual_rate") - 1).abs() > ODD_SHARE)
        & ((pl.col("usual_rate") / pl.col("rate") - 1).abs() > ODD_SHARE)
    )
    return (
        compared.with_columns(distance=(pl.col("other_rate") - pl.col("usual_rate")).abs())
        .sort("claim_id", "distance", "usual_claim_id")
        .unique("claim_id", keep="first", maintain_order=True)
        .select(*_COLUMNS, "evidence_text", "usual_rate", "usual_claim_id", "usual_evidence_text")
    )
