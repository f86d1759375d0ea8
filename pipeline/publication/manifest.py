"""The manifest of a release: what it holds, what changed, and the checksum of every file beside it."""

import hashlib
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.publication.changes import TableChanges

MANIFEST_NAME = "manifest.json"


class Manifest(BaseModel):
    """What `manifest.json` of a release says; checksums are SHA-256, paths relative to the manifest."""

    model_config = ConfigDict(frozen=True)

    release_id: str
    created_at: datetime
    code_version: str
    previous_release_id: str | None
    row_counts: dict[str, int]
    content_hashes: dict[str, str]
    changes: dict[str, TableChanges]
    files: dict[str, str]


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder` but the manifest, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST_NAME
    }


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into the release's folder."""
    (folder / MANIFEST_NAME).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a release's folder. Raises OSError or ValueError where there is none."""
    return Manifest.model_validate_json((folder / MANIFEST_NAME).read_bytes())
