"""A generated set for resolution: short articles over ten invented events, with what resolution should find.

Every seed gives another set: other names, amounts, dates, outlets, wordings, roundings and orders. `stories` plants
agreements, roundings, unit and currency changes, updates, contradictions, denials, copies, shared origins and
namesakes, and states the facts, relations and entities that follow. What belongs here: making the set and scoring
against it. What does not: running and printing (`benchmarks.resolution`).
"""

from benchmarks.resolution_set.articles import GeneratedSet
from benchmarks.resolution_set.generate import generate_set
from benchmarks.resolution_set.scoring import Score, score_set

__all__ = ["GeneratedSet", "Score", "generate_set", "score_set"]
