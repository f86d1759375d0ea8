"""What a pattern found before anything is known about its truth: predicate, trigger, roles and value.

Belongs here: the value that the pattern engines hand to `find`. Does not belong here: polarity, modality, attribution
and time, which `epistemics` reads from the words around the trigger.
"""

from dataclasses import dataclass

from pipeline.extraction.model import Attribution, Quantity, Role, Span
from pipeline.tables import Direction, Modality, Polarity


@dataclass(frozen=True, slots=True)
class Finding:
    """A filled pattern; `trigger` is the token that states it.

    `polarity`, `modality` and `attribution` are set where the pattern says them, and then hold whatever stands around.
    """

    predicate: str
    trigger: int
    subject: Role
    rule_id: str
    confidence: float
    object: Role | None = None
    quantity: Quantity | None = None
    direction: Direction | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    attribution: Attribution | None = None
    evidence: Span | None = None
    content: Span | None = None

    @property
    def tells_earlier_level(self) -> bool:
        """Whether the value is the level before a change: the $622m of "rose to $714m from $622m"."""
        return self.rule_id.endswith(".change_from")
