"""Carrying out a person's corrections on the clusters that resolution came to by itself.

What belongs here: testing what a correction expects, and what it changes in nodes and clusters. What does not: the
format of corrections (`corrections`).
"""

import polars as pl

from pipeline.resolution.clusters import Clusters, Link, unite
from pipeline.resolution.corrections import Corrections, CorrectionVerdict, Merge, Split
from pipeline.resolution.names import normalise_name
from pipeline.tables import EntityType

CORRECTION_SCORE = 1.0

Outcome = tuple[pl.DataFrame, Clusters, list[Link], tuple[CorrectionVerdict, ...]]


def carry_out(
    corrections: Corrections, nodes: pl.DataFrame, clusters: Clusters, followed: list[Link], links: list[Link]
) -> Outcome:
    """Return nodes, clusters and followed links with the corrections applied, and a verdict for each.

    Splits come first and are tested against what resolution found alone; merges are tested after them.
    """
    verdicts: list[CorrectionVerdict] = []
    for split in corrections.splits:
        selected, refusal = _select_split(split, nodes, clusters)
        verdicts.append(CorrectionVerdict(split, refusal is None, refusal or f"{len(selected)} document entities"))
        if refusal is None:
            nodes = _set_apart(split, nodes, selected)
    demanded: list[Link] = []
    for merge in corrections.merges:
        found = {name: _nodes_of(nodes, merge.entity_type, name) for name in merge.names}
        refusal = _refuse_merge(merge, found, clusters)
        verdicts.append(CorrectionVerdict(merge, refusal is None, refusal or f"{len(merge.names)} names"))
        if refusal is None:
            members = sorted({node for names in found.values() for node in names})
            demanded += [Link(members[0], node, "correction", CORRECTION_SCORE) for node in members[1:]]
    if demanded:
        clusters, followed = unite([*links, *demanded])
    return nodes, clusters, followed, tuple(verdicts)


def _named(nodes: pl.DataFrame, entity_type: EntityType, name: str) -> pl.DataFrame:
    return nodes.filter(
        (pl.col("entity_type") == entity_type) & (pl.col("key") == normalise_name(name, entity_type).key)
    )


def _nodes_of(nodes: pl.DataFrame, entity_type: EntityType, name: str) -> list[str]:
    return _named(nodes, entity_type, name)["node"].unique().sort().to_list()


def _refuse_merge(merge: Merge, found: dict[str, list[str]], clusters: Clusters) -> str | None:
    missing = [name for name, members in found.items() if not members]
    if missing:
        return f"no {merge.entity_type} is called {' or '.join(missing)} any more"
    if len({clusters.find(node) for members in found.values() for node in members}) == 1:
        return "the names already mean one entity"
    return None


def _select_split(split: Split, nodes: pl.DataFrame, clusters: Clusters) -> tuple[list[str], str | None]:
    """Return the document entities to set apart, and why not, if not."""
    own = _named(nodes, split.entity_type, split.name)
    if own.is_empty():
        return [], f"no {split.entity_type} is called {split.name} any more"
    return _select_documents(split, own) if split.documents else _select_names(split, nodes, own, clusters)


def _select_documents(split: Split, own: pl.DataFrame) -> tuple[list[str], str | None]:
    chosen = own.filter(pl.col("source_uri").is_in(split.documents))
    missing = sorted(set(split.documents) - set(chosen["source_uri"].to_list()))
    if missing:
        return [], f"{split.name} does not occur in {', '.join(missing)} any more"
    if len(chosen) == len(own):
        return [], f"{split.name} occurs in no other document any more"
    return chosen["document_entity_id"].to_list(), None


def _select_names(
    split: Split, nodes: pl.DataFrame, own: pl.DataFrame, clusters: Clusters
) -> tuple[list[str], str | None]:
    roots = {clusters.find(node) for node in own["node"].to_list()}
    selected: list[str] = []
    for name in split.apart:
        others = _named(nodes, split.entity_type, name).filter(pl.col("name") != split.name)
        if others.is_empty():
            return [], f"no {split.entity_type} is called {name} any more"
        is_joined = [clusters.find(node) in roots for node in others["node"].to_list()]
        if not any(is_joined):
            return [], f"{name} and {split.name} are already two entities"
        selected += others.filter(pl.Series(is_joined, dtype=pl.Boolean))["document_entity_id"].to_list()
    return selected, None


def _set_apart(split: Split, nodes: pl.DataFrame, selected: list[str]) -> pl.DataFrame:
    name = split.apart[0] if split.apart else split.name
    key = normalise_name(name, split.entity_type).key
    node = f"x:{split.entity_type}:{key}:{split.describe()}"
    return nodes.with_columns(
        node=pl.when(pl.col("document_entity_id").is_in(selected)).then(pl.lit(node)).otherwise("node")
    )
