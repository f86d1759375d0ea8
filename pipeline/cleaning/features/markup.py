"""What the markup of a page shows of its blocks.

What belongs here: tags, regions, hints, links, containers, the headline and what the page states of its article. What
does not: wording, and parsing.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features.containers import find_main, find_shared, sum_within
from pipeline.cleaning.features.matrix import Matrix, average_windows, look_around
from pipeline.cleaning.features.wording import LOG_WORDS, TITLE_OVERLAP, find_prose
from pipeline.cleaning.features.words import Words, split_words
from pipeline.cleaning.hints import HINTS
from pipeline.cleaning.page import REGION_BITS, Container, Page

_TAGS: Final = (
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"),
    *("blockquote", "pre", "figcaption", "dd", "dt", "button", "section", "article"),
)
_TAG_INDEX: Final = {tag: index for index, tag in enumerate(_TAGS)}
_LEVELS: Final = (1, 2, 3)
_MAIN_SHARE: Final = 0.75
_RUN: Final = 3
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


def describe_markup(page: Page, wording: Matrix, words: Words, stated_body: str | None) -> Matrix:
    """Return what the markup knows of each block: one row a block, columns as in `MARKUP_FEATURES`.

    `words` are those of each block; `stated_body` is what the page's linked data calls the text of its article.
    """
    containers, blocks = page.containers, page.blocks
    count = len(blocks)
    if not count:
        return np.zeros((0, len(MARKUP_FEATURES)), dtype=np.float32)
    owner, nesting = page.owners, page.nesting
    tags = [containers[block.container].tag for block in blocks]
    sizes = np.array([len(block.text) for block in blocks], dtype=np.float64)
    link_ratio = np.array([block.link_characters for block in blocks]) / sizes
    word_counts = np.expm1(wording[:, LOG_WORDS].astype(np.float64))
    prose = word_counts * (find_prose(wording) & (link_ratio < 0.5))
    summed = np.column_stack([prose, sizes, link_ratio * sizes, np.ones(count)])
    total_prose, total_size, total_links, total_blocks = sum_within(summed, owner, nesting).T
    main = find_main(total_prose, nesting, _MAIN_SHARE)
    _, levels = find_shared(main, nesting)
    all_prose = max(float(total_prose[0]), 1.0)
    columns = [
        _describe_containers(containers, owner, nesting.parents),
        np.column_stack([
            link_ratio,
            np.array([block.link_count for block in blocks]) / np.maximum(word_counts, 1),
            np.minimum(np.array([block.emphasised_characters for block in blocks]) / sizes, 1),
            _sum_by_tag(tags, prose) / all_prose,
        ]),
    ]  # fmt: skip
    level = owner
    for _ in _LEVELS:
        columns.append(
            np.column_stack([
                total_prose[level] / all_prose,
                total_links[level] / np.maximum(total_size[level], 1),
                np.log1p(total_blocks[level]),
            ])
        )  # fmt: skip
        level = np.maximum(nesting.parents[level], 0)
    links = link_ratio.astype(np.float32)[:, None]
    columns.append(
        np.column_stack([
            levels[owner] == 0,
            np.full(count, total_prose[main] / all_prose),
            levels[owner],
            _count_siblings_before(owner),
            look_around(links, (-1, 1)),
            average_windows(links, (3,)),
            look_around(owner.astype(np.float32)[:, None], (-1, 1)) == owner[:, None],
            _overlap(words, stated_body),
        ])
    )  # fmt: skip
    columns.append(_describe_anchor(page, wording, tags, total_prose, prose, all_prose))
    return np.concatenate(columns, axis=1, dtype=np.float32, casting="same_kind")


def _describe_anchor(
    page: Page,
    wording: Matrix,
    tags: Sequence[str],
    container_prose: NDArray[np.float64],
    prose: NDArray[np.float64],
    all_prose: float,
) -> NDArray[np.float64]:
    """Return where each block stands from the headline, and whether it is one of many alike."""
    count, owner = len(tags), page.owners
    headings = np.cumsum([tag in {"h1", "h2"} for tag in tags])
    is_first_heading = np.array([tag == "h1" for tag in tags])
    overlap = wording[:, TITLE_OVERLAP] + 0.3 * is_first_heading - 0.02 * wording[:, LOG_WORDS]
    anchor = int(np.argmax(overlap)) if count and overlap.max() > 0.6 else -1
    index = np.arange(count)
    before = np.cumsum(prose) - prose
    shared, levels = find_shared(int(owner[anchor]) if anchor >= 0 else 0, page.nesting)
    articles = _innermost_articles(page.containers)[owner]
    ordinals = {found: n for n, found in enumerate(dict.fromkeys(articles.tolist()))}
    unknown = np.full(count, -9.0)
    return np.column_stack([
        np.sign(index - anchor) * np.log1p(abs(index - anchor)) if anchor >= 0 else unknown,
        (before - before[anchor]) / all_prose if anchor >= 0 else unknown,
        headings - headings[anchor] if anchor >= 0 else unknown,
        levels[owner],
        container_prose[shared[owner]] / all_prose,
        index == anchor,
        _count_look_alikes(page.containers, container_prose)[owner],
        np.full(count, len(ordinals)),
        np.array([ordinals[found] for found in articles.tolist()]),
        articles == (articles[anchor] if anchor >= 0 else -2),
    ])  # fmt: skip


def _count_look_alikes(containers: Sequence[Container], prose: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each container how many with prose have the tag and class names that it or a container above has."""
    signatures = [(c.tag, c.names) if c.names or c.tag == "article" else None for c in containers]
    counts = Counter(sign for sign, words in zip(signatures, prose.tolist(), strict=True) if sign and words > 15)
    most: list[int] = []
    for container, sign in zip(containers, signatures, strict=True):
        inherited = most[container.parent] if container.parent >= 0 else 0
        most.append(max(counts[sign] if sign else 0, inherited))
    return np.log1p(most)


