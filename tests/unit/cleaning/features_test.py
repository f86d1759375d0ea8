"""What the models see of segments is what a plain count gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.features import WORDING_FEATURES, Words, describe_wording
from pipeline.cleaning.features.containers import find_main, find_shared, sum_within
from pipeline.cleaning.features.matrix import average_windows, look_around
from pipeline.cleaning.features.words import split_words
from pipeline.cleaning.page import Nesting, parse_tree, read_blocks

LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
    .flatmap(lambda word: st.sampled_from([word, f"{word} {word} the", f"“The {word}, Inc.” {word}"])),
    min_size=1,
    max_size=12,
)  # fmt: skip


def describe(texts: list[str], title: str | None = None) -> dict[str, list[float]]:
    described = describe_wording(texts, Words(texts), [None] * len(texts), title)
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
    words = Words(texts)
    assert words.counts.tolist() == [len(split_words(text)) for text in texts]
    topic = {(line, word) for line, text in enumerate(texts) for word in split_words(text) if len(word) >= len("rates")}
    names = list(words.vocabulary)
    found = words.find_topic()
    segments: list[int] = found.segments.tolist()
    numbers: list[int] = found.words.tolist()
    assert sorted(zip(segments, [names[number] for number in numbers], strict=True)) == sorted(topic)


@given(st.lists(st.floats(-8, 8, width=32), min_size=1, max_size=20))
def test_neighbours_and_windows_are_those_of_the_rows(values: list[float]) -> None:
    column = np.array(values, dtype=np.float32)[:, None]
    count = len(values)
    around = [[values[i + o] if 0 <= i + o < count else -1 for o in (-2, 1)] for i in range(count)]
    assert look_around(column, (-2, 1)).tolist() == around
    means = [[np.mean(values[max(i - w, 0) : i + w + 1]) for w in (1, 3)] for i in range(count)]
    np.testing.assert_allclose(average_windows(column, (1, 3)), means, atol=1e-5)


def test_sums_and_ways_over_containers() -> None:
    # 0 holds 1 and 4; 1 holds 2 and 3
    nesting = Nesting(parents=np.array([-1, 0, 1, 1, 0]), ends=np.array([5, 4, 3, 4, 5]))
    owners = np.array([2, 3, 3, 4])
    sums = sum_within(np.array([[1.0], [2.0], [4.0], [8.0]]), owners, nesting)[:, 0]
    assert sums.tolist() == [15, 7, 1, 6, 8]
    assert find_main(np.array([15.0, 12, 1, 11, 3]), nesting, 0.75) == 3
    shared, levels = find_shared(3, nesting)
    assert shared.tolist() == [0, 1, 1, 3, 0]
    assert levels.tolist() == [2, 1, 1, 0, 2]


def test_a_page_knows_where_each_container_ends() -> None:
    page = read_blocks(parse_tree("<div><section><p>One<p>Two</section><aside><p>Three</aside></div><p>Four"))

    def holds(outer: int, inner: int) -> bool:
        return inner == outer or (inner > outer and holds(outer, page.containers[inner].parent))

    everything = range(len(page.containers))
    for index, container in enumerate(page.containers):
        assert [other for other in everything if holds(index, other)] == list(range(index, container.end))
    ends: list[int] = page.nesting.ends.tolist()
    assert ends == [container.end for container in page.containers]
