"""Writes a new published file from the working file, both open on one connection: what is judged, hashed and copied is
one state of the working file. Tables of the working file are named as they are, those of the new file
`release.main.NAME`, those of the last release `last.main.NAME`."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from pipeline.schema import check_schema, create_table_sql, describe_table
from pipeline.schema.duckdb import quote
from pipeline.storage.connection import open_database
from pipeline.storage.reader import Reader
from pipeline.tables import Row

STORAGE_VERSION = "v1.5.0"
"""Written so that DuckDB 1.5 and 2.0 both open the published file."""


class ReleaseWriter:
    """Fills the new file; `working` reads the working file and, by qualified names, the other attached ones."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.working = Reader(connection)

    def copy_table(self, model: type[Row], select: str) -> None:
        """Create the model's table with its comments and fill it with the result of `select`, ordered by key."""
        for statement in create_table_sql(model, catalog="release.main"):
            self._connection.execute(statement)
        spec = describe_table(model)
        columns = ", ".join(f'"{column.name}"' for column in spec.columns)
        order = ", ".join(f'"{name}"' for name in spec.key)
        self._connection.execute(
            f'INSERT INTO release.main."{spec.name}" SELECT {columns} FROM ({select}) ORDER BY {order}'
        )

    def write_frame(self, model: type[Row], frame: pl.DataFrame) -> None:
        """Create the model's table with its comments and fill it with the frame."""
        self._connection.register("incoming", check_schema(model, frame))
        self.copy_table(model, "SELECT * FROM incoming")
        self._connection.unregister("incoming")

    def export_parquet(self, model: type[Row], path: Path) -> None:
        """Write the new file's table as Parquet."""
        self._connection.execute(f'COPY release.main."{model.table}" TO {quote(str(path))} (FORMAT parquet)')

    def create_view(self, name: str, sql: str, comment: str) -> None:
        """Run the statement that creates the view over tables of the new file, and comment on it."""
        ((home,),) = self._connection.execute("SELECT current_database()").fetchall()
        self._connection.execute("USE release.main")
        self._connection.execute(sql)
        self._connection.execute(f'COMMENT ON VIEW "{name}" IS {quote(comment)}')
        self._connection.execute(f'USE "{home}".main')


@contextmanager
def write_release_file(working: Path, target: Path, last: Path | None) -> Generator[ReleaseWriter]:
    """Yield a writer of a new file at `target`; the working file cannot change until the writer is closed.

    `last` is the published file of the release before, attached as `last` for comparison.
    Raises StoreError where the working file cannot be used.
    """
    with open_database(working, read_only=True) as connection:
        connection.execute(f"ATTACH {quote(str(target))} AS release (READ_WRITE, STORAGE_VERSION '{STORAGE_VERSION}')")
        if last is not None:
            connection.execute(f"ATTACH {quote(str(last))} AS last (READ_ONLY)")
        yield ReleaseWriter(connection)
        connection.execute("CHECKPOINT release")
