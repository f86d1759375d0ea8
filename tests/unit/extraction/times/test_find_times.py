"""What the words for times mean against a Tuesday, 19 November 2019, and without a publication date."""

from datetime import date

import pytest

from pipeline.extraction.model import TimeExpression
from pipeline.extraction.times import find_times

TUESDAY = date(2019, 11, 19)


def find_one(text: str, published_on: date | None = TUESDAY) -> TimeExpression:
    found = find_times(text, published_on)
    assert len(found) == 1, found
    return found[0]


def ends(found: TimeExpression) -> tuple[str | None, str | None]:
    return (found.start and found.start.isoformat(), found.end and found.end.isoformat())


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("It met on Nov. 13, 2018.", "2018-11-13", "2018-11-13", "day"),
        ("It met on 13 November 2018.", "2018-11-13", "2018-11-13", "day"),
        ("It met on the 13th of November 2018.", "2018-11-13", "2018-11-13", "day"),
        ("It met on 2018-11-13.", "2018-11-13", "2018-11-13", "day"),
        ("It met on 11/13/2018.", "2018-11-13", "2018-11-13", "day"),
        ("It met on Tuesday, Nov. 13, 2018.", "2018-11-13", "2018-11-13", "day"),
        ("It met on Nov. 13-15.", "2019-11-13", "2019-11-15", "day"),
        ("It met in November 2018.", "2018-11-01", "2018-11-30", "month"),
        ("It met in 2018.", "2018-01-01", "2018-12-31", "year"),
        ("It met in mid-2018.", "2018-01-01", "2018-12-31", "year"),
        ("It met in the 1990s.", "1990-01-01", "1999-12-31", "year"),
        ("profit in Q3 2018", "2018-07-01", "2018-09-30", "quarter"),
        ("in the third quarter of 2018", "2018-07-01", "2018-09-30", "quarter"),
        ("in the last quarter of 2018", "2018-10-01", "2018-12-31", "quarter"),
        ("in the first half of last year", "2018-01-01", "2018-06-30", "quarter"),
        ("in the first nine months of 2018", "2018-01-01", "2018-09-30", "quarter"),
        ("third-quarter profit", "2019-07-01", "2019-09-30", "quarter"),
        ("in the summer of 2018", "2018-06-01", "2018-08-31", "quarter"),
        ("from 2015 to 2018", "2015-01-01", "2018-12-31", "year"),
        ("in 2015-2018", "2015-01-01", "2018-12-31", "year"),
        ("between January and March 2018", "2018-01-01", "2018-03-31", "month"),
        ("from Jan. 1, 2018 to March 31", "2018-01-01", "2018-03-31", "day"),
        ("It met on the second of October 2018.", "2018-10-02", "2018-10-02", "day"),
        ("It met on Oct. 5 to 7, 2018.", "2018-10-05", "2018-10-07", "day"),
        ("Oct.-Dec. 2018 sales", "2018-10-01", "2018-12-31", "month"),
        ("sales in 3Q18", "2018-07-01", "2018-09-30", "quarter"),
        ("sales in Q3'18", "2018-07-01", "2018-09-30", "quarter"),
    ],
)
def test_calendar_names(text: str, start: str, end: str, precision: str) -> None:
    one = find_one(text)
    assert (*ends(one), one.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("said on Tuesday", "2019-11-19", "2019-11-19"),
        ("said on Wednesday", "2019-11-13", "2019-11-13"),
        ("will meet on Wednesday", "2019-11-20", "2019-11-20"),
        ("fell late on Monday", "2019-11-18", "2019-11-18"),
        ("said yesterday", "2019-11-18", "2019-11-18"),
        ("said the day before yesterday", "2019-11-17", "2019-11-17"),
        ("fell last week", "2019-11-11", "2019-11-17"),
        ("said earlier this week", "2019-11-18", "2019-11-19"),
        ("announced over the weekend", "2019-11-16", "2019-11-17"),
        ("fell last month", "2019-10-01", "2019-10-31"),
        ("meets next month", "2019-12-01", "2019-12-31"),
        ("launched earlier this year", "2019-01-01", "2019-11-19"),
        ("up 40% year to date", "2019-01-01", "2019-11-19"),
        ("in November so far", "2019-11-01", "2019-11-19"),
        ("late last year", "2018-01-01", "2018-12-31"),
        ("due next year", "2020-01-01", "2020-12-31"),
        ("A year ago, it said so.", "2018-11-01", "2018-11-30"),
        ("four years ago", "2015-01-01", "2015-12-31"),
        ("two weeks ago", "2019-11-04", "2019-11-10"),
        ("in the past two years", "2017-11-19", "2019-11-19"),
        ("over the next three years", "2019-11-19", "2022-11-19"),
        ("over the past decade", "2009-11-19", "2019-11-19"),
        ("within five days", "2019-11-19", "2019-11-24"),
        ("the week of Nov. 20", "2019-11-18", "2019-11-24"),
        ("Friday the 15th", "2019-11-15", "2019-11-15"),
        ("will open in 20 days", "2019-12-09", "2019-12-09"),
        ("will open on Tuesday of next week", "2019-11-26", "2019-11-26"),
        ("will open on the second Monday of next month", "2019-12-09", "2019-12-09"),
        ("opened on the last Friday in November 2018", "2018-11-30", "2018-11-30"),
    ],
)
def test_relative_times_count_from_publication(text: str, start: str, end: str) -> None:
    assert ends(find_one(text)) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("since 2018", "2018-01-01", None),
        ("since March", "2019-03-01", None),
        ("by November 2024", None, "2024-11-30"),
        ("by 2021", None, "2021-12-31"),
        ("by the end of 2025", None, "2025-12-31"),
        ("until Monday", None, "2019-11-25"),
        ("had until Nov. 1 to answer", None, "2019-11-01"),
        ("before 2018", None, "2017-12-31"),
        ("before the end of the year", None, "2019-12-31"),
        ("after May 1, 2018", "2018-05-02", None),
        ("from October onward", "2019-10-01", None),
    ],
)
def test_prepositions_open_an_end_and_belong_to_the_span(text: str, start: str | None, end: str | None) -> None:
    one = find_one(text)
    assert ends(one) == (start, end)
    assert text[one.span.start : one.span.end].split(maxsplit=1)[0] in text.split()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the three months to September", "2019-07-01", "2019-09-30"),
        ("the three-month period ending in December", "2018-10-01", "2018-12-31"),
        ("the quarter ended Sept. 30", "2019-07-01", "2019-09-30"),
        ("the year to March 2019", "2018-04-01", "2019-03-31"),
        ("nine months through September 2018", "2018-01-01", "2018-09-30"),
    ],
)
def test_reporting_periods_are_named_by_their_end(text: str, start: str, end: str) -> None:
    assert ends(find_one(text)) == (start, end)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("It was fined in October.", 2019),
        ("It fell in December.", 2018),
        ("It is due in December.", 2019),
        ("It will close in March.", 2020),
        ("four rounds of outages in October", 2019),
        ("Nov. 25 is a holiday", 2019),
    ],
)
def test_a_month_without_year_is_the_latest_unless_words_look_ahead(text: str, year: int) -> None:
    found = find_one(text)
    assert found.start is not None
    assert found.start.year == year


