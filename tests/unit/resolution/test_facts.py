"""Which claims make one fact, what a fact tells, and how many sources stand behind it."""

from typing import Any

import pytest

from pipeline.resolution.sources import Account, count_independent
from pipeline.tables import AttributionKind
from tests.unit.resolution.world import World


def company(world: World, document: str, name: str = "Quillmark") -> str:
    return world.entity(document, name)


def facts_of(world: World, claims: list[str]) -> list[dict[str, Any]]:
    resolved = world.resolve()
    return [world.fact_of(resolved, claim) for claim in claims]


def facts_told(world: World, predicate: str, *told: tuple[str, float, str | None]) -> list[dict[str, Any]]:
    """Return the facts of articles of one day that each tell an amount of a company: text, dollars and measure."""
    claims: list[str] = []
    for number, (text, value, measure) in enumerate(told):
        document = world.document(str(number), "2024-05-01")
        claims.append(world.money(document, predicate, company(world, document), text, value, object_text=measure))
    return facts_of(world, claims)


def test_one_value_rounded_and_in_other_words_is_one_fact(world: World) -> None:
    told = (("$2.8 billion", 2.8e9, None), ("$2.81bn", 2.81e9, None), ("$2,810 million", 2.81e9, None))
    found = facts_told(world, "valuation", *told)
    assert len({fact["fact_id"] for fact in found}) == 1
    assert (found[0]["value_low"], found[0]["value_high"]) == (2.8e9, 2.81e9)
    assert (found[0]["claim_count"], found[0]["document_count"]) == (3, 3)
    assert found[0]["status"] == "corroborated"


def test_agreement_does_not_creep_from_value_to_value(world: World) -> None:
    told = (("$2.84bn", 2.84e9, None), ("$2.8bn", 2.8e9, None), ("$2.76bn", 2.76e9, None))
    found = facts_told(world, "valuation", *told)
    assert found[0]["fact_id"] != found[2]["fact_id"]


def test_two_currencies_meet_where_one_text_states_both(world: World) -> None:
    claims: list[str] = []
    for number, (text, value, currency, dollars) in enumerate(
        (
            ("280 billion yuan ($39 billion)", 280e9, "CNY", 39e9),
            ("$39 billion", 39e9, "USD", 39e9),
            ("280 billion yuan", 280e9, "CNY", None),
        )
    ):
        document = world.document(str(number), "2024-05-01")
        claims.append(
            world.money(
                document, "revenue", company(world, document), text, value, currency=currency, value_usd=dollars
            )
        )
    assert len({fact["fact_id"] for fact in facts_of(world, claims)}) == 1


def test_an_article_with_two_figures_means_two_things(world: World) -> None:
    document = world.document("first", "2024-05-01")
    issuer = company(world, document)
    claims = [
        world.percent(document, "metric_change", issuer, text, value, object_text="comparable sales")
        for text, value in (("3.5 percent", 3.5), ("4 percent", 4.0))
    ]
    found = facts_of(world, claims)
    assert found[0]["fact_id"] != found[1]["fact_id"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("earnings per diluted share", "per-share earnings"),
        ("comparable-store sales", "same-store sales"),
        ("per-share earnings for the third quarter", "EPS"),
        ("comparable sales growth", "comparable-store sales"),
    ],
)
def test_measures_of_one_meaning_are_one_fact(world: World, one: str, other: str) -> None:
    found = facts_told(world, "metric", ("$2.53", 2.53, one), ("$2.53", 2.53, other))
    assert found[0]["fact_id"] == found[1]["fact_id"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("online sales", "comparable sales"), ("third-quarter EPS", "fourth-quarter EPS"), ("2023 orders", "2024 orders")],
)
def test_other_measures_are_other_facts_at_the_same_value(world: World, one: str, other: str) -> None:
    found = facts_told(world, "metric", ("$2.53", 2.53, one), ("$2.53", 2.53, other))
    assert found[0]["fact_id"] != found[1]["fact_id"]


@pytest.mark.parametrize(("text", "value", "is_one"), [("$2.53", 2.53, True), ("$3", 3.0, False)])
def test_an_unnamed_measure_joins_where_its_value_tells_it(
    world: World, text: str, value: float, *, is_one: bool
) -> None:
    first, second = world.document("first", "2024-05-01"), world.document("second", "2024-05-01")
    claims = [
        world.money(first, "metric", company(world, first), text, value, object_text="earnings per share"),
        world.money(second, "metric", company(world, second), text, value),
    ]
    found = facts_of(world, claims)
    assert (found[0]["fact_id"] == found[1]["fact_id"]) == is_one


def test_the_two_sides_of_a_partnership_are_both_named(world: World) -> None:
    claims: list[str] = []
    for name in ("first", "second"):
        document = world.document(name, "2024-05-01")
        pair = [company(world, document), company(world, document, "Belmere Foods")]
        pair = pair if name == "first" else pair[::-1]
        claims.append(world.claim(document, "partner", pair[0], object_entity_id=pair[1]))
    fact = facts_of(world, claims)[0]
    assert fact["document_count"] == 2
    assert {fact["subject_entity_id"], fact["object_entity_id"]} == set(world.resolve().entities["entity_id"])


