"""Amounts agree within the rounding of how they are put, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolution.amounts import Amount, read_amount
from pipeline.tables import Comparator


def amount(text: str, value: float, comparator: Comparator = "eq", high: float | None = None) -> Amount:
    return read_amount(value, value if high is None else high, comparator, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (amount("$2.8 billion", 2.8e9), amount("$2.81bn", 2.81e9)),
        (amount("$450 million", 4.5e8), amount("$447 million", 4.47e8)),
        (amount("5%", 5.0), amount("5.44%", 5.44)),
        (amount("about 40%", 40.0, "about"), amount("39 percent", 39.0)),
        (amount("1,200 jobs", 1200.0), amount("1,165 jobs", 1165.0)),
        (amount("more than 160 million", 1.6e8, "more_than"), amount("163 million", 1.63e8)),
        (amount("nearly 5%", 5.0, "nearly"), amount("4.8%", 4.8)),
        (amount("40% to 50%", 40.0, "between", 50.0), amount("40 to 50 percent", 40.0, "between", 50.0)),
    ],
)
def test_the_same_amount_in_other_words(one: Amount, other: Amount) -> None:
    assert one.agrees(other)
    assert other.agrees(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (amount("$2.8 billion", 2.8e9), amount("$2.9 billion", 2.9e9)),
        (amount("$2.81bn", 2.81e9), amount("$2.84bn", 2.84e9)),
        (amount("$2.5bn", 2.5e9), amount("$3bn", 3e9)),
        (amount("three", 3.0), amount("four", 4.0)),
        (amount("more than $1 billion", 1e9, "more_than"), amount("$2.8 billion", 2.8e9)),
        (amount("40% to 50%", 40.0, "between", 50.0), amount("45%", 45.0)),
    ],
)
def test_another_amount(one: Amount, other: Amount) -> None:
    assert not one.agrees(other)


def test_an_open_range_leaves_room_for_what_lies_in_it() -> None:
    loose, precise = amount("more than $1 billion", 1e9, "more_than"), amount("$2.8 billion", 2.8e9)
    assert loose.leaves_room_for(precise)
    assert precise.is_within_range_of(loose)
    assert not loose.is_within_range_of(precise)
    assert not amount("at least $3.5 billion", 3.5e9, "at_least").leaves_room_for(precise)


@given(st.floats(min_value=10.0, max_value=999.0), st.integers(min_value=0, max_value=3))
def test_a_value_agrees_with_its_own_rounding(value: float, decimals: int) -> None:
    rounded = round(value, decimals)
    exact = amount(f"{value:.6f}", float(f"{value:.6f}"))
    assert exact.agrees(amount(f"{rounded:.{decimals}f}", rounded))


@given(st.floats(min_value=0, max_value=1e15), st.text(max_size=12))
def test_every_amount_agrees_with_itself(value: float, text: str) -> None:
    assert amount(text, value).agrees(amount(text, value))
