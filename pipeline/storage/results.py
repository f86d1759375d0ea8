"""The file of results that steps need not make again (see `pipeline.memory`). It can be deleted at any time."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from pipeline.storage.connection import open_database

_DECLARE = "CREATE TABLE IF NOT EXISTS results (step VARCHAR, key VARCHAR, result VARCHAR, PRIMARY KEY (step, key))"


class ResultFile:
    """Results as text by step and key, in the DuckDB file at `path`; it is made when first written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def recall(self, step: str, keys: Sequence[str]) -> dict[str, str]:
        """Return the kept results among `keys`. Raises StoreError where the file is damaged."""
        if not self.path.exists():
            return {}
        with open_database(self.path, read_only=True) as connection:
            rows = connection.execute(
                "SELECT key, result FROM results WHERE step = ? AND list_contains(?, key)", [step, list(keys)]
            ).fetchall()
        return {str(key): str(result) for key, result in rows}

    def remember(self, step: str, results: Mapping[str, str]) -> None:
        """Keep results, in place of those of the same keys. Raises StoreError where the file cannot be used."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        incoming = pl.DataFrame({"step": step, "key": list(results), "result": list(results.values())})
        with open_database(self.path) as connection:
            connection.execute(_DECLARE)
            connection.register("incoming", incoming)
            connection.execute("INSERT OR REPLACE INTO results SELECT step, key, result FROM incoming")

    def keep_only(self, step: str, keys: Sequence[str]) -> None:
        """Let go of all results of the step but those of `keys`. Raises StoreError where the file cannot be used."""
        if not self.path.exists():
            return
        with open_database(self.path) as connection:
            connection.register("wanted", pl.DataFrame({"key": list(keys)}, schema={"key": pl.String}))
            connection.execute("DELETE FROM results WHERE step = ? AND key NOT IN (SELECT key FROM wanted)", [step])
