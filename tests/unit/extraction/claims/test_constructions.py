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
        ("Netflix added 5 million subscribers in March, and its subscribers rose.", "price_change"),
    ],
)
def test_a_look_alike_is_none(text: str, predicate: str) -> None:
    assert tell(text, predicate) == set()


def test_a_perfect_tense_has_a_real_subject() -> None:
    assert tell("Oracle said it has agreed to buy Cerner for $28 billion.", "acquire") == {("Oracle", "Cerner", 2.8e10)}


def test_whoever_a_description_after_a_comma_describes_is_the_subject() -> None:
    assert tell("Lyft, Uber's smaller competitor, cut its fares.", "compete") == {("Lyft", "Uber", None)}
