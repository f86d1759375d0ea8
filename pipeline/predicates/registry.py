"""Reading the registry from its data files.

Belongs here: finding, parsing and validating `data/*.toml`, once a process. What is valid is said in `model`.
"""

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from pydantic import ValidationError

from pipeline.predicates.model import Group, Predicate, Registry, Vocabulary
from pipeline.tables import EntityType

_DATA = Path(__file__).parent / "data"
_VOCABULARY = "vocabulary.toml"


class RegistryError(Exception):
    """A data file of the registry is not valid; the message names file, predicate and field."""


@cache
def load_registry() -> Registry:
    """Return the registry shipped with Winnow. Raises RegistryError where a data file is not valid."""
    return read_registry(_DATA)


def read_registry(folder: Path) -> Registry:
    """Return the registry in `folder`: `vocabulary.toml` and one file per group. Raises RegistryError."""
    predicates: dict[str, Predicate] = {}
    for group in get_args(Group):
        path = folder / f"{group}.toml"
        for name, table in _parse(path).items():
            if name in predicates:
                raise RegistryError(f"{path.name}: {name} is declared twice")
            predicates[name] = _build_predicate(path, group, name, table)
    try:
        vocabulary = Vocabulary.model_validate(_parse(folder / _VOCABULARY))
    except ValidationError as error:
        raise RegistryError(f"{_VOCABULARY}: {error}") from error
    return Registry(predicates=MappingProxyType(predicates), vocabulary=vocabulary)


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RegistryError(f"{path.name}: {error}") from error


def _build_predicate(path: Path, group: str, name: str, table: object) -> Predicate:
    if not isinstance(table, dict):
        raise RegistryError(f"{path.name}: {name} is no table")
    fields: dict[str, object] = {**table, "name": name, "group": group}
    for role in ("domain", "range"):
        if fields.get(role) == "any":
            fields[role] = get_args(EntityType)
    try:
        return Predicate.model_validate(fields)
    except ValidationError as error:
        raise RegistryError(f"{path.name}: {name}: {error}") from error
