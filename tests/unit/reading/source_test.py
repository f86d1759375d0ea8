"""A source folder becomes one row a file, whatever the files hold."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from pipeline.reading import ReadingLimits, SourceError, SourceReading, read_source
from pipeline.schema import empty_frame, polars_schema
from pipeline.tables import RawDocument

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)
ARTICLE = b"Alibaba said on Monday that it would invest $50 billion in cloud computing over three years.\n"


def read(source: Path, previous: pl.DataFrame | None = None, now: datetime = NOW, limit: int = 10_000) -> SourceReading:
    before = empty_frame(RawDocument) if previous is None else previous
    return read_source(source, before, ReadingLimits(max_bytes=limit), now)


def row(reading: SourceReading, uri: str) -> RawDocument:
    rows = reading.raw_documents.filter(pl.col("source_uri") == uri).rows(named=True)
    assert len(rows) == 1
    return RawDocument(**rows[0])


def test_documents_are_found_below_the_folder_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/deep/c.HTML", "a/d.htm", ".hidden.txt", "README.txt", "corrections/x.txt", "e.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ARTICLE + name.encode())
    reading = read(tmp_path)
    assert reading.raw_documents["source_uri"].to_list() == ["a/d.htm", "a/deep/c.HTML", "b.txt"]
    assert reading.raw_documents.schema == polars_schema(RawDocument)
    assert reading.ignored == ("e.pdf",)
    assert row(reading, "b.txt").content == (ARTICLE + b"b.txt").decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\0\0", "not_text"),
        (bytes(range(256)) * 10, "not_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x06" * 20, "not_text"),
        (b"\xef\xbb\xbf" + b"\xff" * 50, "undecodable"),
        (bytes(range(128, 256)) * 4, "undecodable"),
        (b"x" * 10_001, "too_large"),
    ],
)
def test_what_is_no_text_is_rejected_with_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_bytes(ARTICLE)
    reading = read(tmp_path)
    bad = row(reading, "bad.txt")
    assert bad.rejection_reason == reason
    assert bad.rejection_detail
    assert bad.content is None
    assert bad.byte_count == len(data)
    assert row(reading, "good.txt").rejection_reason is None


def test_a_large_file_is_judged_by_its_size_alone(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    rejected = row(read(tmp_path, limit=10_000_000), "huge.txt")
    assert (rejected.rejection_reason, rejected.content_sha256) == ("too_large", None)
    assert rejected.rejection_detail == "50,000,000 bytes; at most 10,000,000 are read"


def test_links_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "up").symlink_to(tmp_path, target_is_directory=True)
    reading = read(tmp_path)
    assert reading.raw_documents["source_uri"].to_list() == ["a.txt", "dangling.txt", "loop.txt"]
    assert row(reading, "dangling.txt").rejection_detail == "a link to a file that does not exist"
    assert row(reading, "loop.txt").rejection_detail == "a link that leads back to itself"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert row(read(tmp_path), "pipe.txt").rejection_reason == "unreadable"


@contextmanager
def without_privileges() -> Generator[None]:
    """Run as nobody where the tests run as root, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a.txt").write_bytes(ARTICLE)
        (folder / "secret.txt").write_bytes(ARTICLE)
        (folder / "secret.txt").chmod(0)
        (folder / "locked").mkdir(mode=0)
        try:
            with without_privileges():
                reading = read(folder)
        finally:
            (folder / "locked").chmod(0o755)
    assert row(reading, "locked").rejection_detail == "the folder: permission denied"
    assert row(reading, "secret.txt").rejection_reason == "unreadable"
    assert row(reading, "a.txt").content


def test_of_equal_bytes_the_first_is_kept(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_bytes(ARTICLE)
    reading = read(tmp_path)
    assert row(reading, "a.txt").content
    assert row(reading, "b.txt").rejection_reason == row(reading, "c.txt").rejection_reason == "duplicate_bytes"
    assert row(reading, "c.txt").rejection_detail == "the same bytes as a.txt"


def test_a_file_that_goes_while_the_source_is_read_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(ARTICLE + name.encode())

    def remove_next(done: int, _total: int) -> None:
        if done == 1:
            (tmp_path / "b.txt").unlink()

    reading = read_source(tmp_path, empty_frame(RawDocument), ReadingLimits(), NOW, remove_next)
    assert row(reading, "b.txt").rejection_reason == "vanished"
    assert row(reading, "a.txt").content


def test_a_name_that_is_no_utf8_becomes_valid_and_unique(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\\xe9.txt", "café.txt".encode()):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_bytes(ARTICLE + name)
    names = read(tmp_path).raw_documents["source_uri"].to_list()
    assert names == ["caf\\x5cxe9.txt", "caf\\xe9.txt", "café.txt"]


def test_changes_against_the_run_before(tmp_path: Path) -> None:
    for name in ("same.txt", "edited.txt", "gone.txt"):
        (tmp_path / name).write_bytes(ARTICLE + name.encode())
    first = read(tmp_path).raw_documents
    assert set(first["change"]) == {"new"}
    (tmp_path / "edited.txt").write_bytes(ARTICLE + b"Edited.")
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "added.txt").write_bytes(ARTICLE + b"Added.")
    second = read(tmp_path, first, LATER)
    changes = dict(second.raw_documents.select("source_uri", "change").iter_rows())
    assert changes == {"added.txt": "new", "edited.txt": "changed", "gone.txt": "vanished", "same.txt": "unchanged"}
    assert row(second, "same.txt").ingested_at == NOW.replace(tzinfo=None)
    assert row(second, "edited.txt").ingested_at == LATER.replace(tzinfo=None)
    assert row(second, "gone.txt").content is None
    third = read(tmp_path, second.raw_documents, LATER).raw_documents
    assert third["source_uri"].to_list() == ["added.txt", "edited.txt", "same.txt"]
    assert set(third["change"]) == {"unchanged"}


def test_a_rejected_file_is_unchanged_too(tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_bytes(b"x" * 20_000)
    (tmp_path / "empty.txt").write_bytes(b"")
    first = read(tmp_path).raw_documents
    assert set(read(tmp_path, first, LATER).raw_documents["change"]) == {"unchanged"}


@pytest.mark.parametrize("name", ["missing", "file.txt", "bare"])
def test_a_source_that_is_none_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_bytes(ARTICLE)
    (tmp_path / "bare").mkdir()
    with pytest.raises(SourceError) as raised:
        read(tmp_path / name)
    assert str(tmp_path / name) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", b"Prices rose 5% <sic> in May.", "text"),
        ("a.txt", b"<!DOCTYPE html><title>News</title><p>Prices rose.", "html"),
        ("a.html", b"<p>Prices rose.</p>", "html"),
        ("a.html", b"Prices rose, and 3 < 5.", "text"),
    ],
)
def test_the_media_type_is_what_the_bytes_hold(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert row(read(tmp_path), name).media_type == media_type
