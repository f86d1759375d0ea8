"""The working file: whole or not at all, read as written, and clear words when it cannot be used."""

import multiprocessing
from multiprocessing.synchronize import Event
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.schema import SchemaMismatchError, rows_to_frame
from pipeline.storage import StoreError, WorkingStore, open_database
from pipeline.tables import Entity, EntityAlias, Mention
from tests.worlds import Frames, change_row, sound_frames, write_world


def test_tables_are_read_as_written(tmp_path: Path) -> None:
    frames = sound_frames()
    store = write_world(WorkingStore(tmp_path / "new" / "work.duckdb"), frames)
    for model, frame in frames.items():
        assert store.table(model).equals(frame.sort(store.table(model).columns[0]))


def test_a_table_that_no_run_has_written_is_empty(tmp_path: Path) -> None:
    assert WorkingStore(tmp_path / "work.duckdb").table(Entity).is_empty()


def test_a_wrong_frame_leaves_every_table_as_it_was(tmp_path: Path) -> None:
    store = write_world(WorkingStore(tmp_path / "work.duckdb"), sound_frames())
    before = store.table(Entity)
    with pytest.raises(SchemaMismatchError):
        store.write({Entity: before.clear(), Mention: pl.DataFrame({"mention_id": ["m"]})})
    assert store.table(Entity).equals(before)


def test_a_table_of_an_older_shape_is_made_anew(tmp_path: Path) -> None:
    store = write_world(WorkingStore(tmp_path / "work.duckdb"), sound_frames())
    with open_database(store.path) as connection:
        connection.execute("ALTER TABLE entity_aliases DROP alias_kind")
    store.write({Entity: store.table(Entity)})
    assert store.table(EntityAlias).is_empty()
    assert len(store.table(Entity)) == 2


def test_fingerprints_see_every_change_and_no_order(tmp_path: Path) -> None:
    frames = sound_frames()

    def fingerprints(changed: Frames) -> tuple[str, str]:
        store = write_world(WorkingStore(tmp_path / "work.duckdb"), changed)
        with store.read() as reader:
            return reader.fingerprint(["entities"]), reader.content_hash(Entity)

    first = fingerprints(frames)
    assert fingerprints({**frames, Entity: frames[Entity].reverse()}) == first
    assert fingerprints(change_row(frames, Entity, ticker="MSFT")) != first


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_the_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    store = WorkingStore(tmp_path_factory.getbasetemp() / "texts.duckdb")
    row = EntityAlias.model_construct(entity_id="e", alias=name, alias_kind="name")
    store.write({EntityAlias: rows_to_frame(EntityAlias, [row])})
    assert store.table(EntityAlias)["alias"].item() == name


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 5000])
def test_a_file_that_is_no_database_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "work.duckdb"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"work\.duckdb"), open_database(path):
        pass


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make run"), open_database(tmp_path / "none.duckdb", read_only=True):
        pass


def hold(path: Path, held: Event, release: Event) -> None:
    with open_database(path):
        held.set()
        release.wait(30)


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path / "work.duckdb", held, release))
    other.start()
    try:
        assert held.wait(60)
        with (
            pytest.raises(StoreError, match="in use by another process"),
            open_database(tmp_path / "work.duckdb", wait_seconds=0.5),
        ):
            pass
        release.set()
        with open_database(tmp_path / "work.duckdb", wait_seconds=30) as connection:
            assert connection.execute("SELECT 1").fetchall() == [(1,)]
    finally:
        release.set()
        other.join(30)
