"""Everything derived from the row models of `pipeline.tables`: columns, DDL, frames, dictionary.

One module a target. What does not belong here: facts about tables that the row models do not state.
"""

from pipeline.schema.columns import ColumnSpec, TableSpec, describe_table
from pipeline.schema.duckdb import create_table_sql, create_working_table_sql
from pipeline.schema.polars import SchemaMismatchError, check_schema, empty_frame, polars_schema, rows_to_frame

__all__ = [
    "ColumnSpec",
    "SchemaMismatchError",
    "TableSpec",
    "check_schema",
    "create_table_sql",
    "create_working_table_sql",
    "describe_table",
    "empty_frame",
    "polars_schema",
    "rows_to_frame",
]
