"""What the segment model sees of a segment: its wording and shape, its neighbours, and its place in the markup.

What belongs here: turning segments into numbers, each with a name. What does not: weighing them. A feature never
depends on what a text had beside its segments, so that a clean text is seen the same way again.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.hints import HINTS
from pipeline.cleaning.page import REGION_BITS, Container, Page
from pipeline.cleaning.residue import ResidueRule

Matrix = NDArray[np.float32]

_FUNCTION_WORDS: Final = frozenset(
    """
    a about after an and are as at be been but by can could for from had has have he her his i in into is it its
    more not of on or said she than that the their there they this to was we were when which who will with would
    you
    """.split()  # noqa: SIM905
)
_RESIDUE_WORDS: Final = frozenset(
    """
    about account advertise advertisement all app archives author buy by caption careers cart categories click
    close comment comments conditions contact cookie cookies copyright credit download editor email facebook faq
    follow free get getty help here home image instagram jobs join latest learn linkedin loading log login menu
    more newsletter newsletters next photo photos pinterest policy popular posted previous privacy published
    read recommended register related reply reserved rights search share shop sign sitemap skip sponsored
    started stories story submit subscribe subscription support tags terms trending trial twitter updated video
    view whatsapp youtube
    """.split()  # noqa: SIM905
)
_SENTENCE_MARK: Final = re.compile(r"[.!?…][\"'”’)\]]*(?=\s|$)|[。！？]")
_SENTENCE_END: Final = re.compile(r"[.!?…。！？][\"'”’)\]」』]*$")
_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DATE_LIKE: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d",
    re.IGNORECASE,
)
_READER_WORDS: Final = frozenset(("our", "us", "your", "you", "we"))
_DIGIT: Final = re.compile(r"\d")
_UPPER: Final = re.compile("[A-Z]")
_SEPARATOR: Final = re.compile("[|•·›»>→]")
_LETTER_SAMPLE: Final = 400
_EDGES: Final = ".,:;!?\"'“”‘’()[]"

TEXT_FEATURES: Final = (
    "log_characters", "log_words", "word_length", "ends_as_sentence", "ends_with_colon", "sentences_per_word",
    "commas_per_word", "capitalised_ratio", "digit_ratio", "function_word_ratio", "residue_word_ratio",
    "upper_case_ratio", "begins_small", "begins_with_digit", "begins_with_sign", "separators", "copyright_sign",
    "address_sign", "quotation_marks", "date_like", "addresses_reader", "rule", "rule_opens_block", "repetitions",
    "title_overlap",
)  # fmt: skip
LOG_WORDS, _ENDS, _OPENS, _OVERLAP, _REPETITIONS = (
    TEXT_FEATURES.index(name)
    for name in ("log_words", "ends_as_sentence", "rule_opens_block", "title_overlap", "repetitions")
)


def describe_segments(texts: Sequence[str], rules: Sequence[ResidueRule | None], title: str | None) -> Matrix:
    """Return what each text shows alone: one row a text, columns as in `TEXT_FEATURES`."""
    title_words = frozenset(plain_words(title or ""))
    rows = [_describe(text, rule, title_words) for text, rule in zip(texts, rules, strict=True)]
    local = np.array(rows, dtype=np.float32).reshape(len(rows), len(TEXT_FEATURES))
    count_repetitions(local, texts)
    return local


def count_repetitions(local: Matrix, texts: Sequence[str]) -> None:
    """Fill in how often each text stands among all."""
    counts = Counter(texts)
    local[:, _REPETITIONS] = [min(counts[text], 5) for text in texts]


def plain_words(text: str) -> list[str]:
    """Return the words in small letters without the marks around them."""
    return [word.strip(_EDGES) for word in text.lower().split()]


def _describe(text: str, rule: ResidueRule | None, title_words: frozenset[str]) -> tuple[float, ...]:
    words = plain_words(text)
    size = len(text)
    is_ascii = text.isascii()
    count = len(words) if is_ascii else max(len(words), len(_WIDE.findall(text)) // 2)
    first = text[0]
    begin = text[:_LETTER_SAMPLE]
    return (
        log1p(size),
        log1p(count),
        size / count,
        _SENTENCE_END.search(text, max(0, size - 6)) is not None,
        text.endswith(":"),
        len(_SENTENCE_MARK.findall(text)) / count,
        text.count(",") / count,
        sum([word[0].isupper() for word in text.split()]) / count,
        len(_DIGIT.findall(begin)) / len(begin),
        len([word for word in words if word in _FUNCTION_WORDS]) / count,
        len([word for word in words if word in _RESIDUE_WORDS]) / count,
        (len(_UPPER.findall(begin)) if is_ascii else sum(map(str.isupper, begin))) / len(begin),
        first.islower(),
        first.isdigit(),
        not first.isalnum(),
        len(_SEPARATOR.findall(text)),
        "©" in text,
        "@" in text or "http" in text or "www." in text,
        "“" in text or '"' in text or "”" in text,
        _DATE_LIKE.search(text, 0, 200) is not None,
        len([word for word in words if word in _READER_WORDS]) / count,
        rule is not None,
        rule is not None and rule.scope in {"block", "tail", "list"},
        1,
        len(title_words.intersection(words)) / len(title_words) if title_words else 0,
    )


_NEIGHBOUR_COLUMNS: Final = ("log_words", "ends_as_sentence", "function_word_ratio", "residue_word_ratio", "rule")
_NEIGHBOURS: Final = (-3, -2, -1, 1, 2, 3)
CONTEXT_FEATURES: Final = (
    *(f"{name}{offset:+d}" for offset in _NEIGHBOURS for name in _NEIGHBOUR_COLUMNS),
    *(f"{name}_within_{width}" for width in (2, 5) for name in _NEIGHBOUR_COLUMNS),
    "position", "words_before_ratio", "prose_before_ratio", "prose_after_ratio", "since_prose", "until_prose",
    "prose_run", "since_block_heading", "prose_since_block_heading", "log_segments", "prose_ratio", "is_first",
)  # fmt: skip
_NEIGHBOUR_INDEX: Final = [TEXT_FEATURES.index(name) for name in _NEIGHBOUR_COLUMNS]
_PROSE_WORDS: Final = np.log1p(10)


def describe_context(local: Matrix) -> Matrix:
    """Return what the neighbours of each segment show: one row a segment, columns as in `CONTEXT_FEATURES`.

    Prose are segments of ten words or more that end as sentences do.
    """
    count = len(local)
    prose = (local[:, LOG_WORDS] > _PROSE_WORDS) & (local[:, _ENDS] > 0)
    columns = [_shift(local[:, _NEIGHBOUR_INDEX], offset) for offset in _NEIGHBOURS]
    columns += [_window_mean(local[:, _NEIGHBOUR_INDEX], width) for width in (2, 5)]
    words = np.expm1(local[:, LOG_WORDS])
    prose_words = words * prose
    before, total = np.cumsum(words) - words, max(float(words.sum()), 1.0)
    prose_before, prose_total = np.cumsum(prose_words) - prose_words, max(float(prose_words.sum()), 1.0)
    index = np.arange(count)
    since_prose = index - _last_index(prose, count)
    until_prose = (index - _last_index(prose[::-1], count))[::-1]
    heading = _last_index(local[:, _OPENS] > 0, count)
    prose_at_heading = np.where(heading >= 0, prose_before[np.maximum(heading, 0)], 0)
    columns.append(
        np.column_stack([
            index / max(count - 1, 1),
            before / total,
            prose_before / prose_total,
            (prose_total - prose_before - prose_words) / prose_total,
            np.log1p(since_prose),
            np.log1p(until_prose),
            np.log1p(_run_lengths(prose)),
            np.where(heading >= 0, np.log1p(index - heading), 9),
            np.where(heading >= 0, (prose_before - prose_at_heading) / prose_total, -1),
            np.full(count, np.log1p(count)),
            np.full(count, prose_words.sum() / total),
            index == 0,
        ])
    )  # fmt: skip
    return np.concatenate(columns, axis=1).astype(np.float32)


def _shift(values: Matrix, offset: int) -> Matrix:
    """Return the rows `offset` places on, -1 where there are none."""
    shifted = np.full_like(values, -1)
    if abs(offset) < len(values):
        if offset > 0:
            shifted[:-offset] = values[offset:]
        else:
            shifted[-offset:] = values[:offset]
    return shifted


def _window_mean(values: Matrix, width: int) -> Matrix:
    """Return the mean over each row and `width` rows on either side."""
    sums = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    index = np.arange(len(values))
    low, high = np.maximum(index - width, 0), np.minimum(index + width + 1, len(values))
    return ((sums[high] - sums[low]) / (high - low)[:, None]).astype(np.float32)


def _last_index(flags: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """Return for each position that of the last flag at or before it, minus the count where there is none."""
    return np.maximum.accumulate(np.where(flags, np.arange(count), -count))


def _run_lengths(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each position the length of the run of equal flags that it is in."""
    if not len(flags):
        return np.zeros(0, dtype=np.int64)
    edges = np.flatnonzero(np.diff(flags)) + 1
    bounds = np.concatenate([[0], edges, [len(flags)]])
    return np.repeat(np.diff(bounds), np.diff(bounds)) * np.where(flags, 1, 0)


