"""Reading a source folder into rows of `raw_documents`.

What belongs here: one row a file, with its bytes' hash, its text or the reason why there is none, and how it differs
from the run before. What does not: how folders are walked and bytes decoded, which are modules of their own.
"""

import errno
import hashlib
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipeline.reading.decoding import decode
from pipeline.reading.files import FoundFile, Listing, list_files
from pipeline.reading.limits import ReadingLimits
from pipeline.reading.pages import keep_page
from pipeline.reading.rejection import RejectedFileError, Rejection
from pipeline.schema import check_schema, rows_to_frame
from pipeline.tables import MediaType, RawDocument, SourceChange

_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class SourceError(Exception):
    """The source as a whole cannot be read; the message is one line that says what to do."""


class SourceReading(NamedTuple):
    """What a source holds: a frame of `raw_documents`, and the names of files of other kinds."""

    raw_documents: pl.DataFrame
    ignored: tuple[str, ...]


class _Bytes(NamedTuple):
    """What reading one file gave: each part as far as it came."""

    sha256: str | None = None
    byte_count: int | None = None
    media_type: MediaType | None = None
    encoding: str | None = None
    content: str | None = None
    rejection: Rejection | None = None


def read_source(
    source: Path,
    previous: pl.DataFrame,
    limits: ReadingLimits,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    pages: Path | None = None,
) -> SourceReading:
    """Return the documents below `source`, one row each in the order of `source_uri`, with the columns of RawDocument.

    `previous` is the `raw_documents` frame of the run before, empty in the first run: rows of it that are gone come
    back once with change `vanished`, and rows whose bytes are the same keep their `ingested_at`. A file that cannot be
    read is a row with a rejection reason; it never stops the others. Of files with the same bytes the first by name is
    kept. `progress` is called with the number of files read and of all. The bytes of HTML pages are kept in the folder
    `pages`, named by their hash.

    Raises SourceError where the source does not exist, is no folder, or holds no document.
    """
    listing = find_documents(source)
    before = {row.source_uri: row for row in _rows(check_schema(RawDocument, previous)) if row.change != "vanished"}
    found = {uri: _Bytes(rejection=rejection) for uri, rejection in listing.unreadable}
    first_with: dict[str, str] = {}
    for done, file in enumerate(listing.documents, start=1):
        found[file.source_uri] = _set_aside_copy(_read_file(file, limits, pages), file.source_uri, first_with)
        if progress is not None:
            progress(done, len(listing.documents))
    moment = now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now
    rows = [_row(uri, found[uri], before.get(uri), moment) for uri in found]
    rows += [_vanished(row) for uri, row in before.items() if uri not in found]
    rows.sort(key=lambda row: row.source_uri)
    return SourceReading(rows_to_frame(RawDocument, rows), listing.ignored)


def find_documents(source: Path) -> Listing:
    """Return what the source folder holds, without opening a file.

    Raises SourceError where the source does not exist, is no folder, or holds no document.
    """
    if not source.exists():
        raise SourceError(f"{source} does not exist: name a folder of *.txt, *.html or *.htm files")
    if not source.is_dir():
        raise SourceError(f"{source} is no folder: name the folder that holds it")
    listing = list_files(source)
    if not listing.documents and not listing.unreadable:
        raise SourceError(f"{source} holds no document: put *.txt, *.html or *.htm files there, or name another folder")
    return listing


def _rows(frame: pl.DataFrame) -> list[RawDocument]:
    return [RawDocument.model_construct(**row) for row in frame.iter_rows(named=True)]


def _read_file(file: FoundFile, limits: ReadingLimits, pages: Path | None) -> _Bytes:
    """Read and decode one file, never more of it than the limit, and keep the bytes of a page."""
    try:
        status = file.path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _Bytes(rejection=Rejection("unreadable", "no regular file"))
        if status.st_size > limits.max_bytes:
            return _Bytes(byte_count=status.st_size, rejection=_too_large(status.st_size, limits))
        with file.path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except OSError as error:
        return _Bytes(rejection=_explain(error, file.path))
    if len(data) > limits.max_bytes:
        return _Bytes(rejection=_too_large(len(data), limits))
    read = _decode_file(data, file.path)
    if pages is not None and read.sha256 is not None and read.media_type == "html":
        keep_page(pages, read.sha256, data)
    return read


def _decode_file(data: bytes, path: Path) -> _Bytes:
    read = _Bytes(sha256=hashlib.sha256(data).hexdigest(), byte_count=len(data))
    try:
        decoded = decode(data)
    except RejectedFileError as error:
        return read._replace(rejection=error.rejection)
    if not decoded.text.strip().strip("\0"):
        how = "only white space" if data else "no bytes"
        return read._replace(encoding=decoded.encoding, rejection=Rejection("empty", f"the file holds {how}"))
    return read._replace(media_type=_media_type(decoded.text, path), encoding=decoded.encoding, content=decoded.text)


def _media_type(text: str, path: Path) -> MediaType:
    """Judge by what the text is; the name decides only where that is open."""
    if _PAGE_START.match(text):
        return "html"
    return "html" if path.suffix.lower() != ".txt" and _ANY_TAG.search(text) else "text"


def _too_large(size: int, limits: ReadingLimits) -> Rejection:
    return Rejection("too_large", f"{size:,} bytes; at most {limits.max_bytes:,} are read")


def _explain(error: OSError, path: Path) -> Rejection:
    if error.errno == errno.ELOOP:
        return Rejection("unreadable", "a link that leads back to itself")
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return Rejection("unreadable", "a link to a file that does not exist")
        return Rejection("vanished", "the file was there when the folder was listed and gone when it was read")
    return Rejection("unreadable", (error.strerror or type(error).__name__).lower())


def _set_aside_copy(read: _Bytes, source_uri: str, first_with: dict[str, str]) -> _Bytes:
    """Return the reading itself, or its rejection where a file before it has the same bytes."""
    if read.sha256 is None or read.rejection is not None:
        return read
    first = first_with.setdefault(read.sha256, source_uri)
    if first == source_uri:
        return read
    return read._replace(content=None, rejection=Rejection("duplicate_bytes", f"the same bytes as {first}"))


def _row(source_uri: str, read: _Bytes, before: RawDocument | None, moment: datetime) -> RawDocument:
    change = _change(read, before)
    reason, detail = read.rejection or (None, None)
    return RawDocument(
        source_uri=source_uri,
        content_sha256=read.sha256,
        byte_count=read.byte_count,
        media_type=read.media_type,
        encoding=read.encoding,
        content=read.content,
        change=change,
        rejection_reason=reason,
        rejection_detail=detail,
        ingested_at=before.ingested_at if before is not None and change == "unchanged" else moment,
    )


def _change(read: _Bytes, before: RawDocument | None) -> SourceChange:
    """Compare bytes; of files that could not be read, what is known of them."""
    if before is None:
        return "new"
    if read.sha256 is None:
        reason = read.rejection.reason if read.rejection else None
        same = (before.content_sha256, before.byte_count, before.rejection_reason) == (None, read.byte_count, reason)
    else:
        same = read.sha256 == before.content_sha256
    return "unchanged" if same else "changed"


def _vanished(row: RawDocument) -> RawDocument:
    return row.model_copy(
        update={"change": "vanished", "content": None, "rejection_reason": None, "rejection_detail": None}
    )
