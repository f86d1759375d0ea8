"""What a page states of its article as linked data: schema.org in JSON-LD.

What belongs here: finding the article among a page's JSON-LD and reading its fields. What does not: choosing between
these and other statements of the page. Source: https://schema.org/Article.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from pipeline.cleaning.page import Tree

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_ARTICLE_TYPES: Final = (
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "Article",
    "Report",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "WebPage",
)
_DECODER: Final = json.JSONDecoder(strict=False)
_MAX_SCRIPT: Final = 2_000_000
_MAX_NODES: Final = 5_000


@dataclass(frozen=True, slots=True)
class StatedArticle:
    """The fields of an article in linked data, as stated; None where one is not."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    body: str | None = None


def read_linked_data(scripts: Iterable[Tree]) -> StatedArticle:
    """Return what JSON-LD in the scripts says of an article; of several nodes the one of the most specific type."""
    nodes = [node for script in scripts for node in _parse(script)]
    by_id = {key: node for node in nodes if isinstance(key := node.get("@id"), str) and len(node) > 1}
    ranked = sorted((rank, index) for index, node in enumerate(nodes) if (rank := _rank(node)) is not None)
    if not ranked:
        return StatedArticle()
    ordered = [nodes[index] for _, index in ranked]
    return StatedArticle(
        headline=_first(_text(node.get("headline")) for node in ordered),
        authors=next((names for node in ordered if (names := _names(node.get("author"), by_id))), ()),
        publisher=_first(name for node in ordered for name in _names(node.get("publisher"), by_id)),
        published=_first(_text(node.get(key)) for key in ("datePublished", "dateCreated") for node in ordered),
        body=_first(_text(node.get("articleBody")) for node in ordered),
    )


def _parse(script: Tree) -> Iterator[dict[str, Json]]:
    source = script.text if "ld+json" in script.get("type", "").lower() else None
    if not source or len(source) > _MAX_SCRIPT:
        return
    try:
        data: Json = _DECODER.decode(source.strip().strip(";"))
    except (ValueError, RecursionError):
        return
    waiting: list[Json] = [data]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _rank(node: dict[str, Json]) -> int | None:
    stated = node.get("@type")
    types = stated if isinstance(stated, list) else [stated]
    ranks = [_ARTICLE_TYPES.index(name) for name in types if isinstance(name, str) and name in _ARTICLE_TYPES]
    return min(ranks, default=None)


def _text(value: Json) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None


def _names(value: Json, by_id: dict[str, dict[str, Json]]) -> tuple[str, ...]:
    """Return the names of a person, an organization or a list of them, in their order, each once."""
    found: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            reference = entry.get("@id")
            node = entry if "name" in entry else by_id.get(reference, {}) if isinstance(reference, str) else {}
            named = node.get("name")
        else:
            named = entry
        found += [name.strip() for name in (named if isinstance(named, list) else [named]) if isinstance(name, str)]
    return tuple(dict.fromkeys(name for name in found if name))


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value), None)
