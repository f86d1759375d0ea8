"""What the models see of segments is what a plain count gives."""

import re
from collections.abc import Hashable, Set

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.features import WORDING_FEATURES, Rows, Stack, Words, describe_wording
from pipeline.cleaning.features.containers import find_mains, find_shared, sum_within
from pipeline.cleaning.features.words import number_words
from pipeline.cleaning.hints import HINTS
from pipeline.cleaning.page import HIDDEN, REGION_BITS, Page, parse_tree, read_blocks

LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
    .flatmap(lambda word: st.sampled_from([word, f"{word} {word} the", f"“The {word}, Inc.” {word}"])),
    min_size=1,
    max_size=12,
)  # fmt: skip


def describe(texts: list[str], title: str | None = None) -> dict[str, list[float]]:
    rows = Rows([len(texts)])
    described = describe_wording(texts, Words(texts, rows), [None] * len(texts), [title], rows)
    return dict(zip(WORDING_FEATURES, described.T.tolist(), strict=True))


def test_a_copy_knows_which_copies_stand_before_and_behind_it() -> None:
    seen = describe(["One.", "Two.", "One.", "One."])
    assert seen["stood_before"] == [0, 0, 1, 2]
    assert seen["stands_again"] == [2, 0, 1, 0]


def test_words_of_the_title_count_once() -> None:
    seen = describe(["Oil, oil falls!", "Rates rise.", "Nothing"], "Oil falls again, rates too")
    assert seen["title_overlap"] == pytest.approx([2 / 5, 1 / 5, 0])


@given(LINES)
def test_words_of_all_lines_are_those_of_each_line(texts: list[str]) -> None:
    words = Words(texts, Rows([len(texts)]))
    plain = [re.sub(r'[.,:;!?"()\[\]“”]', " ", text.lower()).split() for text in texts]
    assert words.counts.tolist() == list(map(len, plain))
    assert words.all.tolist() == number_words(" ".join(texts)).tolist()
    topic = {(line, word) for line, found in enumerate(plain) for word in found if len(word) >= len("rates")}
    found = words.find_topic()
    pairs = set(zip(found.segments.tolist(), found.words.tolist(), strict=True))
    assert len(pairs) == len(found.segments)
    assert find_lines(pairs) == find_lines(topic)


def find_lines(occurrences: Set[tuple[int, Hashable]]) -> list[list[int]]:
    """Return the lines of each word, words that stand in the same lines beside each other."""
    words = {word for _, word in occurrences}
    return sorted(sorted(line for line, word in occurrences if word == wanted) for wanted in words)


@given(st.lists(st.text(st.sampled_from("abé")).filter(str.strip), max_size=8))
def test_words_differ_by_their_letters_and_the_order_of_them(words: list[str]) -> None:
    numbers = [number_words(word).tolist() for word in words]
    assert [[number == other for other in numbers] for number in numbers] == [[w == o for o in words] for w in words]


DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d\d?:\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d"
)
PIECES = st.sampled_from(
    ["2019", "19", "7", "12:30", "1", "30", ":", " ", "May", "Sept.", "march ", "_", "x", "é", ", "]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=9).map("".join).filter(str.strip), min_size=1, max_size=5))
def test_years_times_and_days_behind_months_are_told(texts: list[str]) -> None:
    assert describe(texts)["date_like"] == [DATE.search(text.lower()) is not None for text in texts]


def test_dates_are_sought_near_the_beginning_of_a_text() -> None:
    assert describe(["x" * 195 + " 2019", "x" * 196 + " 2019", "x" * 195 + " May 5"])["date_like"] == [1, 0, 0]


TEXTS = st.lists(st.lists(st.floats(-8, 8, width=32), max_size=9), max_size=5)


@given(TEXTS)
def test_neighbours_and_windows_are_those_of_the_text(texts: list[list[float]]) -> None:
    rows = Rows([len(text) for text in texts])
    column = np.array([value for text in texts for value in text], dtype=np.float32)[:, None]
    around = [
        [text[i + o] if 0 <= i + o < len(text) else -1 for o in (-2, 1)] for text in texts for i in range(len(text))
    ]
    assert rows.look_around(column, (-2, 1)).tolist() == around
    means = [[np.mean(text[max(i - w, 0) : i + w + 1]) for w in (1, 3)] for text in texts for i in range(len(text))]
    np.testing.assert_allclose(rows.average_windows(column, (1, 3)), np.reshape(means, (-1, 2)), atol=1e-5)


