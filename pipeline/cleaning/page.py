"""An HTML page as ordered blocks of text, with what the markup knows of each.

What belongs here: parsing, the text of the whole page in document order, and facts of the markup. What does not: any
judgement about what is article.

A block is a run of text between tags that begin a new line on the screen. The parser is lxml's (libxml2): it takes any
input in linear time.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

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
_SENTENCE_BREAK: Final = re.compile(r"[.!?](?<=[a-z].)[\"”’)]*\s+[A-Z“\"]")
_MAX_MERGED_SENTENCES: Final = 3
_REGIONS: Final = (
    *("article", "main", "nav", "header", "footer", "aside", "form", "figure"),
    *("table", "ul", "ol", "section", "blockquote", "button", "dl"),
)
_NAMING: Final = frozenset(("class", "id", "role"))
REGION_BITS: Final = {tag: 1 << index for index, tag in enumerate(_REGIONS)}
HIDDEN: Final = 1 << len(_REGIONS)
ARTICLE_BODY: Final = HIDDEN << 1
_NESTING_TAG: Final = re.compile(r"<(?!/?(?:p|br|h[1-6]|title|script|style|meta|link|head|body)\b)/?[a-zA-Z][^<>]*>")
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


@dataclass(frozen=True, slots=True)
class Containers:
    """The elements that hold blocks, in document order, a column for each fact of their markup.

    `parents` are the containers that they are directly in, -1 for the root; those within one are those after it up to
    its end in `ends`. `names` are class, id and role, `marks` the bits of the element itself: `REGION_BITS` by its tag,
    `HIDDEN` and `ARTICLE_BODY`.
    """

    parents: list[int] = field(default_factory=list[int])
    ends: list[int] = field(default_factory=list[int])
    tags: list[str] = field(default_factory=list[str])
    names: list[str] = field(default_factory=list[str])
    marks: list[int] = field(default_factory=list[int])


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
    """A page's containers and its blocks, whose texts are the lines of `raw_text`."""

    containers: Containers
    blocks: list[Block]
    raw_text: str


class MalformedPageError(ValueError):
    """The page cannot be parsed at all."""


def parse_tree(source: str) -> Tree:
    """Return the page's element tree, comments left out; the bodies of pages behind its end are part of its body.

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
    _join_behind(tree)
    return tree


def _join_behind(tree: Tree) -> None:
    """Move what stands behind the end of the page into its body: the parser makes pages of their own of it.

    Their heads go, but for that of a page which had none.
    """
    behind = [element for element in tree.itersiblings() if element.tag == "html"]
    if not behind:
        return
    if tree.find("head") is not None:
        for page in behind:
            etree.strip_elements(page, "head", with_tail=False)
    body = tree.find("body")
    body = etree.SubElement(tree, "body") if body is None else body
    body.extend(behind)
    etree.strip_tags(body, "html", "body")


def _parse(source: str) -> tuple[Tree | None, bool]:
    """Return the tree, and whether the parser came to the end: it stops where elements are nested too deep."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    tree = etree.fromstring(source.encode("utf-8", "replace").replace(b"\0", b""), parser)
    return tree, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def read_blocks(tree: Tree) -> Page:
    """Return the page's blocks, one a line of `raw_text`, runs of white space in them made one space.

    A menu, a footer or a list of links is one block. The tree loses its scripts and the tags inside lines on the way.
    """
    etree.strip_elements(tree, *_SKIPPED, with_tail=False)
    etree.strip_tags(tree, *_INLINE)
    collector = _Collector()
    collector.collect(tree)
    raw_text = "\n".join([block.text for block in collector.blocks])
    return Page(collector.containers, collector.blocks, raw_text)


