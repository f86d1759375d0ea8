"""Whether a claim draft keeps to the predicate registry and to the claim model, whoever extracted it.

What belongs here: the conditions that the gate will ask of the row again (`pipeline.quality.statements`), so that one
bad claim is set aside instead of stopping a release. What does not: whether the draft stands in the text (`grounding`).
"""

from collections.abc import Sequence

from pipeline.extraction.model import Attribution, ClaimDraft, EntityDraft, Quantity, Role, TimeExpression
from pipeline.predicates import Registry
from pipeline.tables import EntityType

_NAMED_SOURCE = frozenset({"direct_quote", "indirect_speech", "document"})


def conforms(draft: ClaimDraft, entities: Sequence[EntityDraft], registry: Registry) -> bool:
    """Return whether predicate, types of the parties, value, direction, times and attribution fit together."""
    predicate = registry.predicates.get(draft.predicate)
    return (
        predicate is not None
        and _fits_types(draft.subject, entities, predicate.domain)
        and _fits_types(draft.object, entities, predicate.range_)
        and (draft.quantity is None or draft.quantity.kind in predicate.value_kinds)
        and (draft.direction is not None or not predicate.requires_direction)
        and _is_sound_value(draft.quantity)
        and _is_sound_time(draft.time)
        and _is_sound_attribution(draft.attribution)
    )


def _fits_types(role: Role | None, entities: Sequence[EntityDraft], allowed: frozenset[EntityType]) -> bool:
    return role is None or role.entity is None or entities[role.entity].entity_type in allowed


def _is_sound_value(value: Quantity | None) -> bool:
    return value is None or (value.low <= value.high and (value.kind == "money") == (value.currency is not None))


def _is_sound_time(time: TimeExpression | None) -> bool:
    return time is None or time.start is None or time.end is None or time.start <= time.end


def _is_sound_attribution(attribution: Attribution | None) -> bool:
    return attribution is None or attribution.kind not in _NAMED_SOURCE or attribution.speaker is not None
