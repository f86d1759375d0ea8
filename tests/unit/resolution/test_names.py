"""Spellings of one name meet, different names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolution.names import normalise_name, person_signature
from pipeline.tables import EntityType


@pytest.mark.parametrize(
    ("one", "other", "entity_type"),
    [
        ("Alibaba Group Holding Limited", "Alibaba", "organization"),
        ("THE HOME DEPOT INC.", "Home Depot", "organization"),
        ("Lowe’s", "LOWE'S COMPANIES INC.", "organization"),
        ("Tyvak Nano-Satellite Systems Inc", "Tyvak Nanosatellite Systems", "organization"),
        ("Nestlé S.A.", "Nestle", "organization"),
        ("Deep Seek", "DeepSeek", "organization"),
        ("President Xi Jinping", "Xi Jinping", "person"),
        ("Craig A. Menear", "Craig Menear", "person"),
        ("U.S.", "US", "place"),
        ("Qwen 2.5-Max", "Qwen 2.5 Max", "product"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str, entity_type: EntityType) -> None:
    assert normalise_name(one, entity_type).key == normalise_name(other, entity_type).key


@pytest.mark.parametrize(
    ("one", "other", "entity_type"),
    [
        ("Apple", "Apple Daily", "organization"),
        ("Tongyi", "Tongyi Lab", "organization"),
        ("Qwen 2.5", "Qwen 25", "product"),
        ("Wei Sun", "Wei Song", "person"),
        ("The Group", "The Company", "organization"),
    ],
)
def test_different_names_do_not(one: str, other: str, entity_type: EntityType) -> None:
    assert normalise_name(one, entity_type).key != normalise_name(other, entity_type).key


@pytest.mark.parametrize("name", ["Tim Clark", "Timothy J. Clark", "Sir Timothy Charles Clark", "Clark Tim"])
def test_a_person_has_one_signature(name: str) -> None:
    assert person_signature(normalise_name(name, "person")) == "clark timothy"


@given(st.text(min_size=1), st.sampled_from(["organization", "person", "product", "place", "event", "law"]))
def test_every_name_has_a_key(name: str, entity_type: EntityType) -> None:
    form = normalise_name(name, entity_type)
    assert form.key
    assert all(form.words)
    assert normalise_name(f"  {name} ", entity_type).key.strip() == form.key.strip()
