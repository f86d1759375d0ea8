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

BROKEN = {
    "unknown predicate": {"predicate": "enjoy"},
    "subject of another type": {"predicate": "hold_role", "subject": Role(WORDS, 0)},
    "object of another type": {"predicate": "hold_role", "subject": Role(WORDS, 2), "object": Role(WORDS, 2)},
    "value of another kind": {"quantity": Quantity(WORDS, "percent", 1, 1, "eq")},
    "money without currency": {"quantity": replace(DOLLARS, currency=None)},
    "ends out of order": {"quantity": replace(DOLLARS, low=3.0)},
    "change without direction": {"predicate": "share_price_change", "object": None},
    "times out of order": {"time": TimeExpression(WORDS, date(2026, 1, 2), date(2026, 1, 1), "day")},
    "quotation without speaker": {"attribution": Attribution(WORDS, "direct_quote", None, None, "test")},
}


def test_sound_claims_conform() -> None:
    registry = load_registry()
    assert conforms(DRAFT, ENTITIES, registry)
    assert conforms(replace(DRAFT, quantity=DOLLARS), ENTITIES, registry)
    assert conforms(replace(DRAFT, subject=Role(WORDS, None)), ENTITIES, registry)
    assert conforms(replace(DRAFT, attribution=Attribution(WORDS, "anonymous", None, None, "test")), ENTITIES, registry)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_claims_do_not(name: str) -> None:
    assert not conforms(replace(DRAFT, **BROKEN[name]), ENTITIES, load_registry())
