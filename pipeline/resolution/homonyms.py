"""Telling namesakes apart: one name, several entities.

Two bearers of a name are taken for two entities only on evidence: persons with roles at different organizations,
organizations with different tickers, and in both cases no shared company in the articles about them. What belongs here:
that evidence and the nodes that follow. What does not: names that differ (`candidates`).
"""

import polars as pl

from pipeline.resolution.clusters import Clusters

_ROLES_OF_SUBJECT = ("hold_role", "depart", "found")
_ROLES_OF_OBJECT = ("appoint", "hire")


def part_homonyms(entities: pl.DataFrame, neighbours: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Return `entities` with the nodes of namesakes told apart by a qualifier.

    An entity without evidence of its own joins the namesake whose company it shares most; without any, it keeps the
    bare name.
    """
    marked = _find_markers(entities, claims)
    disputed = marked.group_by("node").agg(pl.col("marker").n_unique()).filter(pl.col("marker") > 1)
    if disputed.is_empty():
        return entities
    members = entities.join(disputed, on="node", how="semi").select("node", "document_entity_id", "scope")
    company = members.join(neighbours, on="scope").filter(pl.col("neighbour") != pl.col("node"))
    evidence = {
        identifier: set(markers)
        for identifier, markers in marked.group_by("document_entity_id").agg("marker").iter_rows()
    }
    keeping = {
        identifier: set(found)
        for identifier, found in company.group_by("document_entity_id").agg("neighbour").iter_rows()
    }
    renamed: dict[str, str] = {}
    for node, identifiers in members.group_by("node").agg(pl.col("document_entity_id").sort()).sort("node").iter_rows():
        for identifier, qualifier in _part(identifiers, evidence, keeping).items():
            renamed[identifier] = f"{node}:{qualifier}"
    changes = pl.DataFrame(
        {"document_entity_id": list(renamed), "parted": list(renamed.values())},
        schema={"document_entity_id": pl.String, "parted": pl.String},
    )
    return (
        entities.join(changes, on="document_entity_id", how="left")
        .with_columns(node=pl.coalesce("parted", "node"))
        .drop("parted")
        .sort("document_entity_id")
    )


def _find_markers(entities: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Return what a name's bearer can be told by. Columns: node, document_entity_id, marker."""
    actual = claims.filter((pl.col("stance") == "affirms") & (pl.col("polarity") == "affirmed"))
    roles = pl.concat(
        [
            actual.filter(pl.col("predicate").is_in(_ROLES_OF_SUBJECT)).select(
                person="subject_entity_id", place="object_entity_id"
            ),
            actual.filter(pl.col("predicate").is_in(_ROLES_OF_OBJECT)).select(
                person="object_entity_id", place="subject_entity_id"
            ),
        ]
    ).drop_nulls()
    by_name = entities.filter(pl.col("node").str.starts_with("n:"))
    persons = (
        by_name.filter(pl.col("entity_type") == "person")
        .join(roles, left_on="document_entity_id", right_on="person")
        .join(entities.select(place="document_entity_id", marker="node"), on="place")
    )
    issuers = by_name.filter((pl.col("entity_type") == "organization") & pl.col("ticker").is_not_null())
    return pl.concat(
        [
            persons.select("node", "document_entity_id", "marker"),
            issuers.select("node", "document_entity_id", marker="ticker"),
        ]
    ).unique()


def _part(identifiers: list[str], evidence: dict[str, set[str]], keeping: dict[str, set[str]]) -> dict[str, str]:
    """Return the qualifier of each bearer that gets one; nothing where all evidence hangs together."""
    clusters = Clusters()
    marked = [identifier for identifier in identifiers if identifier in evidence]
    for identifier in marked:
        for tie in evidence[identifier] | keeping.get(identifier, set()):
            clusters.union(f"bearer {identifier}", f"tie {tie}")
    groups: dict[str, list[str]] = {}
    for identifier in marked:
        groups.setdefault(clusters.find(f"bearer {identifier}"), []).append(identifier)
    if len(groups) < 2:
        return {}
    qualifiers: dict[str, str] = {}
    company: dict[str, set[str]] = {}
    for group in groups.values():
        qualifier = min(marker for identifier in group for marker in evidence[identifier])
        qualifiers.update(dict.fromkeys(group, qualifier))
        company[qualifier] = set[str]().union(*(keeping.get(identifier, set()) for identifier in group))
    for identifier in identifiers:
        if identifier not in evidence:
            ranked = sorted((-len(keeping.get(identifier, set()) & company[name]), name) for name in company)
            if ranked[0][0] < 0 and (len(ranked) == 1 or ranked[0][0] < ranked[1][0]):
                qualifiers[identifier] = ranked[0][1]
    return qualifiers
