"""DuckDB DDL of the row models, comments included."""

from datetime import date, datetime

from pipeline.schema.columns import ColumnSpec, Scalar, describe_table
from pipeline.tables import Row

_SQL_TYPES: dict[Scalar, str] = {
    str: "VARCHAR",
    bool: "BOOLEAN",
    int: "BIGINT",
    float: "DOUBLE",
    date: "DATE",
    datetime: "TIMESTAMP",
}


def sql_type(column: ColumnSpec) -> str:
    """Return the DuckDB type of a column; timestamps are naive and in UTC."""
    return _SQL_TYPES[column.scalar]


def create_working_table_sql(model: type[Row]) -> str:
    """Return the statement that creates the model's table between steps.

    It declares columns and types alone, so that the quality gate can find a missing value, name its row, and say which
    rule it breaks.
    """
    columns = ", ".join(f'"{column.name}" {sql_type(column)}' for column in describe_table(model).columns)
    return f'CREATE OR REPLACE TABLE "{model.table}" ({columns})'


def create_table_sql(model: type[Row], *, catalog: str = "main") -> list[str]:
    """Return the statements that create the published table in `catalog`, with comments on it and its columns."""
    table = describe_table(model)
    lines = [
        f'"{column.name}" {sql_type(column)}' + ("" if column.is_nullable else " NOT NULL") for column in table.columns
    ]
    target = f'{catalog}."{table.name}"'
    return [
        f"CREATE OR REPLACE TABLE {target} (\n  " + ",\n  ".join(lines) + "\n)",
        f"COMMENT ON TABLE {target} IS {quote(table.description)}",
        *(
            f'COMMENT ON COLUMN {target}."{column.name}" IS {quote(describe_values(column))}'
            for column in table.columns
        ),
    ]


def describe_values(column: ColumnSpec) -> str:
    """Return the column's description with its closed vocabulary, where it has one."""
    return column.description + (f" One of: {', '.join(column.choices)}." if column.choices else "")


def quote(text: str) -> str:
    """Return `text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