def _innermost_articles(containers: Sequence[Container]) -> NDArray[np.int64]:
    """Return for each container the article element that it is in, -1 where it is in none."""
    found = np.full(len(containers), -1)
    for index, container in enumerate(containers):
        if container.tag == "article":
            found[index : container.end] = index
    return found


def _describe_containers(
    containers: Sequence[Container], owner: NDArray[np.int64], parent: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return what the markup says of each block's container: tag, regions, hints of all and of the nearest above it."""
    positions: list[int] = owner.tolist()
    owners = [containers[index] for index in positions]
    hints = np.array([container.hints for container in containers])
    above = np.maximum(parent, 0)
    near = (hints | hints[above] | hints[above[above]])[owner]
    tags = np.array([_TAG_INDEX.get(container.tag, -1) for container in owners])
    regions = np.array([container.regions for container in owners])
    all_hints = np.array([container.all_hints for container in owners])
    return np.column_stack([
        tags[:, None] == np.arange(len(_TAGS)),
        regions[:, None] >> _REGIONS & 1,
        all_hints[:, None] >> _BITS & 1,
        near[:, None] >> _BITS & 1,
        [container.depth for container in owners],
        [container.is_hidden for container in owners],
        [container.is_article_body for container in owners],
    ]).astype(np.float64)  # fmt: skip


def _sum_by_tag(tags: Sequence[str], prose: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each block how much prose stands in blocks of its tag."""
    sums: dict[str, float] = {}
    for tag, words in zip(tags, prose.tolist(), strict=True):
        sums[tag] = sums.get(tag, 0) + words
    return np.array([sums[tag] for tag in tags])


def _count_siblings_before(owner: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the logarithm of the number of blocks before each in the same container."""
    seen: Counter[int] = Counter()
    positions: list[int] = []
    for index in owner.tolist():
        positions.append(seen[index])
        seen[index] += 1
    return np.log1p(positions)


def _overlap(words: Words, stated: str | None) -> NDArray[np.float64]:
    """Return for each block the share of its runs of words that the stated text has too, -1 if none is stated.

    A block of fewer words is one run, which the stated text does not have.
    """
    count = len(words.counts)
    if not stated:
        return np.full(count, -1.0)
    unknown = len(words.vocabulary)
    known = [words.vocabulary.get(word, unknown) for word in split_words(stated)]
    size = unknown + 1
    runs = _number_runs(words.all, size)
    is_stated = np.isin(runs, _number_runs(np.array(known, dtype=np.int64), size))
    owners = words.segments[: len(runs)]
    is_whole = owners == words.segments[_RUN - 1 :]
    found = np.bincount(owners[is_whole & is_stated], minlength=count)
    return found / np.maximum(words.counts - (_RUN - 1), 1)


def _number_runs(words: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return a number for each run of a few words, of a vocabulary of `size`."""
    count = max(len(words) - (_RUN - 1), 0)
    return sum((words[start : start + count] * size**start for start in range(_RUN)), np.zeros(count, dtype=np.int64))
