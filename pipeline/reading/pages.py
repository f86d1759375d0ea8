"""The bytes of HTML pages, kept under their hash, so that a release can show a page as it was found."""

import os
from pathlib import Path


def name_page(folder: Path, sha256: str) -> Path:
    """Return where the page with this hash is kept."""
    return folder / f"{sha256}.html"


def keep_page(folder: Path, sha256: str, data: bytes) -> None:
    """Write the page unless it is there already; a crash leaves no half page."""
    path = name_page(folder, sha256)
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(f".{os.getpid()}")
    written.write_bytes(data)
    written.replace(path)
