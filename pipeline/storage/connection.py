"""Opens DuckDB files, waiting for a writer in another process and telling what to do when a file cannot be used."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

WAIT_SECONDS = 60.0
_RETRY_SECONDS = 0.2


class StoreError(RuntimeError):
    """A DuckDB file cannot be used; the message says what to do."""


@contextmanager
def open_database(
    path: Path | None, *, read_only: bool = False, wait_seconds: float = WAIT_SECONDS
) -> Generator[duckdb.DuckDBPyConnection]:
    """Yield a connection to the file (None: a database in memory) and close it afterwards.

    DuckDB lets in one writing process or many reading ones; while another holds the file, this waits.
    Raises StoreError when the wait is over, and when the file is missing for reading, damaged or no DuckDB file.
    """
    connection = _connect(path, read_only=read_only, deadline=time.monotonic() + wait_seconds)
    try:
        yield connection
    finally:
        connection.close()


def _connect(path: Path | None, *, read_only: bool, deadline: float) -> duckdb.DuckDBPyConnection:
    if path is None:
        return duckdb.connect()
    if read_only and not path.exists():
        raise StoreError(f"{path} does not exist: run the pipeline first (make run)")
    while True:
        try:
            return duckdb.connect(path, read_only=read_only)
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise StoreError(
                    f"{path} cannot be opened; move it away and run again: {_first_line(error)}"
                ) from error
            if time.monotonic() >= deadline:
                raise StoreError(
                    f"{path} is in use by another process; wait for it or stop it: {_first_line(error)}"
                ) from error
            time.sleep(_RETRY_SECONDS)
        except duckdb.Error as error:
            raise StoreError(f"{path} is damaged; move it away and run again: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
