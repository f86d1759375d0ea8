"""What the markup of a page shows of its blocks.

What belongs here: tags, regions, hints, links, containers, the headline and what the page states of its article. What
does not: wording, and parsing.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.containers import Stack, find_mains, find_shared, sum_within
from pipeline.cleaning.features.matrix import Matrix, Numbers, Rows
from pipeline.cleaning.features.wording import LOG_WORDS, TITLE_OVERLAP, count_words, find_prose
from pipeline.cleaning.features.words import WordNumbers, Words, find_among, number_words, of_text
from pipeline.cleaning.hints import HINTS
from pipeline.cleaning.page import ARTICLE_BODY, HIDDEN, REGION_BITS

_TAGS: Final = (
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"),
    *("blockquote", "pre", "figcaption", "dd", "dt", "button", "section", "article"),
)
_TAG_INDEX: Final = {tag: index for index, tag in enumerate(_TAGS)}
_LEVELS: Final = (1, 2, 3)
_MAIN_SHARE: Final = 0.75
_RUN: Final = 3
_RUN_FACTOR: Final = np.uint64(0x165667B19E3779F9)
_LIKE_TITLE: Final = 0.6
_SOME_PROSE: Final = 15
_BITS: Final = np.arange(len(HINTS))
_REGIONS: Final = np.arange(len(REGION_BITS))
MARKUP_FEATURES: Final = (
    *(f"tag_{tag}" for tag in _TAGS),
    *(f"within_{tag}" for tag in REGION_BITS),
    *(f"hint_{hint}" for hint in HINTS),
    *(f"near_hint_{hint}" for hint in HINTS),
    "depth", "is_hidden", "is_article_body", "link_ratio", "links_per_word", "emphasis_ratio", "tag_prose_ratio",
    *(f"{name}_{level}" for level in _LEVELS for name in ("container_prose", "container_links", "container_blocks")),
    "in_main", "main_share", "levels_to_main", "siblings_before", "link_ratio-1", "link_ratio+1", "link_ratio_within_3",
    "same_container-1", "same_container+1", "stated_overlap",
    "from_title", "prose_since_title", "headings_since_title", "levels_to_title", "title_share", "is_title_anchor",
    "look_alikes", "articles", "article_ordinal", "in_title_article",
)  # fmt: skip


def describe_markup(stack: Stack, wording: Matrix, words: Words, stated_bodies: Sequence[str | None]) -> Matrix:
    """Return what the markup knows of each block: one row a block, columns as in `MARKUP_FEATURES`.

    `words` are those of each block; `stated_bodies` are what the pages' linked data calls the text of the article.
    """
    blocks, owners, rows = stack.blocks, stack.owners, stack.rows
    if not blocks:
        return np.zeros((0, len(MARKUP_FEATURES)), dtype=np.float32)
    positions: list[int] = owners.tolist()
    tags = [stack.tags[position] for position in positions]
    sizes = np.array([len(block.text) for block in blocks], dtype=np.float64)
    link_characters = np.array([block.link_characters for block in blocks], dtype=np.float64)
    link_ratio = link_characters / sizes
    word_counts = count_words(wording)
    prose = word_counts * (find_prose(wording) & (link_ratio < 0.5))
    summed = np.column_stack([prose, sizes, link_characters, np.ones(len(blocks))])
    total_prose, total_size, total_links, total_blocks = sum_within(summed, stack).T
    mains = find_mains(total_prose, stack, _MAIN_SHARE)
    _, levels = find_shared(mains, stack)
    all_prose = np.maximum(total_prose[stack.roots], 1)
    of_all_prose = all_prose[rows.texts]
    columns = [
        _describe_containers(stack, tags),
        np.column_stack([
            link_ratio,
            np.array([block.link_count for block in blocks]) / np.maximum(word_counts, 1),
            np.minimum(np.array([block.emphasised_characters for block in blocks]) / sizes, 1),
            _sum_by_tag(tags, prose, rows) / of_all_prose,
        ]).astype(np.float32),
    ]  # fmt: skip
    level = owners
    for _ in _LEVELS:
        columns.append(
            np.column_stack([
                total_prose[level] / of_all_prose,
                total_links[level] / np.maximum(total_size[level], 1),
                np.log1p(total_blocks[level]),
            ]).astype(np.float32)
        )  # fmt: skip
        level = stack.above[level]
    links = link_ratio.astype(np.float32)[:, None]
    columns.append(
        np.column_stack([
            levels[owners] == 0,
            (total_prose[mains] / all_prose)[rows.texts],
            levels[owners],
            _count_siblings_before(owners),
            rows.look_around(links, (-1, 1)),
            rows.average_windows(links, (3,)),
            rows.look_around(owners.astype(np.float32)[:, None], (-1, 1)) == owners[:, None],
            _overlap(words, stated_bodies, rows),
        ]).astype(np.float32)
    )  # fmt: skip
    columns.append(_describe_anchor(stack, wording, tags, total_prose, prose))
    return np.concatenate(columns, axis=1)


def _describe_anchor(
    stack: Stack, wording: Matrix, tags: Sequence[str], container_prose: Numbers, prose: Numbers
) -> Matrix:
    """Return where each block stands from the headline of its page, and whether it is one of many alike."""
    rows, owners = stack.rows, stack.owners
    all_prose = np.maximum(container_prose[stack.roots], 1)[rows.texts]
    headings = np.cumsum([tag in {"h1", "h2"} for tag in tags])
    is_first_heading = np.array([tag == "h1" for tag in tags])
    anchors = _find_anchors(wording[:, TITLE_OVERLAP] + 0.3 * is_first_heading - 0.02 * wording[:, LOG_WORDS], rows)
    targets = [owners[anchor] if anchor >= 0 else root for anchor, root in zip(anchors, stack.roots, strict=True)]
    shared, levels = find_shared(targets, stack)
    anchor = np.array(anchors, dtype=np.int64)[rows.texts]
    is_known, away = anchor >= 0, rows.numbers - anchor
    before = rows.sum_before(prose)
    articles = _innermost_articles(stack)[owners]
    ordinals = [_number_in_order(articles[span].tolist()) for span in rows.spans]
    return np.column_stack([
        np.where(is_known, np.sign(away) * np.log1p(abs(away)), -9),
        np.where(is_known, (before - before[anchor]) / all_prose, -9),
        np.where(is_known, headings - headings[anchor], -9),
        levels[owners],
        container_prose[shared[owners]] / all_prose,
        is_known & (away == 0),
        _count_look_alikes(stack, container_prose)[owners],
        np.array([max(numbers, default=-1) + 1 for numbers in ordinals])[rows.texts],
        np.array([number for numbers in ordinals for number in numbers]),
        is_known & (articles == articles[anchor]),
    ]).astype(np.float32)  # fmt: skip


def _find_anchors(overlap: Numbers, rows: Rows) -> list[int]:
    """Return for each page the block that is most like its title, -1 where none is like it."""
    anchors: list[int] = []
    for span in rows.spans:
        anchor = span.start + int(np.argmax(overlap[span])) if span.stop > span.start else -1
        anchors.append(anchor if anchor >= 0 and overlap[anchor] > _LIKE_TITLE else -1)
    return anchors


def _number_in_order(values: Sequence[int]) -> list[int]:
    """Return for each value how many others came before its first."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return [numbers[value] for value in values]


