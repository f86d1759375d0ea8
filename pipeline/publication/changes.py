"""What a release changes against the one before: rows added, removed and changed, by key, volatile columns left out."""

from collections.abc import Iterable

import polars as pl
from pydantic import BaseModel, ConfigDict

from pipeline.schema import describe_table
from pipeline.storage import Reader
from pipeline.tables import Row

CHANGE_COLUMNS = pl.Schema({"table_name": pl.String(), "change": pl.String(), "key": pl.String()})


class TableChanges(BaseModel):
    """How many rows of a table a release adds, removes and changes."""

    model_config = ConfigDict(frozen=True)

    added: int
    removed: int
    changed: int


def list_changes(reader: Reader, models: Iterable[type[Row]], *, has_last: bool) -> pl.DataFrame:
    """Return a row per row that differs between `last` and `release`: table_name, change, key (JSON).

    Before the first release every row is added. A table whose columns changed counts as all removed and all added.
    """
    parts = [pl.DataFrame(schema=CHANGE_COLUMNS)]
    parts += [reader.query(_changes_sql(reader, model, has_last=has_last)) for model in models]
    return pl.concat(parts)


def count_changes(changes: pl.DataFrame, models: Iterable[type[Row]]) -> dict[str, TableChanges]:
    """Return the number of changes per table."""
    counts = {
        (str(table), str(change)): int(count)
        for table, change, count in changes.group_by("table_name", "change").len().iter_rows()
    }
    return {
        model.table: TableChanges(
            added=counts.get((model.table, "added"), 0),
            removed=counts.get((model.table, "removed"), 0),
            changed=counts.get((model.table, "changed"), 0),
        )
        for model in models
    }


def _changes_sql(reader: Reader, model: type[Row], *, has_last: bool) -> str:
    spec = describe_table(model)
    key = _as_json(spec.key)
    new = f'SELECT {key} AS key, md5({_as_json(spec.content_columns)}) AS content FROM release.main."{spec.name}"'
    nothing = "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS content LIMIT 0"
    if not has_last or not _has_table(reader, "last", spec.name):
        old = nothing
    elif _columns(reader, "last", spec.name) == _columns(reader, "release", spec.name):
        old = new.replace("release.main", "last.main")
    else:
        old = f"SELECT {key} AS key, '' AS content FROM last.main.\"{spec.name}\""
    return (
        f"SELECT '{spec.name}' AS table_name, CASE WHEN o.key IS NULL THEN 'added' WHEN n.key IS NULL THEN 'removed' "
        "ELSE 'changed' END AS change, coalesce(n.key, o.key) AS key "
        f"FROM ({new}) n FULL JOIN ({old}) o ON n.key = o.key WHERE n.content IS DISTINCT FROM o.content ORDER BY key"
    )


def _as_json(columns: Iterable[str]) -> str:
    fields = ", ".join(f'"{name}" := "{name}"' for name in columns)
    return f"to_json(struct_pack({fields}))::VARCHAR"


def _has_table(reader: Reader, database: str, table: str) -> bool:
    return bool(_columns(reader, database, table))


def _columns(reader: Reader, database: str, table: str) -> list[tuple[object, ...]]:
    return reader.query(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = ? AND table_name = ? ORDER BY 1",
        [database, table],
    ).rows()
