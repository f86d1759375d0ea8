"""From the entities of single documents to nodes: what is the same before any comparison, by entry or by name.

A node is a string: `k:` and an entry of the knowledge file; `n:type:key` for a name, with a qualifier where one name is
borne by several; `s:type:key:scope` for a name that says too little to be followed beyond its document (a bare
surname); `x:` for what a person's correction sets apart. What belongs here: making nodes. What does not: comparing them
(`candidates`), telling namesakes apart (`homonyms`).
"""

import polars as pl

from pipeline.knowledge import Knowledge
from pipeline.resolution.names import NameForm, normalise_name
from pipeline.tables import EntityType

NAME_KINDS = ("name", "alias", "acronym", "ticker")


def make_nodes(documents: pl.DataFrame, document_entities: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """Return one row per document entity, sorted by id, with the node that it belongs to.

    Columns: those of document_entities; `scope` (the duplicate group or else the document), `published_on`,
    `source_uri`, `key` and `words` (normal form of the name), `node`.
    """
    origin = documents.select(
        "document_id", "source_uri", "published_on", scope=pl.coalesce("duplicate_group_id", "document_id")
    )
    entities = document_entities.join(origin, on="document_id", how="left").sort("document_entity_id")
    named = entities.join(_name_forms(entities), on=["name", "entity_type"], how="left")
    return (
        named.join(_known_names(named, knowledge), on=["name", "entity_type"], how="left")
        .with_columns(node=_node())
        .drop("found_id")
    )


def name_alias_keys(entities: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Return the other names that documents use for their entities.

    Columns: node, entity_type, alias_key, mention_kind; one row per distinct combination, aliases that equal the name
    left out.
    """
    surfaces = (
        mentions.filter(pl.col("mention_kind").is_in(NAME_KINDS))
        .select("entity_id", "mention_kind", name="surface")
        .unique()
        .join(
            entities.select("document_entity_id", "entity_type", "node", "key"),
            left_on="entity_id",
            right_on="document_entity_id",
        )
    )
    forms = _name_forms(surfaces).rename({"key": "alias_key"})
    return (
        surfaces.join(forms, on=["name", "entity_type"])
        .filter(pl.col("alias_key") != pl.col("key"))
        .select("node", "entity_type", "alias_key", "mention_kind")
        .unique()
    )


def _name_forms(frame: pl.DataFrame) -> pl.DataFrame:
    pairs = frame.select("name", "entity_type").unique()
    forms: list[NameForm] = [normalise_name(name, kind) for name, kind in pairs.iter_rows()]
    return pairs.with_columns(
        key=pl.Series([form.key for form in forms], dtype=pl.String),
        words=pl.Series([list(form.words) for form in forms], dtype=pl.List(pl.String)),
    )


def _known_names(entities: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """Return the names that the knowledge file gives to exactly one entry of their type, where no document said so."""
    pairs = entities.filter(pl.col("knowledge_id").is_null()).select("name", "entity_type").unique()
    return pairs.with_columns(
        found_id=pl.Series([_find_entry(knowledge, name, kind) for name, kind in pairs.iter_rows()], dtype=pl.String)
    )


def _find_entry(knowledge: Knowledge, name: str, entity_type: EntityType) -> str | None:
    entries = [entry for entry in knowledge.find(name) if entry.entity_type == entity_type]
    if len(entries) != 1 or knowledge.is_ambiguous(name, entries[0]):
        return None
    return entries[0].knowledge_id


def _node() -> pl.Expr:
    known = pl.coalesce("knowledge_id", "found_id")
    is_weak = (pl.col("entity_type") == "person") & (pl.col("words").list.len() == 1)
    return (
        pl.when(known.is_not_null())
        .then(pl.lit("k:") + known)
        .when(is_weak)
        .then(pl.format("s:{}:{}:{}", "entity_type", "key", "scope"))
        .otherwise(pl.format("n:{}:{}", "entity_type", "key"))
    )
