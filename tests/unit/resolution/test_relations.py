"""How facts relate, why, and the status that follows."""

from typing import Any

import pytest

from pipeline.resolution import Resolved
from tests.unit.resolution.world import World

_Stated = tuple[str, float, str | None, dict[str, object]]


def relations(resolved: Resolved) -> set[tuple[str, str, str]]:
    return {(row["fact_id"], row["related_fact_id"], row["relation"]) for row in resolved.fact_relations.to_dicts()}


def valuations(world: World, *stated: _Stated, predicate: str = "valuation") -> tuple[Resolved, list[dict[str, Any]]]:
    """State values of one company; returns the resolved world and the facts."""
    claims: list[str] = []
    for number, (text, value, published_on, more) in enumerate(stated):
        document = world.document(f"document {number}", published_on)
        issuer = world.entity(document, "Quillmark Robotics")
        claims.append(world.money(document, predicate, issuer, text, value, **more))
    resolved = world.resolve()
    return resolved, [world.fact_of(resolved, claim) for claim in claims]


def test_two_values_on_one_day_contradict_each_other(world: World) -> None:
    resolved, (one, other) = valuations(world, ("$2.5bn", 2.5e9, "2024-05-01", {}), ("$3bn", 3e9, "2024-05-02", {}))
    assert relations(resolved) == {(other["fact_id"], one["fact_id"], "contradicts")}
    assert {one["status"], other["status"]} == {"contested"}
    reason = resolved.fact_relations["reason"][0]
    assert "Quillmark Robotics" in reason
    assert "$2.5bn" in reason
    assert "$3bn" in reason


def test_two_values_at_other_dates_are_an_update(world: World) -> None:
    resolved, (one, other) = valuations(world, ("$2.5bn", 2.5e9, "2023-05-01", {}), ("$3bn", 3e9, "2024-05-02", {}))
    assert relations(resolved) == {(other["fact_id"], one["fact_id"], "updates")}
    assert (one["status"], other["status"]) == ("superseded", "single_source")


def test_a_chain_of_updates_is_told_link_by_link(world: World) -> None:
    resolved, (one, two, three) = valuations(
        world,
        ("$2bn", 2e9, "2022-05-01", {}),
        ("$3bn", 3e9, "2023-05-01", {}),
        ("$4bn", 4e9, "2024-05-01", {}),
    )
    assert relations(resolved) == {
        (two["fact_id"], one["fact_id"], "updates"),
        (three["fact_id"], two["fact_id"], "updates"),
    }


def test_values_of_unknown_date_are_not_held_against_each_other(world: World) -> None:
    resolved, _ = valuations(world, ("$2.5bn", 2.5e9, None, {}), ("$3bn", 3e9, None, {}))
    assert relations(resolved) == set()


def test_results_of_two_quarters_are_unrelated(world: World) -> None:
    first: dict[str, object] = {"event_start": "2024-01-01", "event_end": "2024-03-31"}
    second: dict[str, object] = {"event_start": "2024-04-01", "event_end": "2024-06-30"}
    resolved, _ = valuations(
        world, ("$2.5bn", 2.5e9, "2024-05-01", first), ("$3bn", 3e9, "2024-08-02", second), predicate="revenue"
    )
    assert relations(resolved) == set()


def test_a_value_in_an_open_range_supports_it(world: World) -> None:
    resolved, (loose, precise) = valuations(
        world,
        ("more than $1 billion", 1e9, "2024-05-01", {"comparator": "more_than"}),
        ("$2.8 billion", 2.8e9, "2024-05-02", {}),
    )
    assert relations(resolved) == {(precise["fact_id"], loose["fact_id"], "supports")}


MOVES: list[tuple[dict[str, object], bool]] = [
    ({}, False),
    ({"event_start": "2024-05-02", "event_end": "2024-05-02"}, False),
    ({"event_start": "2024-01-01", "event_end": "2024-05-02"}, False),
    ({"event_start": "2024-04-30", "event_end": "2024-04-30"}, True),
    ({"event_start": "2024-04-01", "event_end": "2024-04-30"}, True),
]


@pytest.mark.parametrize(("period", "is_closed"), MOVES)
def test_moves_of_shares_contradict_each_other_only_over_a_time_that_is_past(
    world: World, period: dict[str, object], *, is_closed: bool
) -> None:
    for name, value in (("first", 3.2), ("second", 5.4)):
        document = world.document(name, "2024-05-02")
        issuer = world.entity(document, "Quillmark Robotics")
        world.percent(document, "share_price_change", issuer, f"{value}%", value, direction="decrease", **period)
    found = {relation for _, _, relation in relations(world.resolve())}
    assert found == ({"contradicts"} if is_closed else set())


@pytest.mark.parametrize("comparator", ["up_to", "less_than"])
def test_a_bound_leaves_room_for_what_lies_below(world: World, comparator: str) -> None:
    period: dict[str, object] = {"event_start": "2024-04-30", "event_end": "2024-04-30", "direction": "decrease"}
    claims: list[str] = []
    for name, text, value, how in (("first", "as much as 6%", 6.0, comparator), ("second", "5.4%", 5.4, "eq")):
        document = world.document(name, "2024-05-02")
        issuer = world.entity(document, "Quillmark Robotics")
        claims.append(world.percent(document, "share_price_change", issuer, text, value, comparator=how, **period))
    resolved = world.resolve()
    loose, precise = (world.fact_of(resolved, claim)["fact_id"] for claim in claims)
    assert relations(resolved) == {(precise, loose, "supports")}


