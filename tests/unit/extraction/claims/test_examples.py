"""Every example of the registry is found in its sentence, with all that it says."""

from math import isclose

import pytest

from pipeline.extraction.model import ClaimDraft, Extraction, Role
from pipeline.predicates import load_registry
from pipeline.predicates.model import Example
from tests.articles import extract

EXAMPLES = [(name, example) for name, held in load_registry().predicates.items() for example in held.examples]


def names(extraction: Extraction, text: str, role: Role | None) -> set[str]:
    if role is None:
        return set()
    found = {text[role.span.start : role.span.end]}
    return found if role.entity is None else found | {extraction.entities[role.entity].name}


def is_same(said: object, wanted: object) -> bool:
    """Whether two values are equal, numbers but for rounding."""
    if isinstance(said, float | int) and isinstance(wanted, float | int):
        return isclose(said, wanted)
    return said == wanted


def differences(example: Example, extraction: Extraction, claim: ClaimDraft) -> list[str]:
    """What the claim says other than the example, as readable words."""
    text, value, held = example.text, claim.quantity, claim.attribution
    speaker = Role(held.speaker, held.entity) if held is not None and held.speaker is not None else None
    said: dict[str, object] = {
        "low": value.low if value else None,
        "high": value.high if value else None,
        "comparator": value.comparator if value else None,
        "currency": value.currency if value else None,
        "direction": claim.direction,
        "polarity": claim.polarity,
        "stance": claim.stance,
        "modality": claim.modality,
        "attribution": held.kind if held else "author",
    }
    wanted = {name: value for name in said if (value := getattr(example, name)) is not None}
    wrong = [
        f"{name}: {said[name]!r} for {value!r}" for name, value in wanted.items() if not is_same(said[name], value)
    ]
    for name, role in (("subject", claim.subject), ("object", claim.object), ("speaker", speaker)):
        value = getattr(example, name)
        if value is not None and value not in names(extraction, text, role):
            wrong.append(f"{name}: {names(extraction, text, role)} for {value!r}")
    return wrong


@pytest.mark.parametrize(("predicate", "example"), EXAMPLES, ids=[f"{p}: {e.text[:50]}" for p, e in EXAMPLES])
def test_example_is_found(predicate: str, example: Example) -> None:
    extraction = extract(example.text, published_on=None)
    found = [claim for claim in extraction.claims if claim.predicate == predicate]
    assert found, f"found only {[claim.predicate for claim in extraction.claims]}"
    wrongs = [differences(example, extraction, claim) for claim in found]
    assert [] in wrongs, wrongs
