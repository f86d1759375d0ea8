"""A pair of currencies that implies an unusual rate is shown beside a usual one."""

import pytest

from pipeline.resolution.rates import find_implied_rates, find_odd_rates
from pipeline.tables import Claim, Document
from tests.unit.resolution.world import World


def state(world: World, name: str, yuan: float, dollars: float, published_on: str | None = "2024-05-01") -> str:
    document = world.document(name, published_on)
    company = world.entity(document, "Quillmark")
    return world.money(
        document, "revenue", company, f"{yuan} yuan", yuan, currency="CNY", value_usd=dollars, usd_basis="stated"
    )


def test_a_rate_far_from_the_others_is_found_with_both_sentences(world: World) -> None:
    usual = {state(world, str(number), 280e9, 39e9 + number * 1e8) for number in range(3)}
    odd = state(world, "odd", 280e9, 3.9e9)
    found = find_odd_rates(world.frame(Claim), world.frame(Document))
    assert found["claim_id"].to_list() == [odd]
    assert found["usual_claim_id"][0] in usual
    assert found["evidence_text"][0] != found["usual_evidence_text"][0]
    assert found["usual_rate"][0] == pytest.approx(7.2, abs=0.1)
    assert len(find_implied_rates(world.frame(Claim), world.frame(Document))) == 4


def test_rates_of_other_years_and_undated_ones_say_nothing(world: World) -> None:
    state(world, "first", 280e9, 39e9, "2010-05-01")
    state(world, "second", 280e9, 39e9, None)
    state(world, "third", 280e9, 39e9, "2010-06-01")
    state(world, "fourth", 280e9, 60e9, "2024-05-01")
    assert find_odd_rates(world.frame(Claim), world.frame(Document)).is_empty()
