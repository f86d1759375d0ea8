"""What must hold of the quantities of any text, and that hostile texts take no longer than long ones."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.quantities import find_quantities

PIECES = [
    *"$€£%()-–/.,:+~#'\" \n",
    *("1", "20", "3.5", "1,234", "2019", "½", "one", "two", "hundred", "million", "bn", "m", "half", "third", "a"),
    *("and", "to", "or", "between", "from", "more than", "over", "about", "up to", "percent", "percentage points"),
    *("dollars", "yuan", "US", "RMB", "Rs", "cents", "years", "month", "users", "first", "second", "No.", "times"),
]
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


@given(texts)
def test_spans_are_ordered_disjoint_and_within_the_text(text: str) -> None:
    end = 0
    for one in find_quantities(text):
        assert end <= one.span.start < one.span.end <= len(text)
        assert not text[one.span.start].isspace()
        assert not text[one.span.end - 1].isspace()
        end = one.span.end


@given(texts)
def test_values_are_whole(text: str) -> None:
    for one in find_quantities(text):
        assert one.low <= one.high
        assert (one.low < one.high) == (one.comparator == "between")
        assert (one.kind == "money") == (one.currency is not None)
        assert (one.value_usd is None) == (one.usd_basis is None)


@given(
    value=st.integers(1, 999_999_999),
    cents=st.integers(0, 99),
    sign=st.sampled_from([("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("HK$", "HKD"), ("RMB ", "CNY"), ("USD ", "USD")]),
)
def test_a_formatted_amount_reads_back(value: int, cents: int, sign: tuple[str, str]) -> None:
    amount = f"{sign[0]}{value:,}.{cents:02}"
    (one,) = find_quantities(f"They paid {amount} for it.")
    assert (one.low, one.currency) == (float(f"{value}.{cents:02}"), sign[1])
    assert one.span == (10, 10 + len(amount))


@given(
    mantissa=st.integers(1, 9999), scale=st.sampled_from([("million", 6), ("bn", 9), ("trillion", 12), ("crore", 7)])
)
def test_a_scaled_amount_reads_back(mantissa: int, scale: tuple[str, int]) -> None:
    (one,) = find_quantities(f"They paid {mantissa / 10} {scale[0]} euros for it.")
    assert one.low == pytest.approx(mantissa * 10 ** (scale[1] - 1), rel=1e-12)


@given(st.integers(2, 999_999))
def test_numbers_in_words_read_back(value: int) -> None:
    (one,) = find_quantities(f"They counted {in_words(value)} people there.")
    assert (one.low, one.unit) == (value, "person")


def in_words(value: int) -> str:
    small = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    units = [*small.split(), "seventeen", "eighteen", "nineteen"]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if value < 20:
        return units[value - 1]
    if value < 100:
        return tens[value // 10 - 2] + (f"-{units[value % 10 - 1]}" if value % 10 else "")
    size, name = (100, "hundred") if value < 1000 else (1000, "thousand")
    rest = value % size
    joint = " and " if size == 100 else " "
    return f"{in_words(value // size)} {name}" + (joint + in_words(rest) if rest else "")


REPEATED = ["1-", "1/2 ", "$", "$1", "one ", "hundred ", "and ", "a ", "half ", "more than ", "between 1 and ", "1 to "]
LONG = ["1", "1,", "1,23,", " ", "\n"]


@pytest.mark.parametrize(("piece", "length"), [(one, 20_000) for one in REPEATED] + [(one, 100_000) for one in LONG])
def test_hostile_texts_take_linear_time(piece: str, length: int) -> None:
    started = time.process_time()
    find_quantities(piece * (length // len(piece)))
    assert time.process_time() - started < 10
