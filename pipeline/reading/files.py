"""Finding the files of a source folder.

What belongs here: which paths are documents, how they are named, folders and links that cannot be followed. What does
not: the bytes of the files.
"""

import os
from pathlib import Path
from typing import NamedTuple

from pipeline.reading.rejection import Rejection

_DOCUMENT_SUFFIXES = frozenset({".txt", ".html", ".htm"})
_CORRECTIONS_FOLDER = "corrections"


class FoundFile(NamedTuple):
    """A document's file: its name in the tables and where it is."""

    source_uri: str
    path: Path


class Listing(NamedTuple):
    """What a source folder holds, each part in the order of its names."""

    documents: tuple[FoundFile, ...]
    unreadable: tuple[tuple[str, Rejection], ...]
    ignored: tuple[str, ...]


def list_files(source: Path) -> Listing:
    """Return the documents below `source`, what could not be entered, and the names of files of other kinds.

    Documents are `*.txt`, `*.html` and `*.htm` in any letter case. Hidden files and folders, files called `README*`
    and the folder `corrections` at the top are not part of a source. Linked folders are followed once.
    """
    documents: list[FoundFile] = []
    unreadable: list[tuple[str, Rejection]] = []
    ignored: list[str] = []
    visited: set[tuple[int, int]] = set()
    folders, linked_folders = [source], list[Path]()
    while folders or linked_folders:
        folder = folders.pop() if folders else linked_folders.pop(0)
        try:
            identity = _identify(folder)
            if identity in visited:
                continue
            visited.add(identity)
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            unreadable.append((name_of(folder, source), Rejection("unreadable", f"the folder: {_words(error)}")))
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") or path == source / _CORRECTIONS_FOLDER:
                continue
            if path.is_dir():
                (linked_folders if entry.is_symlink() else folders).append(path)
            elif path.suffix.lower() not in _DOCUMENT_SUFFIXES:
                ignored.append(name_of(path, source))
            elif not entry.name.upper().startswith("README"):
                documents.append(FoundFile(name_of(path, source), path))
    return Listing(tuple(sorted(documents)), tuple(sorted(unreadable)), tuple(sorted(ignored)))


def name_of(path: Path, source: Path) -> str:
    r"""Return the path below the source with forward slashes, as valid Unicode.

    Bytes of a file name that are no UTF-8 are written `\xNN`, and so is a backslash, so that two files never share a
    name.
    """
    relative = path.relative_to(source).as_posix().replace("\\", "\\x5c")
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def _identify(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _words(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