_TAGS: Final = (
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"),
    *("blockquote", "pre", "figcaption", "dd", "dt", "button", "section", "article"),
)
_TAG_INDEX: Final = {tag: index for index, tag in enumerate(_TAGS)}
MARKUP_FEATURES: Final = (
    *(f"tag_{tag}" for tag in _TAGS),
    *(f"within_{tag}" for tag in REGION_BITS),
    *(f"hint_{hint}" for hint in HINTS),
    *(f"near_hint_{hint}" for hint in HINTS),
    "depth", "is_hidden", "is_article_body", "link_ratio", "links_per_word", "emphasis_ratio", "tag_prose_ratio",
    *(f"{name}_{level}" for level in (1, 2, 3) for name in ("container_prose", "container_links", "container_blocks")),
    "in_main", "main_share", "levels_to_main", "siblings_before", "link_ratio-1", "link_ratio+1", "link_ratio_within_3",
    "same_container-1", "same_container+1", "stated_overlap", "description_overlap", "main_content_overlap",
    "from_title", "prose_since_title", "headings_since_title", "levels_to_title", "title_share", "is_title_anchor",
    "look_alikes", "articles", "article_ordinal", "in_title_article",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageStatements:
    """What the page, or another extractor, says about its article as a whole; None where nothing is said."""

    body: str | None
    description: str | None
    main_content: str | None


def describe_markup(page: Page, local: Matrix, statements: PageStatements) -> Matrix:
    """Return what the markup knows of each block: one row a block, columns as in `MARKUP_FEATURES`."""
    containers, blocks = page.containers, page.blocks
    count = len(blocks)
    owner = np.array([block.container for block in blocks], dtype=np.int64)
    parent = np.array([container.parent for container in containers])
    sizes = np.array([max(len(block.text), 1) for block in blocks], dtype=np.float32)
    link_ratio = np.array([block.link_characters for block in blocks], dtype=np.float32) / sizes
    words = np.expm1(local[:, LOG_WORDS])
    prose = words * ((local[:, LOG_WORDS] > _PROSE_WORDS) & (local[:, _ENDS] > 0) & (link_ratio < 0.5))
    totals = np.zeros((len(containers), 4), dtype=np.float64)
    np.add.at(totals, owner, np.column_stack([prose, sizes, link_ratio * sizes, np.ones(count)]))
    for index in range(len(containers) - 1, 0, -1):
        totals[parent[index]] += totals[index]
    main, levels = _find_main(parent, totals[:, 0])
    all_prose = max(float(totals[0, 0]), 1.0)
    columns = [
        _describe_containers(containers, parent)[owner],
        np.column_stack([
            link_ratio,
            np.array([block.link_count for block in blocks]) / np.maximum(words, 1),
            np.minimum(np.array([block.emphasised_characters for block in blocks]) / sizes, 1),
            _tag_prose(page, prose) / all_prose,
        ]),
    ]  # fmt: skip
    level = owner
    for _ in range(3):
        columns.append(
            np.column_stack([
                totals[level, 0] / all_prose,
                totals[level, 2] / np.maximum(totals[level, 1], 1),
                np.log1p(totals[level, 3]),
            ])
        )  # fmt: skip
        level = np.where(parent[level] >= 0, parent[level], level)
    block_words = [plain_words(block.text) for block in blocks]
    around = _window_mean(link_ratio[:, None], 3)
    columns.append(
        np.column_stack([
            levels[owner] == 0,
            np.full(count, totals[main, 0] / all_prose),
            levels[owner],
            _position_in_container(owner),
            _shift(link_ratio[:, None], -1),
            _shift(link_ratio[:, None], 1),
            around,
            _shift(owner[:, None].astype(np.float32), -1)[:, 0] == owner,
            _shift(owner[:, None].astype(np.float32), 1)[:, 0] == owner,
            _overlap(block_words, statements.body),
            _overlap(block_words, statements.description),
            _overlap(block_words, statements.main_content),
        ])
    )  # fmt: skip
    columns.append(_describe_anchor(page, local, owner, parent, totals[:, 0], prose, all_prose))
    return np.concatenate(columns, axis=1).astype(np.float32)


def _describe_anchor(
    page: Page,
    local: Matrix,
    owner: NDArray[np.int64],
    parent: NDArray[np.int64],
    container_prose: NDArray[np.float64],
    prose: NDArray[np.float32],
    all_prose: float,
) -> NDArray[np.float64]:
    """Return where each block stands from the headline, and whether it is one of many alike."""
    count = len(owner)
    tags = [page.containers[block.container].tag for block in page.blocks]
    is_heading = np.array([tag in {"h1", "h2"} for tag in tags])
    is_first_heading = np.array([tag == "h1" for tag in tags])
    overlap = local[:, _OVERLAP] + 0.3 * is_first_heading - 0.02 * local[:, LOG_WORDS]
    anchor = int(np.argmax(overlap)) if count and overlap.max() > 0.6 else -1
    index = np.arange(count)
    before = np.cumsum(prose) - prose
    headings = np.cumsum(is_heading)
    levels, shares = _levels_to(int(owner[anchor]) if anchor >= 0 else 0, parent, container_prose)
    look_alikes = _count_look_alikes(page, parent, container_prose)
    articles = _innermost_articles(page)
    ordinals = {found: n for n, found in enumerate(dict.fromkeys(articles[owner].tolist()))}
    return np.column_stack([
        np.sign(index - anchor) * np.log1p(abs(index - anchor)) if anchor >= 0 else np.full(count, -9),
        (before - before[anchor]) / all_prose if anchor >= 0 else np.full(count, -9),
        headings - headings[anchor] if anchor >= 0 else np.full(count, -9),
        levels[owner],
        shares[owner] / all_prose,
        index == anchor,
        look_alikes[owner],
        np.full(count, len(ordinals)),
        np.array([ordinals[found] for found in articles[owner].tolist()]),
        articles[owner] == (articles[owner[anchor]] if anchor >= 0 else -2),
    ])  # fmt: skip


def _levels_to(
    target: int, parent: NDArray[np.int64], prose: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each container how far below the innermost one that it shares with `target`, and the prose in that."""
    path: dict[int, int] = {}
    while target >= 0:
        path[target] = len(path)
        target = int(parent[target])
    levels = np.zeros(len(parent), dtype=np.int64)
    shares = np.zeros(len(parent))
    for index in range(len(parent)):
        levels[index] = path[index] if index in path else levels[parent[index]]
        shares[index] = prose[index] if index in path else shares[parent[index]]
    return levels, shares


def _count_look_alikes(page: Page, parent: NDArray[np.int64], prose: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each container how many with prose have the tag and class names that it or a container above has."""
    signatures = [(c.tag, c.names) if len(c.names) > 2 or c.tag == "article" else None for c in page.containers]
    counts = Counter(sign for sign, words in zip(signatures, prose.tolist(), strict=True) if sign and words > 15)
    most = np.zeros(len(parent))
    for index, sign in enumerate(signatures):
        own = float(np.log1p(counts[sign])) if sign else 0.0
        most[index] = max(own, most[parent[index]]) if index else own
    return most


def _innermost_articles(page: Page) -> NDArray[np.int64]:
    """Return for each container the article element that it is in, -1 where it is in none."""
    found = np.full(len(page.containers), -1)
    for index, container in enumerate(page.containers):
        if container.tag == "article":
            found[index] = index
        elif container.parent >= 0:
            found[index] = found[container.parent]
    return found


def _describe_containers(containers: Sequence[Container], parent: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what the markup says of each container: tag, regions, hints of all and of the nearest above it."""
    tags = np.array([_TAG_INDEX.get(container.tag, -1) for container in containers])
    regions = np.array([container.regions for container in containers])
    hints = np.array([container.hints for container in containers])
    all_hints = np.array([container.all_hints for container in containers])
    above = np.maximum(parent, 0)
    near = hints | hints[above] | hints[above[above]]
    bits = np.arange(len(HINTS))
    return np.column_stack([
        tags[:, None] == np.arange(len(_TAGS)),
        regions[:, None] >> np.arange(len(REGION_BITS)) & 1,
        all_hints[:, None] >> bits & 1,
        near[:, None] >> bits & 1,
        [container.depth for container in containers],
        [container.is_hidden for container in containers],
        [container.is_article_body for container in containers],
    ])  # fmt: skip


def _find_main(parent: NDArray[np.int64], prose: NDArray[np.float64]) -> tuple[int, NDArray[np.int64]]:
    """Return the innermost container with most of the prose, and for each container the levels up to one it is in.

    The innermost is found from the root: on to the child with at least three quarters of what its parent has.
    """
    main = 0
    for index in range(1, len(parent)):
        if parent[index] == main and prose[index] >= 0.75 * prose[main] > 0:
            main = index
    on_path: dict[int, int] = {}
    above, distance = main, 0
    while above >= 0:
        on_path[above] = distance
        above, distance = int(parent[above]), distance + 1
    levels = np.zeros(len(parent), dtype=np.int64)
    for index in range(len(parent)):
        levels[index] = on_path[index] if index in on_path else levels[parent[index]]
    return main, levels


def _tag_prose(page: Page, prose: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for each block how much prose stands in blocks of its tag."""
    sums: dict[str, float] = {}
    tags = [page.containers[block.container].tag for block in page.blocks]
    for tag, words in zip(tags, prose.tolist(), strict=True):
        sums[tag] = sums.get(tag, 0) + words
    return np.array([sums[tag] for tag in tags])


def _position_in_container(owner: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the logarithm of the number of blocks before each in the same container."""
    seen: Counter[int] = Counter()
    positions: list[int] = []
    for index in owner.tolist():
        positions.append(seen[index])
        seen[index] += 1
    return np.log1p(positions)


def _overlap(words: Sequence[list[str]], stated: str | None) -> NDArray[np.float64]:
    """Return for each block the share of its words that the stated text has in the same order, -1 if none is stated."""
    if not stated:
        return np.full(len(words), -1.0)
    whole = f" {' '.join(plain_words(stated))} "
    return np.array([_share_of_runs(own, whole) for own in words])


def _share_of_runs(words: list[str], whole: str, run: int = 5) -> float:
    if f" {' '.join(words)} " in whole:
        return 1.0
    if len(words) <= run:
        return 0.0
    pieces = [words[start : start + run] for start in range(0, len(words), run)]
    return sum([len(piece) for piece in pieces if f" {' '.join(piece)} " in whole]) / len(words)
