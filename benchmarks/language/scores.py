"""Counting hits: precision, recall and F1.

Belongs here: the arithmetic that all measurements share.
"""

from collections.abc import Hashable, Set
from dataclasses import dataclass


@dataclass
class Tally:
    """Counts of what was found and right, found and wrong, and missed."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def compare(self, wanted: Set[Hashable], found: Set[Hashable]) -> None:
        """Count `found` against `wanted`."""
        self.hits += len(wanted & found)
        self.extra += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self) -> float:
        """Share of the found that is right, 0 to 1."""
        return self.hits / max(self.hits + self.extra, 1)

    @property
    def recall(self) -> float:
        """Share of the wanted that was found, 0 to 1."""
        return self.hits / max(self.hits + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.hits / max(2 * self.hits + self.extra + self.missed, 1)

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f} (P {self.precision:.3f}, R {self.recall:.3f}, {self.hits + self.missed} wanted)"
