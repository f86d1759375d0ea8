"""Tells whether a source folder changed, from names, sizes and times alone: cheap enough to ask every half minute."""

import hashlib
from pathlib import Path

from pipeline.reading.source import find_documents


def fingerprint_source(source: Path) -> str:
    """Return a hash that changes when a document of the source appears, changes or goes.

    Raises SourceError where the source does not exist or holds no document.
    """
    listing = find_documents(source)
    digest = hashlib.sha256()
    for file in listing.documents:
        try:
            status = file.path.stat()
            state = f"{status.st_size} {status.st_mtime_ns}"
        except OSError as error:
            state = str(error.errno)
        digest.update(f"{file.source_uri} {state}\n".encode())
    for name, rejection in listing.unreadable:
        digest.update(f"{name} {rejection.reason}\n".encode())
    return digest.hexdigest()