def test_a_sentence_before_does_not_look_ahead_for_the_next() -> None:
    last = find_times('"It will be broader now." In July, it awarded three contracts.', TUESDAY)[-1]
    assert last.start == date(2019, 7, 1)


def test_a_year_earlier_is_counted_from_the_period_before_it() -> None:
    _, earlier = find_times("It averaged 5.7 percent in October, down from 6.2 percent a year earlier.", TUESDAY)
    assert ends(earlier) == ("2018-10-01", "2018-10-31")


@pytest.mark.parametrize(
    "text",
    [
        "last week",
        "on Tuesday",
        "in recent years",
        "a year earlier",
        "over the next three years",
        "in fiscal 2020",
        "in the third fiscal quarter",
    ],
)
def test_what_cannot_be_known_keeps_its_words_without_dates(text: str) -> None:
    one = find_one(text, None)
    assert (one.start, one.end, one.precision) == (None, None, "none")


def test_without_publication_date_the_text_itself_dates_its_months() -> None:
    text = "By November 2024 it had many users. On November 13 it was sued."
    assert ends(find_times(text, None)[1]) == ("2024-11-13", "2024-11-13")
    text = "It grew in the last quarter of 2023. The three-month period ending in December was its best."
    assert ends(find_times(text, None)[1]) == ("2023-10-01", "2023-12-31")


def test_months_that_the_text_dates_twice_stay_open() -> None:
    text = "It fell in November 2023 and in November 2024. It was sued on November 13."
    assert find_times(text, None)[-1].start is None


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said so",
        "they march on",
        "it may rise",
        "Black Friday deals",
        "The Sunday Times",
        "12,019 people",
        "the Vision 2030 plan",
        "more than 2000 people",
        "on Friday nights",
        "the best in five years",
    ],
)
def test_other_words_are_no_times(text: str) -> None:
    assert find_times(text, TUESDAY) == []
