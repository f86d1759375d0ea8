"""What the notations of news mean as quantities: kind, value, comparator, currency, unit, and the words covered."""

import pytest

from pipeline.extraction.model import Quantity
from pipeline.extraction.quantities import find_quantities


def find_one(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def test_what_stands_in_brackets_is_not_counted_before_them() -> None:
    assert [one.unit for one in find_quantities("It can go 39 miles (63 kilometers) on battery power.")] == [
        "mile",
        "kilometer",
    ]


def test_a_step_and_a_level_are_no_range() -> None:
    assert [(one.kind, one.low, one.high) for one in find_quantities("Sales rose 66% to 506,804 vehicles.")] == [
        ("percent", 66, 66),
        ("count", 506_804, 506_804),
    ]
    assert find_one("It plans to raise 175 million to 180 million Canadian dollars.").low == 175e6
    assert find_one("Sales rose 5% to 10%.").high == 10


def covered(text: str) -> list[str]:
    return [text[one.span.start : one.span.end] for one in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("It raised US$1.5bn.", 1.5e9, "USD"),
        ("It raised U.S. $1.5bn.", 1.5e9, "USD"),
        ("a $431M campaign", 431e6, "USD"),
        ("spent $5-billion on it", 5e9, "USD"),
        ("priced at $12.34 on Friday", 12.34, "USD"),
        ("RMB 280 billion in sales", 280e9, "CNY"),
        ("sales of Rmb280bn", 280e9, "CNY"),
        ("a plan worth Ksh.6.4 trillion", 6.4e12, "KES"),
        ("1.2m euros were paid", 1.2e6, "EUR"),
        ("€3.4bn were paid", 3.4e9, "EUR"),
        ("£20m were paid", 20e6, "GBP"),
        ("20 million pounds were paid", 20e6, "GBP"),
        ("half a billion dollars", 5e8, "USD"),
        ("a quarter of a million dollars", 250_000, "USD"),
        ("two and a half billion dollars", 2.5e9, "USD"),
        ("fifty thousand Swiss francs", 50_000, "CHF"),
        ("up 50 cents on the day", 0.5, "USD"),
        ("shares at 470 pence", 4.7, "GBP"),
        ("A$4 billion of iron ore", 4e9, "AUD"),
        ("S$3m of it", 3e6, "SGD"),
        ("HK$5.1bn of it", 5.1e9, "HKD"),
        ("NT$6 billion of it", 6e9, "TWD"),
        ("Rs 500 crore of it", 5e9, "INR"),
        ("5 lakh rupees of it", 500_000, "INR"),
        ("₦2.5trn of it", 2.5e12, "NGN"),
        ("3.2 trillion South Korean won", 3.2e12, "KRW"),
        ("30 MUSD were lost", 30e6, "USD"),
        ("EUR3.4bn were paid", 3.4e9, "EUR"),
        ("thirteen dollars forty-five cents", 13.45, "USD"),
        ("two point five billion dollars", 2.5e9, "USD"),
        ("a thousand and fifty euros", 1050, "EUR"),
    ],
)
def test_money_is_read_in_every_notation(text: str, value: float, currency: str) -> None:
    one = find_one(text)
    assert (one.kind, one.low, one.high, one.currency) == ("money", value, value, currency)


@pytest.mark.parametrize(
    "text", ["Group 7 lost 20 pounds in May.", "the model R6700 router", "ALL 5 answers", "10-K filings"]
)
def test_words_that_look_like_currencies_are_no_money(text: str) -> None:
    assert [one for one in find_quantities(text) if one.kind == "money"] == []


def test_two_currencies_are_one_quantity_with_its_stated_conversion() -> None:
    text = "Revenue reached 280 billion yuan (about $39 billion), a record."
    one = find_one(text)
    assert text[one.span.start : one.span.end] == "280 billion yuan (about $39 billion)"
    assert (one.low, one.currency, one.value_usd, one.usd_basis) == (280e9, "CNY", 39e9, "stated")


def test_a_conversion_may_follow_or() -> None:
    one = find_one("It paid €2 billion, or $2.2 billion, in cash.")
    assert (one.low, one.currency, one.value_usd, one.usd_basis) == (2e9, "EUR", 2.2e9, "stated")


