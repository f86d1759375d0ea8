"""Polars schemas of the row models, and frames that are sure to have them."""

from collections.abc import Iterable
from datetime import date, datetime

import polars as pl

from pipeline.schema.columns import Scalar, describe_table
from pipeline.tables import Row

_DTYPES: dict[Scalar, pl.DataType] = {
    str: pl.String(),
    bool: pl.Boolean(),
    int: pl.Int64(),
    float: pl.Float64(),
    date: pl.Date(),
    datetime: pl.Datetime("us"),
}


class SchemaMismatchError(TypeError):
    """A frame does not have the columns that its row model declares."""


def polars_schema(model: type[Row], columns: Iterable[str] | None = None) -> pl.Schema:
    """Return the model's columns in order, or those named; timestamps are naive microseconds in UTC.

    Raises KeyError for a column that the model does not have.
    """
    dtypes = {column.name: _DTYPES[column.scalar] for column in describe_table(model).columns}
    return pl.Schema(dtypes if columns is None else {name: dtypes[name] for name in columns})


def empty_frame(model: type[Row]) -> pl.DataFrame:
    """Return a frame of the model's schema without rows."""
    return pl.DataFrame(schema=polars_schema(model))


def rows_to_frame(model: type[Row], rows: Iterable[Row]) -> pl.DataFrame:
    """Return the rows as a frame of the model's schema."""
    names = list(model.model_fields)
    return pl.DataFrame(
        [tuple(getattr(row, name) for name in names) for row in rows], schema=polars_schema(model), orient="row"
    )


def check_schema(model: type[Row], frame: pl.DataFrame, columns: Iterable[str] | None = None) -> pl.DataFrame:
    """Return the frame itself; `columns` names those that it should have, where these are not all of the model.

    Raises SchemaMismatchError where columns, their order or types are not the model's, naming each at fault.
    """
    expected, found = polars_schema(model, columns), frame.schema
    if found == expected and list(found) == list(expected):
        return frame
    faults = [
        f"{name}: expected {dtype}, found {found.get(name, 'nothing')}"
        for name, dtype in expected.items()
        if found.get(name) != dtype
    ]
    faults += [f"{name}: not declared" for name in found if name not in expected]
    raise SchemaMismatchError(f"{model.table}: " + ("; ".join(faults) or "columns stand in another order"))
