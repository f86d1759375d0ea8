"""Listed names are found where they stand, the longest first, and the lists survive being written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.name_lists import KINDS, WORD_KINDS, NameLists

WORDS = st.text(alphabet="abcdé", min_size=1, max_size=3)
ENTRIES = st.lists(
    st.tuples(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), st.sampled_from(KINDS)), max_size=12
)


def bit(kind: str) -> int:
    return 1 << KINDS.index(kind)


def test_the_longest_listed_name_is_found() -> None:
    lists = NameLists.collect([("Bank", "organization"), ("Bank of China", "organization"), ("China", "place")])
    words = ["bank", "of", "china", "and", "china"]

    found = list(lists.find(words, [True, False, True, False, True]))

    assert found == [(0, 3, bit("organization")), (4, 5, bit("place"))]


def test_a_name_starts_only_where_it_may() -> None:
    lists = NameLists.collect([("Apple", "organization")])

    assert list(lists.find(["apple"], [False])) == []


def test_one_name_may_be_of_several_kinds() -> None:
    lists = NameLists.collect([("Jordan", "place"), ("jordan", "person")])

    assert list(lists.find(["jordan"], [True])) == [(0, 1, bit("place") | bit("person"))]


def test_kinds_of_words_are_told_apart_from_names() -> None:
    lists = NameLists.collect([("Rose", "first_name"), ("rose", "common_word")])

    assert lists.word_kinds("rose") == 1 << WORD_KINDS.index("first_name") | 1 << WORD_KINDS.index("common_word")
    assert list(lists.find(["rose"], [True])) == []


@settings(deadline=None)
@given(ENTRIES, st.lists(st.tuples(WORDS, st.booleans()), max_size=12))
def test_finds_are_listed_disjoint_and_in_order(entries: list[tuple[str, str]], text: list[tuple[str, bool]]) -> None:
    words, may_start = [word for word, _ in text], [start for _, start in text]
    listed = {(name, bit(kind)) for name, kind in entries}
    at = 0
    for start, end, kinds in NameLists.collect(entries).find(words, may_start):
        assert at <= start < end <= len(words)
        assert may_start[start]
        name = " ".join(words[start:end])
        assert {(name, 1 << n) for n in range(len(KINDS)) if kinds >> n & 1} <= listed
        at = end


@settings(deadline=None)
@given(ENTRIES, st.lists(WORDS, max_size=12))
def test_written_lists_find_the_same(entries: list[tuple[str, str]], words: list[str]) -> None:
    lists = NameLists.collect(entries)
    again = NameLists.from_bytes(lists.to_bytes())

    assert list(again.find(words, [True] * len(words))) == list(lists.find(words, [True] * len(words)))
    assert again.to_bytes() == lists.to_bytes()


def test_damaged_lists_are_refused() -> None:
    with pytest.raises((OSError, ValueError)):
        NameLists.from_bytes(b"not gzip")
