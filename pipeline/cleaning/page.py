"""An HTML page as ordered blocks of text, with what the markup knows of each.

What belongs here: parsing, the text of the whole page in document order, and facts of the markup. What does not: any
judgement about what is article.

A block is a run of text between tags that begin a new line on the screen. The parser is lxml's (libxml2): it takes any
input in linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from pipeline.cleaning.hints import hints_of

_SKIPPED: Final = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "object", "embed"),
        *("canvas", "audio", "video", "map", "math", "head", "datalist"),
    )
)
_INLINE: Final = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "meter", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input"),
    )
)
_EMPHASIS: Final = frozenset(("b", "strong", "em", "i", "u"))
_REGIONS: Final = (
    *("article", "main", "nav", "header", "footer", "aside", "form", "figure"),
    *("table", "ul", "ol", "section", "blockquote", "button", "dl"),
)
REGION_BITS: Final = {tag: 1 << index for index, tag in enumerate(_REGIONS)}
_NESTING_TAG: Final = re.compile(r"<(?!/?(?:p|br|h[1-6]|title|script|style|meta|link|head|body)\b)/?[a-zA-Z][^<>]*>")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Container:
    """An element that holds blocks: its place in the tree, and the markup facts that hold for all within it."""

    parent: int
    depth: int
    tag: str
    names: str
    hints: int
    all_hints: int
    regions: int
    is_hidden: bool
    is_article_body: bool


@dataclass(slots=True)
class Block:
    """A run of text of the page, `raw_text[start:end]`, and where the markup has it."""

    start: int
    text: str
    container: int
    link_characters: int
    link_count: int
    emphasised_characters: int

    @property
    def end(self) -> int:
        """Return the offset one past the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its tree, its containers (parents before children) and its blocks in document order."""

    tree: HtmlElement
    containers: list[Container]
    blocks: list[Block]
    raw_text: str


class MalformedPageError(ValueError):
    """The page cannot be parsed at all."""


def parse_page(source: str) -> Page:
    """Return the page's blocks, one a line of `raw_text`, runs of white space in them made one space.

    Raises MalformedPageError where the source holds no element.
    """
    try:
        tree, is_whole = _parse(source)
        if not is_whole:
            tree, _ = _parse(_NESTING_TAG.sub(" ", source))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise MalformedPageError(str(error)) from error
    collector = _Collector()
    collector.collect(tree)
    return Page(tree, collector.containers, collector.blocks, "\n".join(block.text for block in collector.blocks))


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN.search(style) is not None)
    )


def _parse(source: str) -> tuple[HtmlElement, bool]:
    """Return the tree, and whether the parser came to the end: it stops where elements are nested too deep."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = document_fromstring(source.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    return tree, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


class _Collector:
    """Walks the tree once, without recursion, and cuts its text into blocks."""

    def __init__(self) -> None:
        self.containers: list[Container] = []
        self.blocks: list[Block] = []
        self._offset = 0
        self._parts: list[str] = []
        self._link_parts: list[str] = []
        self._emphasised = 0
        self._link_count = 0
        self._link_depth = 0
        self._emphasis_depth = 0

    def collect(self, root: HtmlElement) -> None:
        self._open(root, -1)
        stack: list[tuple[HtmlElement, int, Iterator[HtmlElement]]] = [(root, 0, iter(root))]
        self._add(root.text)
        while stack:
            element, container, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    self._leave(element, container)
                    self._add(element.tail)
                continue
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                self._add(child.tail)
                continue
            inner = self._enter(child, tag, container)
            self._add(child.text)
            stack.append((child, inner, iter(child)))
        self._flush(0)

    def _enter(self, element: HtmlElement, tag: str, container: int) -> int:
        """Begin an element; return the container that its text belongs to."""
        if tag in _INLINE:
            if tag == "a":
                self._link_depth += 1
                self._link_count += 1
            elif tag in _EMPHASIS:
                self._emphasis_depth += 1
            return container
        self._flush(container)
        return container if tag == "br" else self._open(element, container)

    def _leave(self, element: HtmlElement, container: int) -> None:
        tag = element.tag
        if tag == "a":
            self._link_depth -= 1
        elif tag in _EMPHASIS:
            self._emphasis_depth -= 1
        elif tag not in _INLINE:
            self._flush(container)

    def _open(self, element: HtmlElement, parent: int) -> int:
        tag = str(element.tag)
        above = self.containers[parent] if parent >= 0 else None
        is_hidden = above is not None and above.is_hidden
        is_article_body = above is not None and above.is_article_body
        names = ""
        hints = 0
        if parent > 0 and element.keys():
            names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
            hints = hints_of(names) if len(names) > 2 else 0
            is_hidden = is_hidden or _is_hidden(element)
            is_article_body = is_article_body or "articlebody" in element.get("itemprop", "").lower()
        self.containers.append(
            Container(
                parent=parent,
                depth=above.depth + 1 if above else 0,
                tag=tag,
                names=names,
                hints=hints,
                all_hints=hints | (above.all_hints if above else 0),
                regions=REGION_BITS.get(tag, 0) | (above.regions if above else 0),
                is_hidden=is_hidden,
                is_article_body=is_article_body,
            )
        )
        return len(self.containers) - 1

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._parts.append(text)
        if self._link_depth:
            self._link_parts.append(text)
        if self._emphasis_depth:
            self._emphasised += len(text)

    def _flush(self, container: int) -> None:
        """End the block that was collected, if it holds any text."""
        text = " ".join("".join(self._parts).split())
        if text:
            link_characters = len(" ".join("".join(self._link_parts).split()))
            block = Block(self._offset, text, container, link_characters, self._link_count, self._emphasised)
            self.blocks.append(block)
            self._offset += len(text) + 1
        self._parts.clear()
        self._link_parts.clear()
        self._emphasised = 0
        self._link_count = 1 if self._link_depth else 0
