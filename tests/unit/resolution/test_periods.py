"""Which stated periods are the same, and how far apart two statements stand in time."""

from datetime import date

import pytest

from pipeline.resolution.periods import Period


def period(start: str | None, end: str | None, published_on: str | None = None) -> Period:
    days = [None if day is None else date.fromisoformat(day) for day in (start, end, published_on)]
    return Period(days[0], days[1], days[2])


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("2024-01-01", "2024-03-31"), ("2023-12-31", "2024-03-30"), True),
        (("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-06-30"), False),
        (("2024-05-06", "2024-05-12"), ("2024-05-05", "2024-05-11"), False),
        (("2024-05-05", "2024-05-12"), ("2024-05-06", "2024-05-13"), True),
        (("2024-05-06", "2024-05-06"), ("2024-05-06", "2024-05-06"), True),
        (("2024-05-06", "2024-05-06"), ("2024-05-07", "2024-05-07"), False),
        (("2024-05-06", None), ("2024-05-06", None), True),
        (("2024-05-06", None), (None, "2024-05-06"), False),
    ],
)
def test_periods_are_the_same_within_what_calendars_differ(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], *, is_same: bool
) -> None:
    assert period(*one).equals(period(*other)) == is_same
    assert period(*other).equals(period(*one)) == is_same


def test_an_undated_statement_stands_where_it_was_published() -> None:
    quarter = period("2024-01-01", "2024-03-31")
    assert period(None, None, "2024-04-10").distance_in_days(quarter) == 10
    assert period(None, None, "2024-02-10").distance_in_days(quarter) == 0
    assert period(None, None).distance_in_days(quarter) is None