def test_amounts_of_deals_with_nobody_named_are_not_held_against_each_other(world: World) -> None:
    resolved, _ = valuations(
        world, ("$2.5bn", 2.5e9, "2024-05-01", {}), ("$3bn", 3e9, "2024-05-02", {}), predicate="acquire"
    )
    assert relations(resolved) == set()


def test_one_article_does_not_contradict_itself(world: World) -> None:
    document = world.document("first", "2024-05-01")
    issuer = world.entity(document, "Quillmark")
    for text, value in (("$2.5bn", 2.5e9), ("$3bn", 3e9)):
        world.money(document, "valuation", issuer, text, value)
    assert relations(world.resolve()) == set()


def invest(world: World, name: str, published_on: str, **values: object) -> str:
    document = world.document(name, published_on)
    investor, startup = world.entity(document, "Quillmark Robotics"), world.entity(document, "Belmere Foods")
    if "speaker_entity_id" in values:
        values["speaker_entity_id"] = investor
    return world.claim(document, "invest", investor, object_entity_id=startup, **values)


def test_a_denial_meets_what_it_denies_in_another_document(world: World) -> None:
    rumour = invest(world, "first", "2024-05-01", modality="rumoured")
    denial = invest(
        world, "second", "2024-05-03", stance="denies", attribution="indirect_speech", speaker_entity_id="investor"
    )
    resolved = world.resolve()
    denied, denying = world.fact_of(resolved, rumour), world.fact_of(resolved, denial)
    assert relations(resolved) == {(denying["fact_id"], denied["fact_id"], "denies")}
    assert denied["status"] == "denied"
    assert denied["claim_count"] == 1


def test_a_negative_report_contradicts(world: World) -> None:
    report, negative = invest(world, "first", "2024-05-01"), invest(world, "second", "2024-05-03", polarity="negated")
    resolved = world.resolve()
    one, other = world.fact_of(resolved, report), world.fact_of(resolved, negative)
    assert relations(resolved) == {(other["fact_id"], one["fact_id"], "contradicts")}


def test_a_denied_negation_supports_what_it_affirms(world: World) -> None:
    report = invest(world, "first", "2024-05-01")
    double = invest(world, "second", "2024-05-03", polarity="negated", stance="denies")
    resolved = world.resolve()
    assert world.fact_of(resolved, report)["fact_id"] == world.fact_of(resolved, double)["fact_id"]


def test_doubt_and_refusal_are_on_no_side(world: World) -> None:
    for number, stance in enumerate(("affirms", "questions", "declines_comment")):
        invest(world, str(number), "2024-05-01", stance=stance)
    resolved = world.resolve()
    assert relations(resolved) == set()
    assert len(resolved.facts) == 3


def test_what_happened_updates_what_was_planned(world: World) -> None:
    plan = invest(world, "first", "2024-05-01", modality="planned")
    done = invest(world, "second", "2024-07-01")
    resolved = world.resolve()
    one, other = world.fact_of(resolved, plan), world.fact_of(resolved, done)
    assert relations(resolved) == {(other["fact_id"], one["fact_id"], "updates")}


@pytest.mark.parametrize(("other", "expected"), [("$3.18 billion", "supports"), ("$4.2 billion", "contradicts")])
def test_a_deal_that_is_done_and_one_that_is_agreed_are_held_against_each_other(
    world: World, other: str, expected: str
) -> None:
    money: dict[str, object] = {"value_kind": "money", "currency": "USD", "comparator": "eq"}
    for name, modality, text in (("first", "actual", "$3.2 billion"), ("second", "planned", other)):
        value = float(text[1:].split()[0]) * 1e9
        invest(
            world, name, "2024-05-01", modality=modality,
            **money, value_text=text, value_low=value, value_high=value,
        )  # fmt: skip
    assert {relation for _, _, relation in relations(world.resolve())} == {expected}


@pytest.mark.parametrize("speaker", ["Gable Research", "Harrow Analytics"])
def test_a_forecast_is_updated_by_its_own_forecaster_alone(world: World, speaker: str) -> None:
    for name, day, who, value in (
        ("first", "2024-01-01", "Gable Research", 2e9),
        ("second", "2024-07-01", speaker, 3e9),
    ):
        document = world.document(name, day)
        issuer, analyst = world.entity(document, "Quillmark"), world.entity(document, who)
        world.money(
            document, "valuation", issuer, f"${value:.0f}", value,
            modality="forecast", attribution="indirect_speech", speaker_entity_id=analyst,
        )  # fmt: skip
    found = relations(world.resolve())
    assert len(found) == (1 if speaker == "Gable Research" else 0)


def test_the_two_sides_of_one_deal_support_each_other(world: World) -> None:
    paid = invest(world, "first", "2024-05-01", value_kind="money", value_low=1e9, value_high=1e9, currency="USD",
                  comparator="eq", value_text="$1.0 billion")  # fmt: skip
    second = world.document("second", "2024-05-02")
    startup, investor = world.entity(second, "Belmere Foods"), world.entity(second, "Quillmark Robotics")
    got = world.money(second, "raise_funding", startup, "$1.0 billion", 1e9, object_entity_id=investor)
    resolved = world.resolve()
    one, other = world.fact_of(resolved, paid), world.fact_of(resolved, got)
    assert relations(resolved) == {(one["fact_id"], other["fact_id"], "supports")}
