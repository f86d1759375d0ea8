"""An HTML page as ordered blocks of text, with what the markup knows of each.

What belongs here: parsing, the text of the whole page in document order, and facts of the markup. What does not: any
judgement about what is article.

A block is a run of text between tags that begin a new line on the screen. The parser is lxml's (libxml2): it takes any
input in linear time.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from pipeline.cleaning.hints import hints_of

Tree = etree._Element  # pyright: ignore[reportPrivateUsage]

_SKIPPED: Final = (
    *("script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "object", "embed"),
    *("canvas", "audio", "video", "map", "math", "head", "datalist"),
)
_INLINE: Final = (
    *("abbr", "acronym", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "font"),
    *("ins", "kbd", "label", "mark", "meter", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
    *("strike", "sub", "sup", "time", "tt", "var", "wbr", "img", "input"),
)
_EMPHASIS: Final = frozenset(("b", "strong", "em", "i", "u"))
_LISTS: Final = frozenset(("ul", "ol"))
_MERGED: Final = _LISTS | {"nav", "footer"}
_MIN_LINKS: Final = 3
_MAX_MERGE_DEPTH: Final = 4
_LINK_LIST_RATIO: Final = 0.9
_SENTENCE_BREAK: Final = re.compile(r"[a-z][.!?][\"”’)]*\s+[A-Z“\"]")
_MAX_MERGED_SENTENCES: Final = 3
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
    """A page's containers (parents before children) and its blocks in document order."""

    containers: list[Container]
    blocks: list[Block]
    raw_text: str

    @property
    def owners(self) -> NDArray[np.int64]:
        """Return the container of each block."""
        return np.array([block.container for block in self.blocks], dtype=np.int64)

    @property
    def parents(self) -> NDArray[np.int64]:
        """Return the container that each container is in, -1 for the outermost."""
        return np.array([container.parent for container in self.containers], dtype=np.int64)


class MalformedPageError(ValueError):
    """The page cannot be parsed at all."""


def parse_tree(source: str) -> Tree:
    """Return the page's element tree, comments left out.

    Raises MalformedPageError where the source holds no element.
    """
    try:
        tree, is_whole = _parse(source)
        if not is_whole:
            tree, _ = _parse(_NESTING_TAG.sub(" ", source))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise MalformedPageError(str(error)) from error
    if tree is None:
        raise MalformedPageError("the source holds no element")
    return tree


def _parse(source: str) -> tuple[Tree | None, bool]:
    """Return the tree, and whether the parser came to the end: it stops where elements are nested too deep."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(source.replace("\0", "").encode("utf-8", "replace"), parser)
    return tree, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def read_blocks(tree: Tree) -> Page:
    """Return the page's blocks, one a line of `raw_text`, runs of white space in them made one space.

    A menu, a footer or a list of links is one block. The tree loses its scripts and the tags inside lines on the way.
    """
    etree.strip_elements(tree, *_SKIPPED, with_tail=False)
    etree.strip_tags(tree, *_INLINE)
    collector = _Collector()
    collector.collect(tree)
    return Page(collector.containers, collector.blocks, "\n".join(block.text for block in collector.blocks))


class _Collector:
    """Walks the tree once, without recursion, and cuts its text into blocks."""

    def __init__(self) -> None:
        self.containers: list[Container] = []
        self.blocks: list[Block] = []
        self._open = [-1]
        self._offset = 0
        self._parts: list[str] = []
        self._links: list[str] = []
        self._emphasised = 0
        self._link_count = 0
        self._link_depth = 0
        self._emphasis_depth = 0
        self._merge_depth = 0

    def collect(self, root: Tree) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = str(element.tag)
            if event == "end":
                self._leave(tag)
                self._add(element.tail)
            elif self._enter(element, tag):
                self._add(element.text)
            else:
                walker.skip_subtree()
        self._flush(0)

    def _enter(self, element: Tree, tag: str) -> bool:
        """Begin an element; return whether its text is still to be read."""
        if tag == "a":
            self._link_depth += 1
            self._link_count += 1
        elif tag in _EMPHASIS:
            self._emphasis_depth += 1
        else:
            self._flush(self._open[-1])
            if tag != "br":
                container = _add_container(element, tag, self.containers, self._open[-1])
                self._open.append(container)
                if tag in _MERGED:
                    self._merge_depth += 1
                    return self._merge_depth > _MAX_MERGE_DEPTH or not self._merge(element, tag, container)
        return True

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self._link_depth -= 1
        elif tag in _EMPHASIS:
            self._emphasis_depth -= 1
        elif tag != "br":
            self._flush(self._open.pop())
            if tag in _MERGED:
                self._merge_depth -= 1

    def _add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            if self._link_depth:
                self._links.append(text)
            if self._emphasis_depth:
                self._emphasised += len(text)

    def _merge(self, element: Tree, tag: str, container: int) -> bool:
        """Take all text of a menu, a footer or a list of links as one block; return whether the element is one."""
        text = " ".join(" ".join(element.itertext()).split())
        if len(_SENTENCE_BREAK.findall(text)) > _MAX_MERGED_SENTENCES:
            return False
        links = [" ".join(" ".join(link.itertext()).split()) for link in element.iter("a")]
        link_characters = sum(map(len, links)) + max(len(links) - 1, 0)
        if tag in _LISTS and (len(links) < _MIN_LINKS or link_characters < _LINK_LIST_RATIO * len(text)):
            return False
        if text:
            self._append(Block(self._offset, text, container, min(link_characters, len(text)), len(links), 0))
        return True

    def _flush(self, container: int) -> None:
        """End the block that was collected, if it holds any text."""
        if self._parts:
            text = " ".join("".join(self._parts).split())
            if text:
                link_characters = len(" ".join("".join(self._links).split())) if self._links else 0
                self._append(Block(self._offset, text, container, link_characters, self._link_count, self._emphasised))
            self._parts.clear()
            self._links.clear()
            self._emphasised = 0
        self._link_count = 1 if self._link_depth else 0

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        self._offset += len(block.text) + 1


def _add_container(element: Tree, tag: str, containers: list[Container], parent: int) -> int:
    """Add the container of an element within another one; return its index."""
    above = containers[parent] if parent >= 0 else _ROOT
    names = ""
    hints = 0
    is_hidden, is_article_body = above.is_hidden, above.is_article_body
    if parent > 0:
        attributes = dict(element.items())
        if attributes:
            get = attributes.get
            names = f"{get('class', '')} {get('id', '')} {get('role', '')}"
            hints = hints_of(names) if len(names) > len("  ") else 0
            is_hidden = (
                is_hidden
                or "hidden" in attributes
                or get("aria-hidden") == "true"
                or ("style" in attributes and _HIDDEN.search(attributes["style"]) is not None)
            )
            is_article_body = is_article_body or "articlebody" in get("itemprop", "").lower()
    containers.append(
        Container(
            parent=parent,
            depth=above.depth + 1,
            tag=tag,
            names=names,
            hints=hints,
            all_hints=hints | above.all_hints,
            regions=REGION_BITS.get(tag, 0) | above.regions,
            is_hidden=is_hidden,
            is_article_body=is_article_body,
        )
    )
    return len(containers) - 1


_ROOT: Final = Container(-1, -1, "", "", 0, 0, 0, is_hidden=False, is_article_body=False)
