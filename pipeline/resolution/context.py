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
    codes = neighbours.select("neighbour").unique().sort("neighbour").with_row_index("member")
    company = (
        _places_of(pairs, entities)
        .join(neighbours, on="scope")
        .filter(pl.col("node") != pl.col("neighbour"))
        .join(codes, on="neighbour")
    )
    kept = _collect_sets(company)
    none = frozenset[int]()
    shared = [
        len(kept.get(left, none) & kept.get(right, none)) for left, right in pairs.select("left", "right").iter_rows()
    ]
    return pairs.with_columns(shared=pl.Series(shared, dtype=pl.UInt32))


def drop_companions(pairs: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs (columns left, right: nodes) without those that stand side by side in some scope."""
    codes = entities.select("scope").unique().sort("scope").with_row_index("member")
    kept = _collect_sets(_places_of(pairs, entities).join(codes, on="scope"))
    is_apart = [kept[left].isdisjoint(kept[right]) for left, right in pairs.select("left", "right").iter_rows()]
    return pairs.filter(pl.Series(is_apart, dtype=pl.Boolean))


def _places_of(pairs: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Return the scopes of the nodes that stand in pairs. Columns: node, scope; distinct rows."""
    wanted = pl.concat([pairs.select(node="left"), pairs.select(node="right")]).unique()
    return entities.select("node", "scope").join(wanted, on="node", how="semi").unique()


def _collect_sets(frame: pl.DataFrame) -> dict[str, frozenset[int]]:
    """Return the members of each node: sets of numbers, since joining all pairs with all members takes gigabytes."""
    grouped = frame.group_by("node").agg(pl.col("member").unique())
    return {node: frozenset(members) for node, members in grouped.iter_rows()}
