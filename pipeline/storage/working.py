"""The working file: tables between steps. Each write is one transaction on a short connection, one writer at a time."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from pipeline.schema import check_schema, create_working_table_sql, describe_table, polars_schema
from pipeline.storage.connection import open_database
from pipeline.storage.reader import Reader
from pipeline.tables import TABLES, CheckResult, Release, Row

WORKING_TABLES: tuple[type[Row], ...] = tuple(model for model in TABLES if model not in (CheckResult, Release))
"""Tables of the working file; check results and releases exist only in published files."""

RESOLVED_VIEWS: dict[str, str] = {
    "resolved_mentions": """
        SELECT m.* REPLACE (l.entity_id AS entity_id)
        FROM mentions m LEFT JOIN entity_links l ON l.document_entity_id = m.entity_id
    """,
    "resolved_claims": """
        SELECT c.* REPLACE (
            f.fact_id AS fact_id, s.entity_id AS subject_entity_id, o.entity_id AS object_entity_id,
            p.entity_id AS speaker_entity_id
        )
        FROM claims c
        LEFT JOIN fact_links f USING (claim_id)
        LEFT JOIN entity_links s ON s.document_entity_id = c.subject_entity_id
        LEFT JOIN entity_links o ON o.document_entity_id = c.object_entity_id
        LEFT JOIN entity_links p ON p.document_entity_id = c.speaker_entity_id
    """,
}
"""Mentions and claims as they are published: the document's own entities replaced by the entities they are."""


class WorkingStore:
    """The working file at `path`; it is made when first written, and holds nothing that a run cannot make again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, frames: Mapping[type[Row], pl.DataFrame]) -> None:
        """Replace the whole content of the tables in one transaction.

        Raises SchemaMismatchError before anything is written where a frame is not what its model declares, StoreError
        where the file cannot be used.
        """
        for model, frame in frames.items():
            check_schema(model, frame)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open_database(self.path) as connection:
            connection.begin()
            _declare_tables(connection)
            for model, frame in frames.items():
                spec = describe_table(model)
                connection.execute(f'DELETE FROM "{spec.name}"')
                connection.register("incoming", frame)
                connection.execute(f'INSERT INTO "{spec.name}" SELECT * FROM incoming')
                connection.unregister("incoming")
            connection.commit()

    @contextmanager
    def read(self) -> Generator[Reader]:
        """Yield a reader; no other process can write while it is open. Raises StoreError where there is no file yet."""
        with open_database(self.path, read_only=True) as connection:
            yield Reader(connection)

    def table(self, model: type[Row], columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return one table, or the named columns of it; without rows where no run has written it yet."""
        if not self.path.exists():
            return pl.DataFrame(schema=polars_schema(model, columns))
        with self.read() as reader:
            return reader.table(model, columns)


def _declare_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing, and anew (empty) what an older version of the models left behind."""
    for model in WORKING_TABLES:
        spec = describe_table(model)
        found = connection.execute(
            "SELECT column_name FROM duckdb_columns() "
            "WHERE table_name = ? AND database_name = current_database() ORDER BY column_index",
            [spec.name],
        ).fetchall()
        if [row[0] for row in found] != [column.name for column in spec.columns]:
            connection.execute(create_working_table_sql(model))
    for name, sql in RESOLVED_VIEWS.items():
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {sql}")
