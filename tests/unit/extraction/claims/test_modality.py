"""How surely things are said to happen, whatever form the words of the plan, the condition or the guess take."""

import pytest

from pipeline.extraction.model import ClaimDraft
from tests.articles import extract


def read(text: str, predicate: str) -> list[ClaimDraft]:
    return [claim for claim in extract(text).claims if claim.predicate == predicate]


def modalities(text: str, predicate: str) -> set[str]:
    return {claim.modality for claim in read(text, predicate)}


@pytest.mark.parametrize(
    ("text", "predicate", "modality"),
    [
        ("BMW plans to expand in Hungary, building cars there from 2026.", "develop", "planned"),
        ("BMW expanded in Hungary, building cars there.", "develop", "actual"),
        ("Ford will overhaul its plant in Ohio, hiring Mary Barra.", "hire", "planned"),
        ("Ford overhauled its plant in Ohio, hiring Mary Barra.", "hire", "actual"),
    ],
)
def test_a_participle_goes_on_with_the_modality_of_its_clause(text: str, predicate: str, modality: str) -> None:
    assert modalities(text, predicate) == {modality}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Toyota wants to raise prices in Europe, open a factory in Spain and hire 500 engineers.", "planned"),
        ("Toyota plans to enter Europe and opened a factory in Spain.", "actual"),
    ],
)
def test_a_verb_is_joined_to_one_of_its_form(text: str, modality: str) -> None:
    assert modalities(text, "launch") == {modality}


@pytest.mark.parametrize(
    ("when", "modality"),
    [("in June 2023", "actual"), ("last month", "actual"), ("next month", "planned"), ("", "planned")],
)
def test_what_was_decided_and_lies_in_the_past_was_done(when: str, modality: str) -> None:
    text = f"The Bank of England's decision to raise its benchmark rate by 0.5% {when} surprised investors."
    assert modalities(text, "metric_change") == {modality}


def test_a_plan_of_the_past_is_no_deed() -> None:
    assert modalities("Nissan's plan to buy Honda last year surprised investors.", "acquire") == {"planned"}


@pytest.mark.parametrize(
    ("text", "predicate", "modality"),
    [
        ("The proposed merger of Kroger and Albertsons faces opposition.", "merge", "planned"),
        ("Chevron's purchase of Hess was completed.", "acquire", "actual"),
        ("Unilever has projected revenue of $60 billion.", "revenue", "forecast"),
        ("Microsoft to acquire Activision Blizzard", "acquire", "planned"),
        ("Chevron has announced plans to acquire Hess for $53 billion.", "acquire", "planned"),
        ("Comcast has given up a $65 billion bid to take over Fox.", "acquire", "planned"),
        ("Shares of Nokia rallied late in the day to close up nearly 7 percent.", "share_price_change", "actual"),
        ("Pfizer needs to buy Seagen.", "acquire", "possible"),
        ("Boeing is to shed 17,000 jobs.", "lay_off", "planned"),
        ("Toyota's goal is to buy Hino for $2 billion.", "acquire", "planned"),
        ("Analysts expect Intel to report revenue of $13 billion.", "revenue", "forecast"),
        ("Sources expect Intel to report revenue of $13 billion.", "revenue", "rumoured"),
    ],
)
def test_modality_is_read_from_the_words_around(text: str, predicate: str, modality: str) -> None:
    assert modalities(text, predicate) == {modality}


def test_a_gerund_is_done_by_whom_it_affects() -> None:
    (claim,) = read("Buying Wiz would strengthen Google's cloud unit.", "acquire")
    assert claim.modality == "conditional"
    assert read("Buying Wiz would be a mistake.", "acquire") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Apple made Siri a priority for its engineers.", 0),
        ("Apple made Siri free.", 0),
        ("Apple made Siri.", 1),
    ],
)
def test_what_is_made_into_something_is_not_made(text: str, count: int) -> None:
    assert len(read(text, "develop")) == count


def test_ranks_are_shared_by_what_is_joined() -> None:
    claims = read("Analysts see Temu as the fastest app and the top retailer in Germany.", "rank")
    assert {claim.quantity.low for claim in claims if claim.quantity is not None} == {1}
    assert len(claims) == 2
