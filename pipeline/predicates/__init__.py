"""The predicate registry: what a claim may say, about whom, with which values, and the patterns that say it in English.

Belongs here: the predicates and their patterns as data (`data/`, one file a group), the typed models that validate
them, and the vocabularies that all patterns share. Does not belong here: the engine that matches them
(`pipeline.extraction.claims`). A new predicate is a new table in a data file with its examples; no code changes.
"""

from pipeline.predicates.model import Predicate, Registry
from pipeline.predicates.registry import RegistryError, load_registry

__all__ = ["Predicate", "Registry", "RegistryError", "load_registry"]
