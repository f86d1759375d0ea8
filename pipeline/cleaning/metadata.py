"""What a page states of its article: title, authors, date, publisher, canonical link.

What belongs here: reading and choosing between the page's statements: linked data, meta elements, marked-up dates and
bylines, the address. What does not: reading them off the running text, and choosing between the page and its lines.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

from lxml import etree

from pipeline.cleaning.byline import read_author
from pipeline.cleaning.dates import read_date
from pipeline.cleaning.linked_data import StatedArticle, read_linked_data
from pipeline.cleaning.page import Tree
from pipeline.tables import PublishedOnBasis

_DATE_KEYS: Final = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "date_published", "publish-date", "publish_date", "publishdate", "pubdate", "published-date", "published_date",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "dc.date.created", "dcterms.created", "date.issued", "originalpublicationdate", "article_date_original",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "rnews:datepublished", "ptime", "article.published",
    "datecreated", "date",
)  # fmt: skip
_AUTHOR_KEYS: Final = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
    "og:article:author",
)
_AUTHOR_PATHS: Final = tuple(
    etree.XPath(f"({path})[1]/..")
    for path in ("//a/@rel[.='author']", "//@itemprop[.='author']", "//@class[.='author']", "//@class[.='byline']")
)
_TITLE_KEYS: Final = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")
_SITE_KEYS: Final = (
    "og:site_name",
    "application-name",
    "al:ios:app_name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "publisher",
)
_STATING_TAGS: Final = ("script", "meta", "link", "title", "h1")
_KEYS: Final = frozenset((*_DATE_KEYS, *_AUTHOR_KEYS, *_TITLE_KEYS, *_SITE_KEYS, "og:url"))
_TITLE_SEPARATOR: Final = re.compile(r"\s+[|•·–—»«:-]+\s+|\s*\|\s*")
_URL_DATE: Final = re.compile(r"/((?:19|20)\d\d)([/-]?)([01]?\d)\2([0-3]\d|(?<=[/-])\d)(?:[/_-]|$)")
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS: Final = re.compile(r"\w+")
_ADDRESS: Final = re.compile(r"https?://|@|\.(?:com|org|net)\b")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page states of its article; None where it states nothing."""

    title: str | None
    author: str | None
    source_name: str | None
    published_on: date | None
    published_on_basis: PublishedOnBasis
    canonical_url: str | None
    unclear_date: str | None
    stated_body: str | None


def read_metadata(tree: Tree) -> PageMetadata:
    """Return the page's statements, the most trusted of each kind."""
    tagged: dict[str, list[Tree]] = {tag: [] for tag in _STATING_TAGS}
    for element in tree.iter(*_STATING_TAGS):
        tagged[str(element.tag)].append(element)
    stated = read_linked_data(tagged["script"])
    metas = _read_metas(tagged["meta"])
    canonical = _read_canonical(tagged["link"], metas)
    published_on, basis = _read_published_on(stated, metas, canonical)
    source_name = _pick(metas, _SITE_KEYS[:1]) or stated.publisher or _pick(metas, _SITE_KEYS[1:])
    return PageMetadata(
        title=_read_title(tagged["title"], tagged["h1"], stated, metas, source_name),
        author=_read_author(tree, stated, metas),
        source_name=source_name,
        published_on=published_on,
        published_on_basis=basis,
        canonical_url=canonical,
        unclear_date=stated.published if published_on is None else None,
        stated_body=stated.body,
    )


def _read_metas(elements: Iterable[Tree]) -> dict[str, str]:
    """Return the first non-empty content of meta elements by their lower-cased names, properties and itemprops."""
    metas: dict[str, str] = {}
    for element in elements:
        for attribute in ("property", "name", "itemprop"):
            key = element.get(attribute, "").lower()
            if key in _KEYS and key not in metas and (content := " ".join(element.get("content", "").split())):
                metas[key] = content
    return metas


def _pick(metas: dict[str, str], keys: Iterable[str]) -> str | None:
    return next((metas[key] for key in keys if key in metas), None)


def _read_canonical(links: Iterable[Tree], metas: dict[str, str]) -> str | None:
    for element in links:
        if element.get("rel", "").lower() == "canonical" and element.get("href"):
            return element.get("href")
    return metas.get("og:url")


def _read_published_on(
    stated: StatedArticle, metas: dict[str, str], canonical: str | None
) -> tuple[date | None, PublishedOnBasis]:
    """Return the date and what it was read from.

    Where the address has the day beside the stated one, it is the publisher's own: stamps are often in UTC.
    """
    match = _URL_DATE.search(canonical or "")
    in_address = read_date(f"{match[1]}-{match[3]}-{match[4]}") if match else None
    exact = stated.published if stated.published and _ISO_DATE.match(stated.published) else None
    for value in (exact, *(metas.get(key) for key in _DATE_KEYS)):
        found = read_date(value) if value else None
        if found is not None and in_address is not None and abs(found - in_address) == timedelta(days=1):
            return in_address, "url"
        if found is not None:
            return found, "metadata"
    if in_address is not None:
        return in_address, "url"
    return None, "none"


def _read_title(
    titles: Sequence[Tree],
    headings: Iterable[Tree],
    stated: StatedArticle,
    metas: dict[str, str],
    source_name: str | None,
) -> str | None:
    """Return the headline: the h1 that the page's title agrees with, else the title without the publisher's name."""
    named = _pick(metas, _TITLE_KEYS[:2]) or stated.headline or _pick(metas, _TITLE_KEYS[2:])
    title = " ".join((titles[0].text or "" if titles else "").split())
    wanted = set(_WORDS.findall(f"{named or ''} {title}".lower()))
    best, best_share = None, 0.6
    for heading in headings:
        text = " ".join(" ".join(heading.itertext()).split())
        words = _WORDS.findall(text.lower())
        share = sum(word in wanted for word in words) / max(len(words), 1)
        if len(words) > 2 and share > best_share:
            best, best_share = text, share
    return best or _without_site(named or stated.headline or title, source_name) or None


def _without_site(title: str, source_name: str | None) -> str:
    """Cut the publisher's name from the end of a title: the part after the last separator that is it, or is short."""
    parts = _TITLE_SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    last = parts[-1]
    is_site = source_name is not None and last.casefold() in source_name.casefold() + source_name.casefold().replace(
        " ", ""
    )
    if is_site or len(last.split()) <= 3 < len(title.split()) - len(last.split()):
        return title[: title.rindex(last)].rstrip(" |•·–—»«:-")
    return title


def _read_author(tree: Tree, stated: StatedArticle, metas: dict[str, str]) -> str | None:
    if stated.authors:
        return ", ".join(stated.authors)
    for key in _AUTHOR_KEYS:
        value = metas.get(key)
        if value and not _ADDRESS.search(value):
            return read_author(value)
    for path in _AUTHOR_PATHS:
        elements = cast("list[Tree]", path(tree))
        text = " ".join("".join(elements[0].itertext()).split()) if elements else ""
        if text and len(text) < 100 and not _ADDRESS.search(text):
            return read_author(text)
    return None