class _Collector:
    """Walks the tree once, without recursion, and cuts its text into blocks.

    Elements that have begun wait until a block is found in them: those that hold none are no containers. The root is
    one in any case.
    """

    def __init__(self) -> None:
        self.containers = Containers()
        self.blocks: list[Block] = []
        self._opened = [-1]
        self._waiting: list[tuple[Tree, str]] = []
        self._open_lists = 0
        self._offset = 0

    def collect(self, root: Tree) -> None:
        parts: list[str] = []
        links: list[str] = []
        emphasised = link_count = link_depth = emphasis_depth = 0
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            starts = event == "start"
            if tag == "a":
                link_depth += 1 if starts else -1
                link_count += starts
            elif tag in _EMPHASIS:
                emphasis_depth += 1 if starts else -1
            elif starts or tag != "br":
                if parts:
                    self._add_block("".join(parts), "".join(links), link_count, emphasised)
                    parts, links, emphasised = [], [], 0
                link_count = 1 if link_depth else 0
                if not starts:
                    self._close(str(tag))
                elif tag != "br" and self._open(element, str(tag)):
                    walker.skip_subtree()
                    continue
            text = element.text if starts else element.tail
            if text and (parts or not text.isspace()):
                parts.append(text)
                if link_depth:
                    links.append(text)
                if emphasis_depth:
                    emphasised += len(text)

    def _open(self, element: Tree, tag: str) -> bool:
        """Note that an element begins; return whether all its text was taken as one block."""
        self._waiting.append((element, tag))
        if not self.containers.tags:
            self._describe_waiting()
        if tag not in _MERGED:
            return False
        self._open_lists += 1
        return self._open_lists <= _MAX_MERGE_DEPTH and self._merge(element)

    def _close(self, tag: str) -> None:
        self._open_lists -= tag in _MERGED
        if self._waiting:
            self._waiting.pop()
        else:
            self.containers.ends[self._opened.pop()] = len(self.containers.tags)

    def _describe_waiting(self) -> None:
        """Make containers of the elements that wait: a block was found in them."""
        found = self.containers
        for element, tag in self._waiting:
            parent = self._opened[-1]
            names, marks = _read_attributes(element) if parent > 0 else ("", 0)
            self._opened.append(len(found.tags))
            found.parents.append(parent)
            found.ends.append(-1)
            found.tags.append(tag)
            found.names.append(names)
            found.marks.append(REGION_BITS.get(tag, 0) | marks)
        self._waiting.clear()

    def _merge(self, element: Tree) -> bool:
        """Take all text of a menu, a footer or a list of links as one block; return whether the element is one."""
        anchors = list(element.iter("a"))
        is_list = element.tag in _LISTS
        if is_list and len(anchors) < _MIN_LINKS:
            return False
        text = _in_one_line(_read_text(element))
        if len(_SENTENCE_BREAK.findall(text)) > _MAX_MERGED_SENTENCES:
            return False
        link_characters = len(" ".join([_in_one_line(_read_text(anchor)) for anchor in anchors]))
        if is_list and link_characters < _LINK_LIST_RATIO * len(text):
            return False
        if text:
            self._append(text, min(link_characters, len(text)), len(anchors), 0)
        return True

    def _add_block(self, text: str, links: str, link_count: int, emphasised: int) -> None:
        """Add what was collected as a block, if it is more than white space."""
        text = _in_one_line(text)
        if text:
            self._append(text, len(_in_one_line(links)), link_count, emphasised)

    def _append(self, text: str, link_characters: int, link_count: int, emphasised: int) -> None:
        if self._waiting:
            self._describe_waiting()
        self.blocks.append(Block(self._offset, text, self._opened[-1], link_characters, link_count, emphasised))
        self._offset += len(text) + 1


def _read_text(element: Tree) -> str:
    return " ".join(element.itertext()) if len(element) else element.text or ""


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _read_attributes(element: Tree) -> tuple[str, int]:
    """Return class, id and role of an element, and whether it is hidden or the body of an article, as bits."""
    names, marks = "", 0
    for name, value in sorted(element.items()):
        if name in _NAMING:
            names = f"{names} {value}" if names else value
        elif name == "style":
            marks |= HIDDEN if _HIDING.search(value.lower()) else 0
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            marks |= HIDDEN
        elif name == "itemprop":
            marks |= ARTICLE_BODY if "articlebody" in value.lower() else 0
    return names, marks