def test_the_same_currency_in_brackets_is_another_amount() -> None:
    assert [one.low for one in find_quantities("profit of $4 million ($3 million a year earlier)")] == [4e6, 3e6]


def test_value_in_dollars_is_never_converted() -> None:
    assert find_one("sales of €3bn").value_usd is None
    dollars = find_one("between $3 and $5 million")
    assert (dollars.value_usd, dollars.usd_basis) == (3e6, "same_currency")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("rose 3.5 percent", 3.5, None),
        ("rose 3.5 per cent", 3.5, None),
        ("rose 14%", 14, None),
        ("fell two percentage points", 2, "percentage point"),
        ("a cut of 25 basis points", 0.25, "percentage point"),
        ("cut its rate by a quarter-point", 0.25, "percentage point"),
        ("two-thirds of users", 66.67, None),
        ("a third of users", 33.33, None),
        ("half of its users", 50, None),
        ("fell by a quarter", 25, None),
        ("one-half of one percent", 0.5, None),
    ],
)
def test_shares_are_percent_in_points(text: str, value: float, unit: str | None) -> None:
    one = find_one(text)
    assert (one.kind, one.low, one.unit) == ("percent", value, unit)


@pytest.mark.parametrize("text", ["in the first half", "the second half of the game", "a third company joined"])
def test_periods_and_ordinals_are_no_shares(text: str) -> None:
    assert [one for one in find_quantities(text) if one.kind == "percent"] == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "words"),
    [
        ("more than 190 products", 190, "product", "more than 190"),
        ("nearly 20 AI applications", 20, "application", "nearly 20"),
        ("160 million cumulative users", 160e6, "user", "160 million"),
        ("at least six China-based startups", 6, "startup", "at least six"),
        ("50 Airbus A350-900 jets", 50, "jet", "50"),
        ("roughly 400 737 Max jets", 400, "jet", "roughly 400"),
        ("140 million monthly active “businesses”", 140e6, "business", "140 million"),
        ("three hundred and sixty-five people", 365, "person", "three hundred and sixty-five"),
        ("a dozen companies", 12, "company", "a dozen"),
        ("a 500-seat theatre", 500, "seat", "500"),
        ("29km of road", 29, "kilometre", "29km"),
        ("only one title", 1, "title", "one"),
    ],
)
def test_counts_have_the_singular_of_what_they_count(text: str, value: float, unit: str, words: str) -> None:
    one = find_one(text)
    assert (one.kind, one.low, one.unit) == ("count", value, unit)
    assert text[one.span.start : one.span.end] == words


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("the second-best app", "rank", 2, None),
        ("the world's third-largest maker", "rank", 3, None),
        ("ranked No. 2 there", "rank", 2, None),
        ("the number one buyer", "rank", 1, None),
        ("a seventh straight session", "count", 7, "session"),
        ("the fourth consecutive month", "duration", 4, "month"),
        ("a two-for-one split", "ratio", 2, None),
        ("odds of 3:1 there", "ratio", 3, None),
        ("10 times the rate", "ratio", 10, None),
        ("a tenfold gain", "ratio", 10, None),
        ("one in five Americans", "ratio", 0.2, None),
        ("a three-month low", "duration", 3, "month"),
        ("a 1-1/2 year war", "duration", 1.5, "year"),
        ("over a decade", "duration", 1, "decade"),
        ("half an hour", "duration", 0.5, "hour"),
        ("the two hundred and twenty-fifth", "rank", 225, None),
        ("a flight of one hour and 30 minutes", "duration", 90, "minute"),
        ("a term of a year and six months", "duration", 18, "month"),
    ],
)
def test_ranks_ratios_and_durations(text: str, kind: str, value: float, unit: str | None) -> None:
    one = find_one(text)
    assert (one.kind, one.low, one.unit) == (kind, value, unit)


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("at least $5m", "at_least"),
        ("no fewer than 5", "at_least"),
        ("$5m or more", "at_least"),
        ("500+", "at_least"),
        ("more than 5%", "more_than"),
        ("just over 5%", "more_than"),
        ("exceeding 500", "more_than"),
        ("no more than $5m", "at_most"),
        ("$5m or less", "at_most"),
        ("fewer than 500", "less_than"),
        ("below 5%", "less_than"),
        ("about $5m", "about"),
        ("some 500", "about"),
        ("an estimated 5%", "about"),
        ("~500", "about"),
        ("almost $5m", "nearly"),
        ("just under 5%", "nearly"),
        ("close to 500", "nearly"),
        ("up to $5m", "up_to"),
        ("as many as 500", "up_to"),
        ("$5m", "eq"),
    ],
)
def test_comparators_belong_to_the_span(words: str, comparator: str) -> None:
    text = f"They had {words} then."
    one = find_one(text)
    assert one.comparator == comparator
    assert text[one.span.start : one.span.end] == words


