"""Which nodes may be one entity, by what likeness, and how sure that is.

Candidates are found by blocking (equal keys, one deleted character, equal signatures), never by comparing all with all,
and most need the two names to keep shared company. What belongs here: proposing scored links. What does not: following
them (`clusters`). Method: blocking and scoring of record linkage (Fellegi and Sunter 1969); the deletion neighbourhood
finds every pair at edit distance one (SymSpell, Garbe 2012), which rapidfuzz then verifies.
"""

from collections.abc import Iterator

import polars as pl
from rapidfuzz.distance import OSA

from pipeline.knowledge import Knowledge
from pipeline.resolution.clusters import Link
from pipeline.resolution.context import count_shared, drop_companions
from pipeline.resolution.names import NameForm, person_signature
from pipeline.tables import LinkMethod

NAME_SCORE = 0.95
TICKER_SCORE = 0.9
ALIAS_SCORE = 0.85
ACRONYM_SCORE = 0.85
SIMILARITY_SCORE = 0.8
SHARED_BONUS = 0.02
MIN_TYPO_LENGTH = 8
COMPANY_OF_TYPING_SLIP = 2
MAX_ACRONYM_LENGTH = 6

_DIGITS = r"[^0-9]+"


def propose_links(
    entities: pl.DataFrame, aliases: pl.DataFrame, neighbours: pl.DataFrame, knowledge: Knowledge
) -> list[Link]:
    """Return the links that names, aliases, acronyms, tickers and likeness propose between nodes.

    `entities` is of `nodes.make_nodes`, `aliases` of `nodes.name_alias_keys`, `neighbours` of
    `context.find_neighbours`.
    """
    names = entities.select("node", "entity_type", "key", "words").unique(["node", "key"]).sort("node", "key")
    proposals = pl.concat(
        [
            _equal_names(names),
            _stated_aliases(names, aliases),
            _bare_surnames(names),
            _initials(names, entities),
            _equal_signatures(names),
            _typing_slips(names),
            _equal_tickers(names, entities),
        ]
    )
    counted = count_shared(drop_companions(proposals, entities), entities, neighbours)
    common = pl.Series("word", sorted(knowledge.lists.common_words), dtype=pl.String)
    return list(_judge(counted.with_columns(is_common=pl.col("key").is_in(common.implode()))))


def _judge(proposals: pl.DataFrame) -> Iterator[Link]:
    """Yield the links that are sure enough: of several owners of one name, the one with the most shared company."""
    is_likeness = pl.col("method") == "similarity"
    ranked = (
        proposals.sort("left", "shared", "right", "method", descending=[False, True, False, False])
        .unique(["left", "right"], keep="first", maintain_order=True)
        .with_columns(
            owner_count=pl.len().over("left", is_likeness),
            rank=pl.col("shared").rank("min", descending=True).over("left", is_likeness),
        )
        .with_columns(leaders=(pl.col("rank") == 1).sum().over("left", is_likeness))
    )
    is_lone = (pl.col("owner_count") == 1) & (pl.col("company_needed") == 0) & ~pl.col("is_common")
    is_leading = (pl.col("shared") > 0) & (pl.col("rank") == 1) & (pl.col("leaders") == 1)
    chosen = ranked.filter(
        pl.when(is_likeness).then(pl.col("shared") >= pl.col("company_needed")).otherwise(is_lone | is_leading)
    )
    for left, right, method, score, shared in chosen.select("left", "right", "method", "score", "shared").iter_rows():
        yield Link(left, right, method, round(min(score + SHARED_BONUS * shared, NAME_SCORE), 2))


def _proposals(frame: pl.DataFrame, method: LinkMethod, score: float, *, company: int | pl.Expr) -> pl.DataFrame:
    needed = pl.lit(company) if isinstance(company, int) else company.cast(pl.Int32)
    return frame.filter(pl.col("left") != pl.col("right")).select(
        "left", "right", "key", method=pl.lit(method), score=pl.lit(score), company_needed=needed
    )


def _equal_names(names: pl.DataFrame) -> pl.DataFrame:
    """A name without an entry of the knowledge file, and an entry under which other documents use that name."""
    known = names.filter(pl.col("node").str.starts_with("k:"))
    loose = names.filter(pl.col("node").str.starts_with("n:") | pl.col("node").str.starts_with("s:"))
    pairs = loose.select("entity_type", "key", left="node").join(
        known.select("entity_type", "key", right="node"), on=["entity_type", "key"]
    )
    return _proposals(pairs, "name", NAME_SCORE, company=pl.col("left").str.starts_with("s:"))


