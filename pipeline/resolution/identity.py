"""What a fact is called: the hash of its first report, that is of what it claims and of the day it speaks of.

Later reports, however much more precise, leave the identifier as it is, and so does the loss of any but the first. What
belongs here: choosing the first report, and the hash. What does not: which claims make a fact (`grouping`).
"""

import polars as pl

from pipeline.identifiers import make_id

_CONTENT = (
    "predicate",
    "side",
    "mood",
    "subject",
    "object",
    "value_kind",
    "value_low",
    "value_high",
    "currency",
    "unit_key",
    "direction",
    "change_basis",
    "event_start",
    "event_end",
)


def identify_facts(linked: pl.DataFrame) -> pl.DataFrame:
    """Return the identifier of each fact. Columns: leader_id, fact_id.

    `linked` are prepared claims with the leading claim of their fact, `leader_id`. First is the claim published first;
    of several on that day, or of undated ones alone, the leading claim, then the first by identifier. Where first
    reports of two facts are alike to the day, the identifier of the second takes in its claim's.
    """
    first = (
        linked.select("leader_id", "claim_id", "published_on")
        .with_columns(follows=pl.col("claim_id") != pl.col("leader_id"))
        .sort(["leader_id", "published_on", "follows", "claim_id"], nulls_last=True)
        .unique("leader_id", keep="first", maintain_order=True)
        .select("claim_id")
    )
    about = (*_CONTENT, "as_of")
    reports = (
        linked.join(first, on="claim_id", how="semi")
        .with_columns(as_of=pl.coalesce("event_start", "event_end", "published_on"))
        .select(*about, "claim_id", "leader_id")
        .sort("claim_id")
        .with_columns(twin=pl.when(pl.int_range(pl.len()).over(about) > 0).then("claim_id"))
    )
    identifiers = [
        make_id("fact", *row[:-1], *(() if row[-1] is None else row[-1:]))
        for row in reports.select(*about, "twin").iter_rows()
    ]
    return reports.select("leader_id", fact_id=pl.Series(identifiers, dtype=pl.String))
