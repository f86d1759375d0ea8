"""Reads a row model into plain column descriptions, which all other modules of this package work from."""

import types
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from pydantic.fields import FieldInfo

from pipeline.tables import Column, Row

Scalar = type[str] | type[int] | type[float] | type[bool] | type[date] | type[datetime]
_SCALARS: tuple[Scalar, ...] = (str, bool, int, float, datetime, date)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its scalar Python type, bounds, key and meaning.

    `choices` is the closed vocabulary of the column or None; `low` and `high` are inclusive bounds; `pattern` is a
    regular expression that the whole value matches; `references` is (table, column).
    """

    name: str
    scalar: Scalar
    is_nullable: bool
    description: str
    choices: tuple[str, ...] | None
    low: float | None
    high: float | None
    pattern: str | None
    min_length: int | None
    is_key: bool
    is_volatile: bool
    references: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its name, comment and columns in order."""

    name: str
    description: str
    columns: tuple[ColumnSpec, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def content_columns(self) -> tuple[str, ...]:
        """Names of the columns that a content hash covers: all but the volatile ones."""
        return tuple(column.name for column in self.columns if not column.is_volatile)


@cache
def describe_table(model: type[Row]) -> TableSpec:
    """Return the description of a row model's table.

    Raises TypeError for an annotation that no table column can have, naming model and field.
    """
    columns = tuple(_describe_column(model, name, field) for name, field in model.model_fields.items())
    return TableSpec(
        name=model.table,
        description=" ".join((model.__doc__ or "").split()),
        columns=columns,
    )


def _describe_column(model: type[Row], name: str, field: FieldInfo) -> ColumnSpec:
    base, metadata, is_nullable = _unwrap(field.annotation, list(field.metadata))
    choices: tuple[str, ...] | None = None
    if get_origin(base) is Literal:
        choices = tuple(str(choice) for choice in get_args(base))
        base = str
    if base not in _SCALARS:
        raise TypeError(f"{model.__name__}.{name}: {base!r} is no column type")
    extra = next((item for item in metadata if isinstance(item, Column)), Column())
    reference = tuple(extra.references.split(".")) if extra.references else None
    return ColumnSpec(
        name=name,
        scalar=base,
        is_nullable=is_nullable,
        description=field.description or "",
        choices=choices,
        low=next((float(str(item.ge)) for item in metadata if isinstance(item, Ge)), None),
        high=next((float(str(item.le)) for item in metadata if isinstance(item, Le)), None),
        pattern=next((str(pattern) for item in metadata if (pattern := getattr(item, "pattern", None))), None),
        min_length=next((item.min_length for item in metadata if isinstance(item, MinLen)), None),
        is_key=extra.key,
        is_volatile=extra.volatile,
        references=(reference[0], reference[1]) if reference else None,
    )


def _unwrap(annotation: object, metadata: list[object]) -> tuple[object, list[object], bool]:
    """Return the innermost type, all metadata met on the way, and whether None is allowed."""
    is_nullable = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *inner = get_args(annotation)
            for item in inner:
                metadata.extend(item.metadata if isinstance(item, FieldInfo) else [item])
        elif origin in (Union, types.UnionType):
            options = [option for option in get_args(annotation) if option is not type(None)]
            is_nullable = is_nullable or len(options) < len(get_args(annotation))
            (annotation,) = options
        else:
            return annotation, metadata, is_nullable