def _count_look_alikes(stack: Stack, container_prose: Numbers) -> Numbers:
    """Return for each container how many with prose have the tag and class names that it or a container above has."""
    prose: list[float] = container_prose.tolist()
    most: list[int] = []
    for root, page in zip(stack.roots, stack.pages, strict=True):
        containers = page.containers
        kinds = list(zip(containers.tags, containers.names, strict=True))
        counts = Counter(
            (tag, names)
            for (tag, names), words in zip(kinds, prose[root : root + len(kinds)], strict=True)
            if words > _SOME_PROSE and (names or tag == "article")
        )
        for kind, parent in zip(kinds, containers.parents, strict=True):
            above = most[root + parent] if parent >= 0 else 0
            own = counts.get(kind, 0)
            most.append(own if own > above else above)
    return np.log1p(most)


def _innermost_articles(stack: Stack) -> NDArray[np.int64]:
    """Return for each container the article element that it is in, -1 where it is in none."""
    found = np.full(len(stack.tags), -1)
    for index, tag in enumerate(stack.tags):
        if tag == "article":
            found[index : stack.ends[index]] = index
    return found


def _describe_containers(stack: Stack, tags: Sequence[str]) -> Matrix:
    """Return what the markup says of each block's container: tag, regions, hints of all and of the nearest above it."""
    owners, hints = stack.owners, stack.hints
    near = hints | hints[stack.above] | hints[stack.above[stack.above]]
    marks = stack.marks[owners, None]
    return np.column_stack([
        np.array([_TAG_INDEX.get(tag, -1) for tag in tags])[:, None] == np.arange(len(_TAGS)),
        marks >> _REGIONS & 1,
        stack.all_hints[owners, None] >> _BITS & 1,
        near[owners, None] >> _BITS & 1,
        stack.depths[owners],
        (marks & (HIDDEN, ARTICLE_BODY)) != 0,
    ]).astype(np.float32)  # fmt: skip


def _sum_by_tag(tags: Sequence[str], prose: Numbers, rows: Rows) -> Numbers:
    """Return for each block how much prose stands in blocks of its tag."""
    numbers = {tag: number for number, tag in enumerate(dict.fromkeys(tags))}
    keys = rows.texts * len(numbers) + np.fromiter(map(numbers.__getitem__, tags), np.int64, len(tags))
    return np.bincount(keys, prose)[keys].astype(np.float64)


def _count_siblings_before(owners: NDArray[np.int64]) -> Numbers:
    """Return the logarithm of the number of blocks before each in the same container."""
    order = np.argsort(owners, kind="stable")
    counts = np.bincount(owners)
    places = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.log1p(places[np.argsort(order)])


def _overlap(words: Words, stated_bodies: Sequence[str | None], rows: Rows) -> Numbers:
    """Return for each block the share of its runs of words that the stated text has too, -1 if none is stated.

    A block of fewer words is one run, which the stated text does not have.
    """
    is_stated = np.array([bool(body) for body in stated_bodies])[rows.texts]
    if not is_stated.any():
        return np.full(len(words.counts), -1.0)
    stated = [of_text(_number_runs(number_words(body)), text) for text, body in enumerate(stated_bodies) if body]
    runs = _number_runs(words.all)
    places = find_among(of_text(runs, words.texts[: len(runs)]), np.unique(np.concatenate(stated))).places
    owners = words.segments[places]
    is_whole = owners == words.segments[places + _RUN - 1]
    found = np.bincount(owners[is_whole], minlength=len(words.counts))
    return np.where(is_stated, found / np.maximum(words.counts - (_RUN - 1), 1), -1)


def _number_runs(words: WordNumbers) -> WordNumbers:
    """Return a number for each run of a few words."""
    count = max(len(words) - (_RUN - 1), 0)
    runs = np.zeros(count, dtype=np.uint64)
    for start in range(_RUN):
        runs = runs * _RUN_FACTOR + words[start : start + count]
    return runs
