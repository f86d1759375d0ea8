"""How assets write tables, and what they show of them in the Dagster UI: column schema, row count, counts, a preview.

What does not belong here: figures that a step computes for itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import polars as pl

from pipeline.schema import ColumnSpec, describe_table
from pipeline.schema.duckdb import describe_values, sql_type
from pipeline.storage import WorkingStore
from pipeline.tables import (
    Claim,
    Document,
    DocumentEntity,
    Entity,
    EntityAlias,
    EntityLink,
    Fact,
    FactRelation,
    Mention,
    RawDocument,
    RejectedDocument,
    Row,
    TextEdit,
)

COUNTED_COLUMNS: Mapping[type[Row], tuple[str, ...]] = {
    RawDocument: ("change", "media_type", "rejection_reason"),
    Document: ("language", "published_on_basis"),
    TextEdit: ("kind", "rule_id"),
    RejectedDocument: ("reason",),
    DocumentEntity: ("entity_type",),
    Mention: ("mention_kind", "rule_id"),
    Claim: ("predicate", "attribution", "modality", "stance"),
    Entity: ("entity_type",),
    EntityAlias: ("alias_kind",),
    EntityLink: ("method",),
    Fact: ("status", "predicate"),
    FactRelation: ("relation",),
}
"""Categories by which the rows of a table are counted for the UI."""

Materialized = dg.MaterializeResult[Any]
"""What an asset function returns: the materialization alone, never a value."""

_PREVIEW_ROWS = 8
_PREVIEW_CHARACTERS = 70


def specify_asset(model: type[Row], group: str, deps: Sequence[type[Row]], code_version: str) -> dg.AssetSpec:
    """Return the spec of the asset that makes the model's table: grain, key and column schema from the row model."""
    table = describe_table(model)
    return dg.AssetSpec(
        key=model.table,
        deps=[dep.table for dep in deps],
        description=f"{table.description} Key: {', '.join(table.key)}.",
        group_name=group,
        kinds={"duckdb", "polars"},
        code_version=code_version,
        metadata={"dagster/column_schema": _describe_columns(model), "dagster/table_name": model.table},
    )


def write_tables(store: WorkingStore, frames: Mapping[type[Row], pl.DataFrame]) -> Iterator[Materialized]:
    """Replace the tables in one transaction, then yield what the UI shows of each."""
    store.write(frames)
    for model, frame in frames.items():
        yield dg.MaterializeResult(asset_key=model.table, metadata=describe_frame(model, frame))


def describe_frame(model: type[Row], frame: pl.DataFrame) -> dict[str, dg.MetadataValue]:
    """Return row count, preview, and for each counted column a table of how many rows hold each value."""
    metadata: dict[str, dg.MetadataValue] = {
        "dagster/row_count": dg.MetadataValue.int(len(frame)),
        "preview": dg.MetadataValue.md(to_markdown(frame.head(_PREVIEW_ROWS))),
    }
    for column in COUNTED_COLUMNS.get(model, ()):
        counts = frame.group_by(column).len("rows").sort(["rows", column], descending=[True, False])
        metadata[f"rows_by_{column}"] = dg.MetadataValue.md(to_markdown(counts))
    return metadata


def to_markdown(frame: pl.DataFrame) -> str:
    """Return the frame as a markdown table, long values cut short."""
    if frame.is_empty():
        return "*no rows*"
    lines = [frame.columns, ["---"] * frame.width, *([_to_cell(value) for value in row] for row in frame.iter_rows())]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _to_cell(value: object) -> str:
    text = "" if value is None else str(value)
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= _PREVIEW_CHARACTERS else text[: _PREVIEW_CHARACTERS - 1] + "…"


def _describe_columns(model: type[Row]) -> dg.TableSchema:
    return dg.TableSchema(columns=[_describe_column(column) for column in describe_table(model).columns])


def _describe_column(column: ColumnSpec) -> dg.TableColumn:
    return dg.TableColumn(
        name=column.name,
        type=sql_type(column),
        description=describe_values(column),
        constraints=dg.TableColumnConstraints(nullable=column.is_nullable, unique=False),
        tags={"key": ""} if column.is_key else {},
    )
