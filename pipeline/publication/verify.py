"""Reads a new release back before anyone sees it: content as hashed, references whole, views that answer."""

from pathlib import Path

from pipeline.publication.sources import CONTENT_SOURCES, load_views
from pipeline.schema import describe_table
from pipeline.storage import Reader, open_database
from pipeline.tables import PUBLISHED_TABLES, Claim, Row


class VerificationError(RuntimeError):
    """A new release does not read back as it was written; it is not published."""


def verify_release(database: Path, expected_hashes: dict[str, str], release_id: str) -> dict[str, int]:
    """Return the number of rows of each published table.

    Raises VerificationError, naming the table, where content differs from what was judged, a reference leads nowhere,
    a claim is not stamped with this release, or a view does not answer.
    """
    with open_database(database, read_only=True) as connection:
        reader = Reader(connection)
        for model in CONTENT_SOURCES:
            if reader.content_hash(model) != expected_hashes[model.table]:
                raise VerificationError(f"{model.table} reads back other than it was judged")
        for model in PUBLISHED_TABLES:
            _verify_references(reader, model)
        if reader.count(f"SELECT count(*) FROM {Claim.table} WHERE release_id IS DISTINCT FROM '{release_id}'"):
            raise VerificationError(f"{Claim.table} holds rows of another release")
        for view in load_views():
            reader.count(f'SELECT count(*) FROM "{view.name}"')
        return {model.table: reader.count(f'SELECT count(*) FROM "{model.table}"') for model in PUBLISHED_TABLES}


def _verify_references(reader: Reader, model: type[Row]) -> None:
    published = {table.table for table in PUBLISHED_TABLES}
    for column in describe_table(model).columns:
        if column.references is None or column.references[0] not in published:
            continue
        table, key = column.references
        lost = reader.count(
            f'SELECT count(*) FROM "{model.table}" t ANTI JOIN "{table}" r ON t."{column.name}" = r."{key}" '
            f'WHERE t."{column.name}" IS NOT NULL'
        )
        if lost:
            raise VerificationError(f"{model.table}.{column.name}: {lost} rows refer to no row of {table}")
