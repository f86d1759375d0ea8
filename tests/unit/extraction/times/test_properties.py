"""What must hold of the times of any text, and that hostile texts take no longer than long ones."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.times import find_times
from pipeline.extraction.times.periods import Period, Unit, around, of_week, shift, shift_years

PIECES = [
    *("2019", "2018-19", "1990s", "1", "31", "30th", "12/31/2019", "Q3", "first", "third", "two", "a", "the", "'90s"),
    *("January", "Feb.", "May", "December", "Monday", "Fri,", "today", "yesterday", "now", "weekend", "summer"),
    *("last", "next", "this", "past", "earlier", "later", "early", "mid-", "end of", "so far", "ago", "since", "by"),
    *("until", "from", "to", "between", "and", "-", "before", "after", "within", "fiscal", "year", "quarter", "months"),
    *("weeks", "decade", "ended", "will", "said", ". ", "\n", ",", "of", "rest of", "year-to-date", "9999", "half"),
]
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
days = st.dates(date(1700, 1, 1), date(2100, 12, 31))


@given(texts, st.none() | st.dates())
def test_spans_are_ordered_disjoint_and_no_time_ends_before_it_starts(text: str, published_on: date | None) -> None:
    end = 0
    for one in find_times(text, published_on):
        assert end <= one.span.start < one.span.end <= len(text)
        assert one.start is None or one.end is None or one.start <= one.end
        assert (one.precision == "none") <= (one.start is None or one.end is None)
        end = one.span.end


@given(days, st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%A, %B %d, %Y", "%m/%d/%Y"]))
def test_a_formatted_date_reads_back(day: date, form: str) -> None:
    text = f"It met on {day.strftime(form)} in the city."
    (found,) = find_times(text, None)
    assert (found.start, found.end, found.precision) == (day, day, "day")


UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year", "decade")


@given(days, st.sampled_from(UNITS), st.integers(-20, 20))
def test_calendar_units_lie_where_they_are_counted(day: date, unit: Unit, offset: int) -> None:
    period = around(day, unit, offset)
    assert period.start is not None
    assert period.end is not None
    assert around(period.start, unit, 0) == around(period.end, unit, 0) == period
    here = around(day, unit, 0)
    assert here.start is not None
    assert here.end is not None
    assert here.start <= day <= here.end


@given(days, st.integers(-50, 50))
def test_weeks_run_from_monday_to_sunday(day: date, weeks: int) -> None:
    start, end, _ = of_week(day, weeks)
    assert start is not None
    assert end is not None
    assert (start.weekday(), end.weekday(), (end - start).days) == (0, 6, 6)
    assert 0 <= (day - start).days + 7 * weeks < 7


@given(days, st.integers(-200, 200))
def test_months_shift_to_the_same_day_or_the_last(day: date, count: int) -> None:
    moved = shift(day, count, "month")
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + count
    assert moved.day == day.day or (moved.day < day.day and shift(moved, 1, "day").day == 1)


def test_the_last_day_of_february_stays_the_last() -> None:
    february = Period(date(2019, 2, 1), date(2019, 2, 28), "month")
    assert shift_years(february, 1) == Period(date(2020, 2, 1), date(2020, 2, 29), "month")


@pytest.mark.parametrize(
    ("piece", "length"),
    [(one, 100_000) for one in ("1", "2019 ", "1,", " ")]
    + [
        (one, 20_000)
        for one in ("2019-", "May ", "last ", "the end of ", "from May to ", "a ", "since ", "between ", "'90s")
    ],
)
def test_hostile_texts_take_linear_time(piece: str, length: int) -> None:
    started = time.process_time()
    find_times(piece * (length // len(piece)), date(2019, 11, 19))
    assert time.process_time() - started < 10
