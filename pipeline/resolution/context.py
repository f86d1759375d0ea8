"""The company that an entity keeps: other entities of its documents, as evidence whether two names mean the same.

What belongs here: which neighbours tell something, and counting shared ones. What does not: what a count decides.
"""

import polars as pl

COMMON_SHARE = 0.005
COMMON_FLOOR = 10


def find_neighbours(entities: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Return which nodes stand in which scope (document, or group of copies) and tell something about their neighbours.

    Columns: scope, neighbour; distinct rows. Left out are places, entities that a document only cites as speaker, and
    those in more than COMMON_SHARE of all scopes (COMMON_FLOOR at least): they keep everybody's company.
    """
    parties = pl.concat(
        [claims.select(pl.col(column).alias("party")) for column in ("subject_entity_id", "object_entity_id")]
    )
    cited = claims.select(pl.col("speaker_entity_id").alias("party")).join(parties, on="party", how="anti")
    telling = (
        entities.filter(pl.col("entity_type") != "place")
        .join(cited.drop_nulls().unique(), left_on="document_entity_id", right_on="party", how="anti")
        .select("scope", neighbour="node")
        .unique()
    )
    limit = max(COMMON_FLOOR, int(COMMON_SHARE * entities["scope"].n_unique()))
    return telling.filter(pl.len().over("neighbour") <= limit)


def count_shared(pairs: pl.DataFrame, entities: pl.DataFrame, neighbours: pl.DataFrame) -> pl.DataFrame:
    """Return `pairs` (columns left, right: nodes) with `shared`: how many telling neighbours both have.

    Neither node counts as its own or the other's neighbour.
    """
    wanted = pl.concat([pairs.select(node="left"), pairs.select(node="right")]).unique()
    company = (
        entities.select("node", "scope")
        .join(wanted, on="node", how="semi")
        .unique()
        .join(neighbours, on="scope")
        .filter(pl.col("node") != pl.col("neighbour"))
        .select("node", "neighbour")
        .unique()
    )
    shared = (
        pairs.select("left", "right")
        .unique()
        .join(company, left_on="left", right_on="node")
        .join(company, left_on=["right", "neighbour"], right_on=["node", "neighbour"])
        .filter((pl.col("neighbour") != pl.col("left")) & (pl.col("neighbour") != pl.col("right")))
        .group_by("left", "right")
        .agg(shared=pl.len())
    )
    return pairs.join(shared, on=["left", "right"], how="left").with_columns(pl.col("shared").fill_null(0))
