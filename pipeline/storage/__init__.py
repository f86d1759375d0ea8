"""The only place that opens DuckDB: the working file between steps, the results that steps keep, and the connections
that publication writes with.

What does not belong here: what the tables mean (`pipeline.tables`), what is good data (`pipeline.quality`), and how a
release is made (`pipeline.publication`).
"""

from pipeline.storage.connection import StoreError, open_database
from pipeline.storage.reader import Reader
from pipeline.storage.release_file import ReleaseWriter, write_release_file
from pipeline.storage.results import ResultFile
from pipeline.storage.working import WorkingStore

__all__ = [
    "Reader",
    "ReleaseWriter",
    "ResultFile",
    "StoreError",
    "WorkingStore",
    "open_database",
    "write_release_file",
]
