"""Reads what the published file says of itself: the releases so far, the last one first of all."""

from pathlib import Path

from pipeline.quality.model import Baseline
from pipeline.storage import Reader, StoreError, open_database
from pipeline.tables import Release


class PublishedFileError(RuntimeError):
    """The published file cannot be read as one; the message says what to do."""


def read_last_release(published: Path) -> Release | None:
    """Return the newest release in the published file; None where there is no file.

    Raises PublishedFileError where the file is there but is no published file.
    """
    if not published.exists():
        return None
    try:
        with open_database(published, read_only=True) as connection:
            rows = Reader(connection).query("SELECT * FROM releases ORDER BY created_at DESC LIMIT 1").to_dicts()
        return Release.model_validate(rows[0])
    except (StoreError, IndexError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise PublishedFileError(f"{published} is no file that Winnow published; move it away ({reason})") from error


def to_baseline(release: Release | None) -> Baseline | None:
    """Return what checks compare with; None before the first release."""
    if release is None:
        return None
    return Baseline(release.release_id, release.document_count, release.claim_count)
