"""Names of elements hint at what is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.hints import HINTS, read_hints


def hints(names: str) -> set[str]:
    _, bits, _ = read_hints(["story", names, "byline"]).tolist()
    return {hint for index, hint in enumerate(HINTS) if bits >> index & 1}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("entry-content", {"article", "body"}),
        ("entryContent", {"article", "body"}),
        ("post__title", {"article", "headline"}),
        ("sidebar newsletter-box", {"sidebar", "newsletter"}),
        ("ad", {"advertisement"}),
        ("banner_ads", {"advertisement"}),
        ("tag-list", {"tags", "related"}),
        ("css-1q2w3e", set[str]()),
        ("", set[str]()),
    ],
)
def test_parts_of_names_hint(names: str, expected: set[str]) -> None:
    assert hints(names) == expected


@pytest.mark.parametrize("names", ["articles", "story-list", "posts", "post-meta", "postDate"])
def test_longer_parts_take_a_hint_back(names: str) -> None:
    assert "article" not in hints(names)


@pytest.mark.parametrize("names", ["reader", "shadow", "download-adapter"])
def test_a_hint_that_is_a_whole_part_is_not_given_within_a_word(names: str) -> None:
    assert hints(names).isdisjoint({"advertisement"})


@given(st.lists(st.text(st.sampled_from("adAD-_ \n\0é") | st.characters(exclude_categories=["Cs"]), max_size=100)))
def test_the_names_of_one_element_give_no_hint_for_another(names: list[str]) -> None:
    assert read_hints(names).tolist() == [hint for each in names for hint in read_hints([each]).tolist()]
