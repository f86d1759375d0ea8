"""Rules, checks and the figures that measuring them gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.storage import Reader
from pipeline.tables import Row, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold; `name` is unique within its check, `description` completes "it must be true that"."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How many rows a rule looked at, how many break it, and one of these as JSON."""

    evaluated_count: int
    failed_count: int
    failed_sample: str | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the last release held, for checks that compare with it."""

    release_id: str
    document_count: int
    claim_count: int


Measure = Callable[[Reader, Baseline | None], Mapping[str, Figures]]
"""Returns the figures of each rule of a check, by rule name; the baseline is None before the first release."""


@dataclass(frozen=True, slots=True)
class Check:
    """A named group of rules about one table, judged together and bound to the tables it `reads`."""

    name: str
    model: type[Row]
    description: str
    severity: Severity
    reads: tuple[str, ...]
    rules: tuple[Rule, ...]
    measure: Measure

    @property
    def table(self) -> str:
        """Name of the table that the check is about, which is also the name of its asset."""
        return self.model.table
