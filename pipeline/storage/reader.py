"""Read access to one DuckDB file: whole tables, queries, and fingerprints of what stands in tables."""

import hashlib
from collections.abc import Iterable, Sequence

import duckdb
import polars as pl

from pipeline.schema import check_schema, describe_table, polars_schema
from pipeline.storage.connection import StoreError
from pipeline.tables import Row


class Reader:
    """Reads through one connection; all reads of one reader see the same state of the file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._hashes: dict[str, str] = {}

    def table(self, model: type[Row], columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the model's table, ordered by its key, with exactly the model's columns, or those named."""
        spec = describe_table(model)
        names = ", ".join(f'"{name}"' for name in polars_schema(model, columns))
        order = ", ".join(f'"{name}"' for name in spec.key)
        return check_schema(model, self.query(f'SELECT {names} FROM "{spec.name}" ORDER BY {order}'), columns)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        """Return the result of a query as a frame. Raises StoreError where the file cannot answer it."""
        try:
            return self._connection.sql(sql, params=list(parameters)).pl()
        except duckdb.Error as error:
            raise StoreError(f"the database cannot answer: {error}") from error

    def count(self, sql: str) -> int:
        """Return the single whole number that a query selects."""
        return int(self.query(sql).item())

    def fingerprint(self, tables: Iterable[str]) -> str:
        """Return the SHA-256 over everything that stands in the tables, in whatever order their rows lie."""
        parts = [f"{name}:{self._hash_table(name)}" for name in sorted(tables)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def content_hash(self, model: type[Row], source: str | None = None) -> str:
        """Return the SHA-256 of the table's rows without its volatile columns, in whatever order they lie.

        `source` names another table or view of the same columns to read instead.
        """
        spec = describe_table(model)
        return self._hash_rows(source or spec.name, [f'"{column}"' for column in spec.content_columns])

    def _hash_table(self, table: str) -> str:
        if table not in self._hashes:
            self._hashes[table] = self._hash_rows(table, ("*",))
        return self._hashes[table]

    def _hash_rows(self, table: str, columns: Iterable[str]) -> str:
        digests = f'SELECT md5(to_json(t)::VARCHAR) AS digest FROM (SELECT {", ".join(columns)} FROM "{table}") t'
        return str(
            self.query(f"SELECT sha256(coalesce(string_agg(digest, '' ORDER BY digest), '')) FROM ({digests})").item()
        )
