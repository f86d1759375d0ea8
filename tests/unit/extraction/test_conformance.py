"""A claim that the gate would refuse is set aside before it becomes a row."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.extraction.conformance import conforms
from pipeline.extraction.model import Attribution, ClaimDraft, EntityDraft, Quantity, Role, Span, TimeExpression
from pipeline.predicates import load_registry

WORDS = Span(0, 5)
ENTITIES = (
    EntityDraft("Microsoft", "organization"),
    EntityDraft("GitHub", "organization"),
    EntityDraft("Xi", "person"),
)
DRAFT = ClaimDraft("acquire", Role(WORDS, 0), WORDS, "test", 0.9, Role(WORDS, 1))
DOLLARS = Quantity(WORDS, "money", 1.0, 2.0, "between", "USD")

PRICED = replace(DRAFT, quantity=DOLLARS)
OFFICE = replace(DRAFT, predicate="hold_role", subject=Role(WORDS, 2))
RISE = replace(DRAFT, predicate="share_price_change", object=None, direction="increase")
DATED = replace(DRAFT, time=TimeExpression(WORDS, date(2026, 1, 1), date(2026, 1, 2), "day"))
BACKWARDS = TimeExpression(WORDS, date(2026, 1, 2), date(2026, 1, 1), "day")
QUOTED = replace(DRAFT, attribution=Attribution(WORDS, "direct_quote", WORDS, None, "test"))

FAULTS = {
    "unknown predicate": (DRAFT, replace(DRAFT, predicate="enjoy")),
    "subject of another type": (OFFICE, replace(OFFICE, subject=Role(WORDS, 0))),
    "object of another type": (OFFICE, replace(OFFICE, object=Role(WORDS, 2))),
    "value of another kind": (PRICED, replace(PRICED, quantity=Quantity(WORDS, "percent", 1, 1, "eq"))),
    "money without currency": (PRICED, replace(PRICED, quantity=replace(DOLLARS, currency=None))),
    "ends out of order": (PRICED, replace(PRICED, quantity=replace(DOLLARS, low=3.0))),
    "change without direction": (RISE, replace(RISE, direction=None)),
    "times out of order": (DATED, replace(DATED, time=BACKWARDS)),
    "quotation without speaker": (
        QUOTED,
        replace(QUOTED, attribution=Attribution(WORDS, "direct_quote", None, None, "test")),
    ),
}
"""A sound claim, and the same claim with the fault."""


def test_sound_claims_conform() -> None:
    registry = load_registry()
    assert conforms(DRAFT, ENTITIES, registry)
    assert conforms(replace(DRAFT, quantity=DOLLARS), ENTITIES, registry)
    assert conforms(replace(DRAFT, subject=Role(WORDS, None)), ENTITIES, registry)
    assert conforms(replace(DRAFT, attribution=Attribution(WORDS, "anonymous", None, None, "test")), ENTITIES, registry)


@pytest.mark.parametrize("name", FAULTS)
def test_a_claim_does_not_conform_for_its_fault_alone(name: str) -> None:
    sound, faulty = FAULTS[name]
    assert conforms(sound, ENTITIES, load_registry())
    assert not conforms(faulty, ENTITIES, load_registry())
