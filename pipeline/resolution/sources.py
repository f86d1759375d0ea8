"""How many sources independently make a fact.

Copies of one article (a duplicate group), several articles of one publisher, articles that cite one origin ("according
to Bloomberg" in five outlets), and articles that share a whole sentence of evidence are one source. What belongs here:
that count. What does not: detecting copies of whole articles, which cleaning does.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

import polars as pl

from pipeline.resolution.clusters import Clusters
from pipeline.resolution.names import fold
from pipeline.tables import AttributionKind

MIN_COPIED_WORDS = 12


class Account(NamedTuple):
    """On whose word one claim stands: its scope (document or group of copies), publisher, speaker and sentence."""

    fact_id: str
    scope: str
    source_name: str | None
    attribution: AttributionKind
    speaker: str | None
    evidence_text: str


def count_sources(claims: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return the number of independent sources of each fact. Columns: fact_id, independent_source_count.

    `claims` are prepared claims with their fact_id; `names` are entity_id and name, by which a cited origin and a
    publisher are found to be the same.
    """
    cited = pl.coalesce("name", "speaker_text")
    accounts = claims.join(
        names.select("name", speaker_entity_id="entity_id"), on="speaker_entity_id", how="left"
    ).select("fact_id", "scope", "source_name", "attribution", cited.alias("speaker"), "evidence_text")
    shared = pl.col("scope").n_unique().over("fact_id") > 1
    lone = accounts.filter(~shared).select("fact_id", independent_source_count=pl.lit(1, pl.Int64)).unique()
    counts: dict[str, int] = {}
    told = (Account(*row) for row in accounts.filter(shared).sort("fact_id").iter_rows())
    for fact_id, found in groupby(told, key=lambda account: account.fact_id):
        counts[fact_id] = count_independent(found)
    several = pl.DataFrame(
        {"fact_id": list(counts), "independent_source_count": list(counts.values())},
        schema={"fact_id": pl.String, "independent_source_count": pl.Int64},
    )
    return pl.concat([lone, several])


def count_independent(accounts: Iterable[Account]) -> int:
    """Return how many independent sources stand behind accounts for one fact.

    A document that cites somebody counts as what it cites, one that cites nobody as itself. Unnamed sources are the
    document's own. Copied sentences and common publishers join what is a document's own.
    """
    cited: dict[str, set[str]] = {}
    own: dict[str, list[Account]] = {}
    for account in accounts:
        origin = _origin(account)
        if origin:
            cited.setdefault(account.scope, set()).add(origin)
        else:
            own.setdefault(account.scope, []).append(account)
    clusters = Clusters()
    sources = {origin for origins in cited.values() for origin in origins}
    for scope, found in own.items():
        if scope in cited:
            continue
        sources.add(f"scope {scope}")
        for account in found:
            for tie in _ties(account):
                clusters.union(f"scope {scope}", tie)
    return len({clusters.find(source) for source in sources})


def _origin(account: Account) -> str | None:
    if account.attribution in ("author", "anonymous") or not account.speaker:
        return None
    return f"name {' '.join(fold(account.speaker))}"


def _ties(account: Account) -> list[str]:
    words = fold(account.evidence_text)
    ties = [f"sentence {' '.join(words)}"] if len(words) >= MIN_COPIED_WORDS else []
    return [*ties, f"name {' '.join(fold(account.source_name))}"] if account.source_name else ties