def _stated_aliases(names: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """A name, and the owner for whom another document uses it beside a fuller name."""
    bearers = names.filter(pl.col("node").str.starts_with("n:")).select("entity_type", "key", left="node")
    stated = aliases.select("entity_type", "mention_kind", key="alias_key", right="node")
    pairs = bearers.join(stated, on=["entity_type", "key"]).join(
        names.select("node", owner_key="key").unique("node"), left_on="right", right_on="node"
    )
    acronyms = pairs.filter(pl.col("mention_kind") == "acronym")
    others = pairs.filter(pl.col("mention_kind") != "acronym")
    leads = pl.col("owner_key").str.starts_with(pl.col("key")) & (pl.col("entity_type") == "organization")
    return pl.concat(
        [
            _proposals(acronyms, "acronym", ACRONYM_SCORE, company=pl.col("key").str.len_chars() < 3),
            _proposals(others, "alias", ALIAS_SCORE, company=~leads),
        ]
    )


def _bare_surnames(names: pl.DataFrame) -> pl.DataFrame:
    """A surname that one document uses alone, and a person of that surname elsewhere."""
    persons = names.filter(pl.col("entity_type") == "person")
    bare = persons.filter(pl.col("node").str.starts_with("s:")).select("key", left="node")
    full = persons.filter(pl.col("words").list.len() > 1)
    surnames = pl.concat(
        [
            full.select(right="node", key=pl.col("words").list.last()),
            full.select(right="node", key=pl.col("words").list.first()),
        ]
    ).unique()
    return _proposals(bare.join(surnames, on="key"), "alias", ALIAS_SCORE, company=1)


def _initials(names: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """An acronym, and an organization, event or law whose words have these initials."""
    written = entities.filter(
        pl.col("node").str.starts_with("n:")
        & pl.col("name").str.contains(rf"^[A-Z]{{2,{MAX_ACRONYM_LENGTH}}}$")
        & ~pl.col("entity_type").is_in(["person", "place"])
    )
    short = written.select("entity_type", "key", left="node").unique()
    spelled = names.filter((pl.col("words").list.len() >= 2) & (pl.col("words").list.len() <= MAX_ACRONYM_LENGTH))
    long = spelled.select(
        "entity_type",
        right="node",
        key=pl.col("words").list.eval(pl.element().str.slice(0, 1)).list.join(""),
    )
    return _proposals(short.join(long, on=["entity_type", "key"]), "acronym", ACRONYM_SCORE, company=1)


def _equal_signatures(names: pl.DataFrame) -> pl.DataFrame:
    """Two persons whose given names and surnames agree over short forms, middle names and word order."""
    persons = names.filter((pl.col("entity_type") == "person") & (pl.col("words").list.len() > 1))
    signed = persons.select(
        "node",
        "key",
        signature=pl.col("words").map_elements(lambda words: person_signature(NameForm(tuple(words))), pl.String),
    )
    pairs = signed.select("signature", "key", left="node").join(
        signed.select("signature", right="node"), on="signature"
    )
    return _proposals(_once(pairs), "similarity", SIMILARITY_SCORE, company=1)


def _typing_slips(names: pl.DataFrame) -> pl.DataFrame:
    """Two names of one type at one edit (insertion, deletion, substitution, transposition), with the same digits."""
    long = names.filter(
        (pl.col("key").str.len_chars() >= MIN_TYPO_LENGTH) & ~pl.col("node").str.starts_with("s:")
    ).with_columns(digits=pl.col("key").str.replace_all(_DIGITS, ""))
    positions = long.with_columns(position=pl.int_ranges(pl.col("key").str.len_chars())).explode("position")
    shortened = pl.concat_str(
        pl.col("key").str.slice(0, pl.col("position")), pl.col("key").str.slice(pl.col("position") + 1)
    )
    variants = pl.concat(
        [
            positions.select("node", "key", "entity_type", "digits", variant=shortened),
            long.select("node", "key", "entity_type", "digits", variant="key"),
        ]
    ).unique()
    blocks = ["entity_type", "digits", "variant"]
    pairs = (
        variants.filter(pl.len().over(blocks) > 1)
        .select(*blocks, "key", left="node")
        .join(variants.select(*blocks, other="key", right="node"), on=blocks)
        .filter((pl.col("left") < pl.col("right")) & (pl.col("key") != pl.col("other")))
        .unique(["left", "right", "key", "other"])
    )
    close = [OSA.distance(key, other, score_cutoff=1) <= 1 for key, other in pairs.select("key", "other").iter_rows()]
    return _proposals(
        pairs.filter(pl.Series(close, dtype=pl.Boolean)), "similarity", SIMILARITY_SCORE, company=COMPANY_OF_TYPING_SLIP
    )


def _once(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.filter(pl.col("left") < pl.col("right")).unique(["left", "right"])


def _equal_tickers(names: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Two organizations with one ticker, which exchanges give out independently: names begin alike or share company."""
    issuers = (
        entities.filter((pl.col("entity_type") == "organization") & pl.col("ticker").is_not_null())
        .select("node", "ticker")
        .unique()
        .join(names.select("node", first=pl.col("words").list.first()).unique(), on="node")
    )
    pairs = (
        issuers.select("ticker", "first", left="node")
        .join(issuers.select("ticker", other="first", right="node"), on="ticker")
        .filter(pl.col("left") < pl.col("right"))
        .sort("left", "right")
        .group_by("left", "right", maintain_order=True)
        .agg(key=pl.col("ticker").first(), is_alike=(pl.col("first") == pl.col("other")).any())
    )
    return _proposals(pairs, "ticker", TICKER_SCORE, company=(~pl.col("is_alike")).cast(pl.Int32))