@pytest.mark.parametrize(
    "different",
    [
        {"object_text": "deliveries"},
        {"modality": "forecast"},
        {"stance": "denies"},
        {"polarity": "negated"},
        {"direction": "decrease"},
        {"change_basis": "quarter_on_quarter"},
        {"event_start": "2023-01-01", "event_end": "2023-03-31"},
    ],
)
def test_what_tells_facts_apart(world: World, different: dict[str, object]) -> None:
    same: dict[str, object] = {"object_text": "orders", "direction": "increase", "change_basis": "year_on_year"}
    same |= {"event_start": "2024-01-01", "event_end": "2024-03-31"}
    claims: list[str] = []
    for name, values in (("first", same), ("second", {**same, **different})):
        document = world.document(name, "2024-05-01")
        claims.append(world.percent(document, "metric_change", company(world, document), "8%", 8.0, **values))
    found = facts_of(world, claims)
    assert found[0]["fact_id"] != found[1]["fact_id"]


def test_a_rumour_and_a_report_of_the_same_are_one_fact(world: World) -> None:
    claims: list[str] = []
    for name, modality in (("first", "rumoured"), ("second", "actual")):
        document = world.document(name, "2024-05-01")
        investor, startup = company(world, document), company(world, document, "Belmere Foods")
        claims.append(world.claim(document, "invest", investor, object_entity_id=startup, modality=modality))
    found = facts_of(world, claims)
    assert found[0]["fact_id"] == found[1]["fact_id"]


def test_partners_are_one_fact_from_either_side(world: World) -> None:
    document = world.document("first")
    one, other = company(world, document), company(world, document, "Belmere Foods")
    claims = [
        world.claim(document, "partner", one, object_entity_id=other),
        world.claim(document, "partner", other, object_entity_id=one),
    ]
    assert len({fact["fact_id"] for fact in facts_of(world, claims)}) == 1


def test_words_that_point_into_their_article_are_no_common_subject(world: World) -> None:
    claims = [
        world.money(world.document(name, "2024-05-01"), "revenue", None, "$2 billion", 2e9, subject_text="the company")
        for name in ("first", "second")
    ]
    assert len({fact["fact_id"] for fact in facts_of(world, claims)}) == 2


def test_a_quotation_is_one_fact_in_part_and_in_whole(world: World) -> None:
    whole = "We are largely on track with these investments and have seen positive results this year"
    part = "we are largely on track with these investments"
    other = "Nobody in this company expected such a quarter"
    claims: list[str] = []
    for name, words in (("first", whole), ("second", part), ("third", other)):
        document = world.document(name, "2024-05-01")
        claims.append(world.claim(document, "say", world.entity(document, "Dana Ferrow", "person"), object_text=words))
    found = facts_of(world, claims)
    assert found[0]["fact_id"] == found[1]["fact_id"] != found[2]["fact_id"]


def test_an_amount_without_the_other_party_joins_the_only_one_that_fits(world: World) -> None:
    document = world.document("first", "2024-05-01")
    startup, investor = company(world, document), company(world, document, "Belmere Capital")
    named = world.money(document, "raise_funding", startup, "$450 million", 4.5e8, object_entity_id=investor)
    second = world.document("second", "2024-05-02")
    unnamed = world.money(second, "raise_funding", company(world, second), "$450 million", 4.5e8)
    found = facts_of(world, [named, unnamed])
    assert found[0]["fact_id"] == found[1]["fact_id"]
    assert found[0]["object_entity_id"] is not None


def account(
    scope: str,
    source: str | None = None,
    attribution: AttributionKind = "author",
    speaker: str | None = None,
    evidence: str = "short",
):
    return Account("fact", scope, source, attribution, speaker, evidence)


_COPIED = "The company has reportedly bought into a maker of software that runs in many large hospitals abroad."


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        ([account("one"), account("two")], 2),
        ([account("copies"), account("copies")], 1),
        ([account("one", "The Gazette"), account("two", "the gazette")], 1),
        ([account(name, None, "document", "Bloomberg") for name in ("one", "two", "three", "four", "five")], 1),
        ([account("one", None, "document", "Bloomberg"), account("two", "Bloomberg")], 1),
        ([account("one", None, "document", "Bloomberg"), account("one"), account("two")], 2),
        ([account("one", None, "document", "Bloomberg"), account("one", None, "document", "Reuters")], 2),
        ([account(name, None, "anonymous", "people familiar") for name in ("one", "two")], 2),
        ([account("one", evidence=_COPIED), account("two", evidence=_COPIED)], 1),
    ],
)  # fmt: skip
def test_sources_that_depend_on_each_other_count_once(accounts: list[Account], expected: int) -> None:
    assert count_independent(accounts) == expected
