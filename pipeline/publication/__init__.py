"""Publishes a release: asks the gate, writes a new file, reads it back, and swaps it in with one atomic rename.

What does not belong here: what is checked (`pipeline.quality`), and how DuckDB files are opened (`pipeline.storage`).
"""

from pipeline.publication.history import PublishedFileError, read_last_release
from pipeline.publication.publish import Publication, publish_release

__all__ = ["Publication", "PublishedFileError", "publish_release", "read_last_release"]
