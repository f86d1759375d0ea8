"""Constructions of business news in sentences as the language model reads them, and their look-alikes."""

import pytest

from pipeline.extraction.model import ClaimDraft, Role
from tests.articles import extract


def tell(text: str, predicate: str) -> set[tuple[str, str | None, float | None]]:
    """Return subject, object and value of the claims of a predicate, parties by name or as written."""
    extraction = extract(text)

    def name(role: Role | None) -> str | None:
        if role is None:
            return None
        return text[role.span.start : role.span.end] if role.entity is None else extraction.entities[role.entity].name

    def value(claim: ClaimDraft) -> float | None:
        return claim.quantity.low if claim.quantity is not None else None

    return {(name(c.subject) or "", name(c.object), value(c)) for c in extraction.claims if c.predicate == predicate}


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("Panasonic supplies batteries to Toyota.", "supply", ("Panasonic", "Toyota", None)),
        ("Nvidia designs chips that power data centers.", "develop", ("Nvidia", "chips that power data centers", None)),
        ("Visa controls about 60% of the market for cards.", "market_share", ("Visa", None, 60)),
        ("The surge lifted Nvidia's market value above $2 trillion.", "market_cap", ("Nvidia", None, 2e12)),
        ("Intel forecast third-quarter revenue of about $13 billion.", "revenue", ("Intel", None, 1.3e10)),
        ("Sanofi is to cut 1,200 jobs in Germany.", "lay_off", ("Sanofi", "1,200 jobs", 1200)),
        (
            "Unilever will spin off its ice cream unit, which owns Magnum.",
            "divest",
            ("Unilever", "its ice cream unit", None),
        ),
        ("Sony's tie-up with Honda has produced a car.", "partner", ("Sony", "Honda", None)),
        ("Nike has picked Adidas boss Bjorn Gulden to run its shoe unit.", "appoint", ("Nike", "Bjorn Gulden", None)),
        ("Nintendo's Switch launched in March 2017.", "launch", ("Nintendo", "Switch", None)),
        ("The Steam Deck is a handheld console made by Valve.", "develop", ("Valve", "Steam Deck", None)),
        ("Ford's sales rose 12% to 190,000 vehicles in May.", "metric", ("Ford", "Ford's sales", 190_000)),
        ("Ford's sales rose 12% to 190,000 vehicles in May.", "revenue_change", ("Ford", None, 12)),
        (
            "China says it will buy 150 jets from Airbus in a deal worth $10 billion.",
            "acquire",
            ("China", "150 jets from Airbus", 1e10),
        ),
        ("Japan said it plans to buy 70 Boeing 737 airliners.", "acquire", ("Japan", "Boeing 737", None)),
        ("Delta has purchased 40 Airbus planes.", "metric", ("Delta", "40 Airbus planes", 40)),
        ("Markets fell, with shares of Nokia down 8%.", "share_price_change", ("Nokia", None, 8)),
        (
            "Dealers last year sold 303,417 new vehicles, up 4 percent.",
            "metric",
            ("Dealers", "303,417 new vehicles", 303_417),
        ),
        ("T-Mobile CEO John Legere is stepping down.", "depart", ("John Legere", "T-Mobile", None)),
        (
            "The Federal Trade Commission is investigating Visa amid complaints.",
            "regulate",
            ("Federal Trade Commission", "Visa", None),
        ),
        (
            "Lowe's sees sales growth of 2 percent and profit growth of 4 percent.",
            "revenue_change",
            ("Lowe's", None, 2),
        ),
        ("Nokia's share of China's telecoms market fell to 4%.", "market_share", ("Nokia", None, 4)),
    ],
)
def test_a_construction_is_read(text: str, predicate: str, expected: tuple[str, str | None, float | None]) -> None:
    assert expected in tell(text, predicate)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Target wants to expand its delivery service to 12 more states.", "metric"),
        ("Boeing is developing the 777X, a jet that is years late.", "metric"),
        ("The plan is to add another 150 stores next year.", "metric_change"),
        ("Petrobras signed the $239 million deal with a state-run oil company.", "price"),
        ("Petrobras signed a contract worth $4 billion.", "valuation"),
        ("Sales for Ford jumped around 40 percent, and Honda gained 22 percent.", "share_price_change"),
        ("Prudential would get $10 billion in shares.", "price"),
        ("Ford may not want to build a factory with a rival.", "plan"),
        ("Russia agreed to a write-off of about $10 billion.", "metric_change"),
        ("The minister approved plans to increase sales of imported cars to nearly $8 billion.", "revenue"),
        ("Oil exports generate 80 percent of Iran's public revenues.", "market_share"),
        ("That is down from 42 percent in the Gallup poll.", "metric"),
        ("Mattel sells Barbie dolls and other toys to shops.", "divest"),
        ("CVS Health combines retail pharmacies, Caremark services and insurance.", "merge"),
        ("Visa and Mastercard took most of the market, while others made up about 3.9%.", "metric_change"),
        ("Stores report 100% on-time payments.", "metric"),
        ("Families whose income is over $400,000 pay Intuit more.", "profit"),
        ("Skooli counts the hours that you want to invest in lessons.", "invest"),
        ("Netflix added 5 million subscribers in March, and its subscribers rose.", "price_change"),
    ],
)
def test_a_look_alike_is_none(text: str, predicate: str) -> None:
    assert tell(text, predicate) == set()


def test_what_a_rate_is_told_of_is_no_value() -> None:
    text = "The death rate in Ohio was 22 per 100,000 people, and Bayer sold 40 tablets per 100 patients."
    values = {value for predicate in ("metric", "metric_change") for _, _, value in tell(text, predicate)}
    assert values
    assert values.isdisjoint({100_000, 100})


def test_a_conjunct_beyond_a_bracket_is_not_joined() -> None:
    text = "A dispute with Scooter Braun (who owns Big Machine) and the Carlyle Group delayed the film."
    assert ("Carlyle Group", "Scooter Braun", None) not in tell(text, "subsidiary_of")


def test_what_is_expected_does_what_is_expected_of_it() -> None:
    found = tell(
        "Analysts expect the number of electric vehicles for sale in the U.S. to grow from 16 to 80.", "metric"
    )
    assert {subject for subject, _, _ in found} == {"the number of electric vehicles for sale in the U.S."}


def test_of_two_subjects_the_one_in_the_clause_is_taken() -> None:
    text = "Economists surveyed by news organizations predict the nationwide jobless rate will rise three percent."
    assert tell(text, "metric_change") == {("the nationwide jobless rate", None, 3)}


def test_a_name_that_only_describes_what_is_bought_is_not_bought() -> None:
    text = "KKR will acquire Apple device management company Jamf for $2.2 billion."
    assert {held for _, held, _ in tell(text, "acquire")} == {"Jamf"}


def test_a_perfect_tense_has_a_real_subject() -> None:
    assert tell("Oracle said it has agreed to buy Cerner for $28 billion.", "acquire") == {("Oracle", "Cerner", 2.8e10)}


def test_whoever_a_description_after_a_comma_describes_is_the_subject() -> None:
    assert tell("Lyft, Uber's smaller competitor, cut its fares.", "compete") == {("Lyft", "Uber", None)}
