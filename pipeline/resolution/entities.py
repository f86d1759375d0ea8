"""From document entities to entities: the decisions, carried out, and the tables that record them.

What belongs here: the order of the steps (nodes, namesakes, links, clusters, corrections) and the frames entities,
entity_aliases and entity_links. What does not: what makes two names alike (`candidates`) or different (`homonyms`).
"""

from dataclasses import dataclass

import polars as pl

from pipeline.identifiers import make_id
from pipeline.knowledge import Knowledge
from pipeline.resolution.candidates import propose_links
from pipeline.resolution.clusters import Clusters, Link, is_known, unite
from pipeline.resolution.context import find_neighbours
from pipeline.resolution.corrections import Corrections, CorrectionVerdict
from pipeline.resolution.homonyms import part_homonyms
from pipeline.resolution.judgement import carry_out
from pipeline.resolution.nodes import make_nodes, name_alias_keys
from pipeline.schema import polars_schema
from pipeline.tables import Entity, EntityAlias

KNOWLEDGE_SCORE = 1.0
SAME_NAME_SCORE = 0.95
ONE_DOCUMENT_SCORE = 0.5

_ALIAS_KINDS = ("name", "alias", "surname", "acronym", "ticker")


@dataclass(frozen=True, slots=True)
class ResolvedEntities:
    """The entity tables, and what became of each correction. The links have no time yet."""

    entities: pl.DataFrame
    entity_aliases: pl.DataFrame
    entity_links: pl.DataFrame
    verdicts: tuple[CorrectionVerdict, ...]


def resolve_entities(
    documents: pl.DataFrame,
    document_entities: pl.DataFrame,
    mentions: pl.DataFrame,
    claims: pl.DataFrame,
    *,
    knowledge: Knowledge,
    corrections: Corrections,
) -> ResolvedEntities:
    """Return the entities of all documents; every document entity gets exactly one link."""
    nodes = make_nodes(documents, document_entities, knowledge)
    neighbours = find_neighbours(nodes, claims)
    nodes = part_homonyms(nodes, neighbours, claims)
    links = propose_links(nodes, name_alias_keys(nodes, mentions), find_neighbours(nodes, claims), knowledge)
    clusters, followed = unite(links)
    nodes, clusters, followed, verdicts = carry_out(corrections, nodes, clusters, followed, links)
    decided = _identify(nodes, clusters, followed)
    return ResolvedEntities(
        entities=_describe_entities(decided, mentions, knowledge),
        entity_aliases=_list_aliases(decided, mentions),
        entity_links=decided.select("document_entity_id", "entity_id", "method", "score"),
        verdicts=verdicts,
    )


def _identify(nodes: pl.DataFrame, clusters: Clusters, followed: list[Link]) -> pl.DataFrame:
    """Return `nodes` with entity_id, knowledge_id of the whole entity, method and score."""
    distinct = nodes.select("node").unique().sort("node")
    rooted = nodes.join(
        distinct.with_columns(
            root=pl.Series([clusters.find(node) for node in distinct["node"].to_list()], dtype=pl.String)
        ),
        on="node",
    )
    anchors = _choose_anchors(rooted)
    best: dict[str, Link] = {}
    for link in followed:
        for node in (link.left, link.right):
            best.setdefault(node, link)
    reached = pl.DataFrame(
        [(node, link.method, link.score) for node, link in best.items()],
        schema={"node": pl.String, "link_method": pl.String, "link_score": pl.Float64},
        orient="row",
    )
    is_anchor = pl.col("node") == pl.col("anchor")
    own_method = (
        pl.when(pl.col("node").str.starts_with("k:"))
        .then(pl.lit("knowledge"))
        .when(pl.col("node").str.starts_with("s:"))
        .then(pl.lit("document"))
        .when(pl.col("node").str.starts_with("x:"))
        .then(pl.lit("correction"))
        .otherwise(pl.lit("name"))
    )
    own_score = own_method.replace_strict(
        {"knowledge": KNOWLEDGE_SCORE, "correction": 1.0, "document": ONE_DOCUMENT_SCORE, "name": SAME_NAME_SCORE},
        return_dtype=pl.Float64,
    )
    return (
        rooted.join(anchors, on="root")
        .join(reached, on="node", how="left")
        .with_columns(
            method=pl.when(is_anchor).then(own_method).otherwise(pl.coalesce("link_method", own_method)),
            score=pl.when(is_anchor).then(own_score).otherwise(pl.coalesce("link_score", own_score)),
        )
        .sort("document_entity_id")
    )