@given(TEXTS, st.floats(-8, 8))
def test_flags_and_sums_are_those_of_the_text(texts: list[list[float]], bound: float) -> None:
    rows = Rows([len(text) for text in texts])
    flags = np.array([value > bound for text in texts for value in text], dtype=bool)
    since: list[int] = []
    until: list[int] = []
    runs: list[int] = []
    before: list[int] = []
    for text in texts:
        held = [value > bound for value in text]
        for i, flag in enumerate(held):
            since.append(next((n for n in range(i + 1) if held[i - n]), i + len(held)))
            until.append(next((n for n in range(len(held) - i) if held[i + n]), 2 * len(held) - 1 - i))
            start = next((n for n in range(i, -1, -1) if not held[n]), -1)
            runs.append((next((n for n in range(i, len(held)) if not held[n]), len(held)) - start - 1) * flag)
            before.append(sum(held[:i]))
    assert rows.since_last(flags).tolist() == since
    assert rows.until_next(flags).tolist() == until
    assert rows.run_lengths(flags).tolist() == runs
    assert rows.sum_before(flags.astype(np.float64)).tolist() == before
    assert rows.total(flags).tolist() == [sum(value > bound for value in text) for text in texts]


def read_page(source: str) -> Page:
    return read_blocks(parse_tree(source))


def test_sums_and_ways_over_containers() -> None:
    one = read_page("<body><div><h1>One</h1><p>Two</p></div><p>Three</p></body>")
    assert one.containers.tags == ["html", "body", "div", "h1", "p", "p"]
    stack = Stack([one, one])
    assert stack.depths.tolist() == [0, 1, 2, 3, 3, 2] * 2
    assert stack.roots == [0, 6]
    sums = sum_within(np.array([[1.0], [2.0], [8.0], [16.0], [4.0], [0.0]]), stack)[:, 0]
    assert sums.tolist() == [11, 11, 3, 1, 2, 8, 20, 20, 20, 16, 4, 0]
    assert find_mains(sums, stack, 0.7) == [5, 9]
    shared, levels = find_shared([4, 11], stack)
    assert shared.tolist() == [0, 1, 2, 2, 4, 1, 6, 7, 7, 7, 7, 11]
    assert levels.tolist() == [3, 2, 1, 1, 0, 2, 2, 1, 1, 1, 1, 0]


def test_a_page_knows_where_each_container_ends() -> None:
    page = read_page("<div><section><p>One<p>Two</section><aside><p>Three</aside></div><p>Four")
    parents = page.containers.parents

    def holds(outer: int, inner: int) -> bool:
        return inner == outer or (inner > outer and holds(outer, parents[inner]))

    everything = range(len(parents))
    for index, end in enumerate(page.containers.ends):
        assert [other for other in everything if holds(index, other)] == list(range(index, end))
    assert Stack([page]).ends.tolist() == page.containers.ends


def test_a_container_has_the_marks_and_hints_of_all_above_it() -> None:
    inner = "<div class=story>" + "<section hidden>" * 9 + "<p>Rates rise.</p>" + "</section>" * 9 + "</div>"
    stack = Stack([read_page("<p class=byline>First"), read_page(f"<article class=comments>{inner}<p>After</article>")])
    first, deep, after = stack.owners.tolist()
    article, comment, byline = (1 << HINTS.index(hint) for hint in ("article", "comment", "byline"))
    assert (stack.all_hints[first], stack.all_hints[after]) == (byline, comment)
    assert (stack.hints[deep], stack.all_hints[deep]) == (0, article | comment)
    within = REGION_BITS["article"] | REGION_BITS["section"] | HIDDEN
    assert stack.marks[[first, deep, after]].tolist() == [0, within, REGION_BITS["article"]]
