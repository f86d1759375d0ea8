"""A release: refused without verdicts, swapped in whole, kept in number, and readable by DuckDB 1.5."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from checks.judge import judge_checks
from pipeline.publication import Publication, publish_release
from pipeline.publication.history import PublishedFileError, read_last_release, to_baseline
from pipeline.publication.manifest import hash_file
from pipeline.publication.verify import VerificationError
from pipeline.quality.catalog import list_checks
from pipeline.quality.coverage import VolumeBounds
from pipeline.quality.gate import GateError
from pipeline.quality.verdicts import VerdictStore
from pipeline.reading.pages import keep_page
from pipeline.storage import Reader, WorkingStore, open_database
from pipeline.tables import Claim, Document, Entity
from tests.worlds import NOON, Frames, change_row, sound_frames, write_world

CHECKS = list_checks(VolumeBounds())

READ_EVIDENCE = """
import sys, duckdb
print(duckdb.connect(sys.argv[1], read_only=True).execute("FROM claim_evidence").fetchall())
"""
READ_TWICE = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("SELECT name FROM entities ORDER BY 1").fetchall(), flush=True)
input()
print(connection.execute("SELECT name FROM entities ORDER BY 1").fetchall())
"""


@dataclass
class Site:
    """A working file and what is published from it."""

    folder: Path
    releases_made: int = 0

    @property
    def published(self) -> Path:
        return self.folder / "winnow.duckdb"

    def judge(self, frames: Frames) -> None:
        store = write_world(WorkingStore(self.folder / "work.duckdb"), frames)
        baseline = to_baseline(read_last_release(self.published))
        with store.read() as reader:
            for verdict in judge_checks(reader, CHECKS, baseline):
                VerdictStore(self.folder / "verdicts").save(verdict)

    def publish(self, write_report: Callable[[Path, Path], None] = lambda _database, _folder: None) -> Publication:
        self.releases_made += 1
        return publish_release(
            self.folder / "work.duckdb",
            self.published,
            self.folder / "releases",
            checks=CHECKS,
            verdicts=VerdictStore(self.folder / "verdicts"),
            pages=self.folder / "pages",
            write_report=write_report,
            keep=2,
            now=NOON + timedelta(days=self.releases_made),
        )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.judge(sound_frames())
    return made


def name_entity(name: str) -> Frames:
    return change_row(sound_frames(), Entity, name=name)


def test_first_release_adds_every_row(site: Site) -> None:
    publication = site.publish()
    assert publication.is_new
    assert publication.changes["mentions"].added == 2
    with open_database(site.published, read_only=True) as connection:
        claim = Reader(connection).query("SELECT release_id, subject_entity_id, fact_id FROM claims").row(0)
    assert claim == (publication.release.release_id, "ent_1", "fact_1")


def test_the_same_content_is_not_published_again(site: Site) -> None:
    first = site.publish()
    before = hash_file(site.published)
    site.judge(sound_frames())
    second = site.publish()
    assert not second.is_new
    assert second.release == first.release
    assert hash_file(site.published) == before


def test_changed_rows_are_listed_and_old_releases_dropped(site: Site) -> None:
    first = site.publish()
    publications = [first]
    for name in ("Microsoft Corporation", "Microsoft Corp."):
        site.judge(name_entity(name))
        publications.append(site.publish())
    assert publications[1].changes["entities"].model_dump() == {"added": 0, "removed": 0, "changed": 1}
    assert publications[1].release.previous_release_id == first.release.release_id
    kept = {folder.name for folder in (site.folder / "releases").iterdir()}
    assert kept == {publication.release.release_id for publication in publications[1:]}
    with open_database(site.published, read_only=True) as connection:
        assert Reader(connection).count("SELECT count(*) FROM releases") == 3


def test_content_that_returns_is_a_release_of_its_own(site: Site) -> None:
    first = site.publish()
    site.judge(name_entity("Other"))
    site.publish()
    site.judge(sound_frames())
    again = site.publish()
    assert again.is_new
    assert again.release.release_id != first.release.release_id


def test_a_published_file_that_someone_changed_is_replaced(site: Site) -> None:
    site.publish()
    with open_database(site.published) as connection:
        connection.execute("UPDATE entities SET name = 'Forged'")
    site.judge(sound_frames())
    site.publish()
    with open_database(site.published, read_only=True) as connection:
        assert Reader(connection).count("SELECT count(*) FROM entities WHERE name = 'Forged'") == 0


def test_pages_of_html_documents_are_kept_beside_the_file(site: Site) -> None:
    site.judge(change_row(sound_frames(), Document, raw_html_sha256="c" * 64))
    with pytest.raises(VerificationError, match="is gone"):
        site.publish()
    keep_page(site.folder / "pages", "c" * 64, b"<p>Microsoft bought GitHub.")
    publication = site.publish()
    assert (publication.folder / "pages" / f"{'c' * 64}.html").read_bytes() == b"<p>Microsoft bought GitHub."


def test_verdicts_about_other_data_are_refused(site: Site) -> None:
    write_world(WorkingStore(site.folder / "work.duckdb"), name_entity("Other"))
    with pytest.raises(GateError, match="entities_completeness on table entities judged other data"):
        site.publish()
    assert not site.published.exists()


def test_a_crash_while_writing_leaves_the_old_file_whole(site: Site) -> None:
    site.publish()
    before = hash_file(site.published)
    site.judge(name_entity("Other"))

    def crash(_database: Path, _folder: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        site.publish(crash)
    assert hash_file(site.published) == before
    assert site.publish().is_new


def test_a_release_that_reads_back_differently_is_not_published(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_content = Reader.content_hash
    seen: list[str] = []

    def changed_second_time(reader: Reader, model: type[Claim], source: str | None = None) -> str:
        seen.append(model.table)
        return "0" * 64 if seen.count("claims") == 2 else hash_content(reader, model, source)

    monkeypatch.setattr(Reader, "content_hash", changed_second_time)
    with pytest.raises(VerificationError, match="claims reads back other than it was judged"):
        site.publish()
    assert not site.published.exists()


def test_a_reader_with_the_old_file_open_keeps_it(site: Site) -> None:
    site.publish()
    command = [sys.executable, "-c", READ_TWICE, str(site.published)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        first = reader.stdout.readline()
        site.judge(name_entity("Other"))
        site.publish()
        rest, _ = reader.communicate("\n", timeout=60)
    assert rest == first


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "winnow.duckdb").write_text("notes")
    with pytest.raises(PublishedFileError, match="move it away"):
        read_last_release(tmp_path / "winnow.duckdb")


@pytest.mark.registry
def test_duckdb_1_5_opens_the_file(site: Site) -> None:
    site.publish()
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    command = [uv, "run", "--no-project", "--isolated", "--quiet", "--with", "duckdb==1.5.*"]
    command += ["python", "-c", READ_EVIDENCE, str(site.published)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("uv is not here to install DuckDB 1.5")
    if "No solution found" in done.stderr or "Failed to fetch" in done.stderr:
        pytest.skip("the package registry cannot be reached for DuckDB 1.5")
    assert done.returncode == 0, done.stderr
    assert "Microsoft" in done.stdout
