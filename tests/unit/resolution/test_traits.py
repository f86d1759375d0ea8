"""How predicates identify facts agrees with what the registry says they mean."""

import pytest

from pipeline.predicates import Predicate, load_registry
from pipeline.resolution.traits import predicate_traits

REGISTERED = load_registry().predicates


def test_every_predicate_has_traits_and_no_other() -> None:
    assert set(predicate_traits().named) == set(REGISTERED)


@pytest.mark.parametrize("predicate", REGISTERED.values(), ids=list(REGISTERED))
def test_traits_fit_what_the_predicate_may_carry(predicate: Predicate) -> None:
    traits = predicate_traits().of(predicate.name)
    assert traits.is_symmetric == predicate.is_symmetric
    assert (traits.kind == "speech") == (traits.object == "content") == (predicate.group == "speech")
    if traits.kind in ("event", "state", "flow"):
        assert predicate.value_kinds, "only what carries a value can differ in it"
    if predicate.requires_direction:
        assert traits.kind == "flow"
    if traits.object == "measure":
        assert predicate.group in ("results", "usage")
    assert traits.persist_days >= traits.same_days


def test_mirrors_exchange_domain_and_range() -> None:
    mirrored = {name: traits.mirror for name, traits in predicate_traits().named.items() if traits.mirror}
    assert mirrored
    for name, mirror in mirrored.items():
        assert REGISTERED[name].domain & REGISTERED[mirror].range_
        assert REGISTERED[name].range_ & REGISTERED[mirror].domain
        assert REGISTERED[name].value_kinds == REGISTERED[mirror].value_kinds
