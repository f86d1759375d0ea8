"""Versions of the code: of Winnow as a whole, and of single steps as a hash of their source and data files."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
_PARTS_OF_EVERY_STEP = ("tables.py", "identifiers.py")


def winnow_version() -> str:
    """Return the version of the installed distribution."""
    return version("winnow")


@cache
def code_version(*packages: str) -> str:
    """Return 12 hex digits that change whenever a file of these packages of `pipeline`, or the row models, change."""
    digest = hashlib.sha256()
    files = [_PACKAGE / name for name in _PARTS_OF_EVERY_STEP]
    for package in packages:
        folder = _PACKAGE / package
        if not folder.is_dir():
            raise ValueError(f"pipeline has no package {package!r}")
        files += sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in files:
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
