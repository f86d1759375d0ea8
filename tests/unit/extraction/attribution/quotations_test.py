"""What must be true of quotation marks: which words they enclose, and that no arrangement of them does harm."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.attribution.quotations import find_quotations

MARKS = "\"'“”‘’`„«»"


def contents(text: str) -> list[str]:
    return [text[found.content.start : found.content.end] for found in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We agree,” she said.", ["We agree"]),
        ('"We agree," she said. "It works."', ["We agree", "It works."]),
        ("''We agree,'' she said.", ["We agree"]),
        ('“We agree," she said.', ["We agree"]),
        ("“We agree,“ she said, and left.", ["We agree"]),
        ("“We agree. We always did. Why not?” she said.", ["We agree. We always did. Why not?"]),
        ("Prices are “ too high ”.", ["too high"]),
        ("‘We’re sure,’ he said.", ["We’re sure"]),
        ("‘The users’ data is safe,’ he said.", ["The users’ data is safe"]),
        ("She said: “He told me ‘never’ and left.”", ["He told me ‘never’ and left.", "never"]),
        ("‘He called it “great” twice,’ she said.", ["He called it “great” twice", "great"]),
        ("He denied 'sensational' claims.", ["sensational"]),
        ('The maker of 65" sets called them "huge".', ["huge"]),
    ],
)
def test_marks_enclose_the_quoted_words(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The users' data and the firm's plan weren't his.",
        "In the ’90s they shipped rock 'n' roll to the workers’ clubs.",
        "He is 6' 2 and drives a '98 model.",
        'An empty “” pair and an empty "" pair.',
        "A mark ” that closes nothing.",
        "A stray “ in the middle of a line",
    ],
)
def test_apostrophes_and_stray_marks_quote_nothing(text: str) -> None:
    assert contents(text) == []


def test_a_quotation_goes_on_in_the_next_paragraph_where_it_reopens() -> None:
    text = "“The first part.\n“The second part,” she said."
    first, second = find_quotations(text)
    assert contents(text) == ["The first part.", "The second part"]
    assert (first.continues, second.continues) == (None, 0)


def test_a_quotation_goes_on_where_the_next_paragraph_only_closes_it() -> None:
    text = "“The first part.\nThe second part,” she said."
    assert contents(text) == ["The first part.", "The second part"]
    assert find_quotations(text)[1].continues == 0


def test_an_unclosed_mark_after_a_colon_quotes_the_rest_of_its_paragraph() -> None:
    assert contents('He said: "It works.\nSales rose.') == ["It works."]


def test_a_quotation_inside_another_names_its_parent() -> None:
    outer, inner = find_quotations("“She said ‘no’ to me,” he said.")
    assert (outer.parent, inner.parent) == (None, 0)


@given(st.text(alphabet=MARKS + "ab s.,\n", max_size=60))
def test_any_arrangement_of_marks_gives_sound_spans(text: str) -> None:
    found = find_quotations(text)
    assert [one.outer for one in found] == sorted(
        (one.outer for one in found), key=lambda span: (span.start, -span.end)
    )
    for index, one in enumerate(found):
        assert one.content.start < one.content.end
        assert one.content.within(one.outer)
        assert one.outer.start >= 0
        assert one.outer.end <= len(text)
        assert "\n" not in text[one.outer.start : one.outer.end]
        if one.parent is not None:
            assert one.parent < index
            assert one.outer.within(found[one.parent].outer)
        if one.continues is not None:
            assert found[one.continues].outer.end <= one.outer.start


@pytest.mark.parametrize("unit", ['"', "“", "”", "'", "“‘a ", '\n"', ' "a', "a' ", "‘a“b "])
def test_a_hundred_thousand_marks_take_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        began = time.process_time()
        find_quotations(text)
        return time.process_time() - began

    few, many = (min(seconds(count) for _ in range(3)) for count in (12_500, 100_000))
    assert many < 32 * max(few, 0.02)  # linear is 8, quadratic 64 times as much