def test_verbs_of_exceeding_bound_their_object_and_stay_outside() -> None:
    text = "Sales topped $5 billion and users surpassed 160 million."
    assert [one.comparator for one in find_quantities(text)] == ["more_than", "more_than"]
    assert covered(text) == ["$5 billion", "160 million"]


def test_a_point_in_time_is_no_decimal_point() -> None:
    assert [one.low for one in find_quantities("At one point five men left.")] != [1.5]


def test_over_before_a_duration_means_throughout() -> None:
    assert find_one("grew over three years").comparator == "eq"
    assert find_one("worked there for over three years").comparator == "more_than"


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("between $3 and $5 million", 3e6, 5e6, "between $3 and $5 million"),
        ("a $30-$40bn plan", 30e9, 40e9, "$30-$40bn"),
        ("$1.2 billion to $1.5 billion", 1.2e9, 1.5e9, "$1.2 billion to $1.5 billion"),
        ("$800 to $1 million", 800, 1e6, "$800 to $1 million"),
        ("3-5% a year", 3, 5, "3-5%"),
        ("ranges from 3% to 5%", 3, 5, "from 3% to 5%"),
        ("seating 242 to 330 passengers", 242, 330, "242 to 330"),
        ("two or three people", 2, 3, "two or three"),
        ("more than 10 but fewer than 40 people", 10, 40, "more than 10 but fewer than 40"),
        ("from 100 up to 200 jobs", 100, 200, "from 100 up to 200"),
        ("a ten-to-twelve million dollar plan", 10e6, 12e6, "ten-to-twelve million dollar"),
        ("a 10-to-12-year plan", 10, 12, "10-to-12-year"),
        ("more than a thousand and less than a million", 1e3, 1e6, "more than a thousand and less than a million"),
    ],
)
def test_ranges_have_both_ends(text: str, low: float, high: float, words: str) -> None:
    one = find_one(text)
    assert (one.low, one.high, one.comparator) == (low, high, "between")
    assert text[one.span.start : one.span.end] == words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("margins rose from 3% to 5%", [3, 5]),
        ("a commitment down by 30 to 126", [30, 126]),
        ("shares rose $2 to $50", [2, 50]),
        ("rose 3.5 percent to $27.2 billion", [3.5, 27.2e9]),
    ],
)
def test_a_change_has_two_values(text: str, values: list[float]) -> None:
    assert [one.low for one in find_quantities(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "in 2019 and in 1985",
        "on Nov. 13, 2024 and 19 November",
        "at 7:30 p.m. or 2 pm",
        "call 555-123-4567 or 1-800-FLY",
        "the Qwen 2.5-Max model",
        "the new iPhone 11 and Boeing 737 MAX",
        "an A350, a 787-9, 5G and COVID-19",
        "the S&P 500 fell",
        "Chapter 11 and page 3",
        "1. Introduction",
        "hundreds of millions of people",
        "several thousand people",
        "a rating of 8.9/10",
        "in the 1990s and your 70s",
        "the 21st century",
        "an all-in-one, mobile-first tool",
        "which one do you want?",
    ],
)
def test_other_numbers_are_no_quantities(text: str) -> None:
    assert covered(text) == []


def test_amounts_with_a_minus_sign_are_negative() -> None:
    assert [one.low for one in find_quantities("225.86 -12.99 -5.44%")] == [225.86, -12.99, -5.44]
