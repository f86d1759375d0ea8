"""Amounts agree within the rounding of how they are put, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolution.amounts import read_amount


def amount(text, value, comparator="eq", high=None):
    return read_amount(value, value if high is None else high, comparator, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("$2.8 billion", 2.8e9), ("$2.81bn", 2.81e9)),
        (("$450 million", 4.5e8), ("$447 million", 4.47e8)),
        (("5%", 5.0), ("5.44%", 5.44)),
        (("about 40%", 40.0, "about"), ("39 percent", 39.0)),
        (("1,200 jobs", 1200.0), ("1,165 jobs", 1165.0)),
        (("more than 160 million", 1.6e8, "more_than"), ("163 million", 1.63e8)),
        (("nearly 5%", 5.0, "nearly"), ("4.8%", 4.8)),
        (("40% to 50%", 40.0, "between", 50.0), ("40 to 50 percent", 40.0, "between", 50.0)),
    ],
)
def test_the_same_amount_in_other_words(one, other):
    assert amount(*one).agrees(amount(*other))
    assert amount(*other).agrees(amount(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("$2.8 billion", 2.8e9), ("$2.9 billion", 2.9e9)),
        (("$2.81bn", 2.81e9), ("$2.84bn", 2.84e9)),
        (("$2.5bn", 2.5e9), ("$3bn", 3e9)),
        (("three", 3.0), ("four", 4.0)),
        (("more than $1 billion", 1e9, "more_than"), ("$2.8 billion", 2.8e9)),
        (("40% to 50%", 40.0, "between", 50.0), ("45%", 45.0)),
    ],
)
def test_another_amount(one, other):
    assert not amount(*one).agrees(amount(*other))


def test_an_open_range_leaves_room_for_what_lies_in_it():
    loose, precise = amount("more than $1 billion", 1e9, "more_than"), amount("$2.8 billion", 2.8e9)
    assert loose.leaves_room_for(precise)
    assert precise.is_within_range_of(loose)
    assert not loose.is_within_range_of(precise)
    assert not amount("at least $3.5 billion", 3.5e9, "at_least").leaves_room_for(precise)


@given(st.floats(min_value=10.0, max_value=999.0), st.integers(min_value=0, max_value=3))
def test_a_value_agrees_with_its_own_rounding(value, decimals):
    rounded = round(value, decimals)
    exact = amount(f"{value:.6f}", float(f"{value:.6f}"))
    assert exact.agrees(amount(f"{rounded:.{decimals}f}", rounded))


@given(st.floats(min_value=0, max_value=1e15), st.text(max_size=12))
def test_every_amount_agrees_with_itself(value, text):
    assert amount(text, value).agrees(amount(text, value))