def _choose_anchors(rooted: pl.DataFrame) -> pl.DataFrame:
    """Return for each root the node that identifies its entity, and the entity's id. Columns: root, anchor, entity_id.

    That is the entry of the knowledge file, or else the name used first by publication date, of these the longest, of
    these the first by alphabet: names that turn up later do not change it.
    """
    seen = rooted.group_by("root", "node").agg(
        first_on=pl.col("published_on").min(), length=pl.col("key").str.len_chars().max()
    )
    anchors = (
        seen.with_columns(
            is_unknown=~pl.col("node").str.starts_with("k:"), is_scoped=pl.col("node").str.starts_with("s:")
        )
        .sort(
            ["root", "is_unknown", "is_scoped", "first_on", "length", "node"],
            descending=[False, False, False, False, True, False],
            nulls_last=True,
        )
        .unique("root", keep="first", maintain_order=True)
        .select("root", anchor="node")
    )
    return anchors.with_columns(
        entity_id=pl.Series([_entity_id(node) for node in anchors["anchor"].to_list()], dtype=pl.String)
    )


def _entity_id(anchor: str) -> str:
    return make_id("ent", "knowledge", anchor[2:]) if is_known(anchor) else make_id("ent", "name", anchor)


def _describe_entities(decided: pl.DataFrame, mentions: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    counts = (
        mentions.filter(pl.col("entity_id").is_not_null())
        .group_by(document_entity_id="entity_id")
        .agg(mention_count=pl.len())
    )
    counted = decided.join(counts, on="document_entity_id", how="left")
    entities = counted.group_by("entity_id").agg(
        pl.col("anchor").first(),
        entity_type=pl.col("entity_type").mode().sort().first(),
        ticker=_most_used("ticker"),
        mention_count=pl.col("mention_count").fill_null(0).sum().cast(pl.Int64),
        document_count=pl.col("document_id").n_unique().cast(pl.Int64),
        first_seen_on=pl.col("published_on").min(),
        last_seen_on=pl.col("published_on").max(),
    )
    named = entities.join(_usual_names(decided), on="entity_id").with_columns(
        entry=pl.when(pl.col("anchor").str.starts_with("k:")).then(pl.col("anchor").str.slice(2))
    )
    entries = [
        (entry.knowledge_id, entry.description.name, entry.description.wikidata, entry.description.ticker)
        for identifier in sorted(named["entry"].drop_nulls().to_list())
        if (entry := knowledge.entries.get(identifier))
    ]
    known = pl.DataFrame(
        entries,
        schema={"entry": pl.String, "known_name": pl.String, "wikidata_id": pl.String, "known_ticker": pl.String},
        orient="row",
    )
    return (
        named.join(known, on="entry", how="left")
        .with_columns(name=pl.coalesce("known_name", "name"), ticker=pl.coalesce("known_ticker", "ticker"))
        .select(polars_schema(Entity).names())
        .sort("entity_id")
    )


def _usual_names(decided: pl.DataFrame) -> pl.DataFrame:
    """Return the name that most documents use for an entity; of several the longest, then the first by alphabet."""
    return (
        decided.group_by("entity_id", "name")
        .agg(used=pl.len(), length=pl.col("name").first().str.len_chars())
        .sort(["entity_id", "used", "length", "name"], descending=[False, True, True, False])
        .unique("entity_id", keep="first", maintain_order=True)
        .select("entity_id", "name")
    )


def _most_used(column: str) -> pl.Expr:
    return pl.col(column).drop_nulls().mode().sort().first()


def _list_aliases(decided: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    identified = decided.select("document_entity_id", "entity_id", "name")
    used = (
        mentions.filter(pl.col("mention_kind").is_in(_ALIAS_KINDS))
        .select("surface", "mention_kind", document_entity_id="entity_id")
        .join(identified, on="document_entity_id")
        .select("entity_id", alias="surface", alias_kind="mention_kind")
    )
    fullest = identified.select("entity_id", alias="name", alias_kind=pl.lit("name"))
    return (
        pl.concat([used, fullest])
        .group_by("entity_id", "alias", "alias_kind")
        .agg(used=pl.len())
        .with_columns(order=pl.col("alias_kind").replace_strict({kind: at for at, kind in enumerate(_ALIAS_KINDS)}))
        .sort(["entity_id", "alias", "used", "order"], descending=[False, False, True, False])
        .unique(["entity_id", "alias"], keep="first", maintain_order=True)
        .select(polars_schema(EntityAlias).names())
    )
