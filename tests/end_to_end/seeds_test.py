"""The main job over the seeds: one run publishes, a second finds nothing new, a rebuild from nothing is the same."""

import json
from pathlib import Path

from pipeline.publication.history import read_last_release
from pipeline.publication.manifest import hash_file, read_manifest
from pipeline.publication.sources import CONTENT_SOURCES, load_views
from pipeline.schema import describe_table
from pipeline.settings import Settings
from pipeline.storage import Reader, open_database
from pipeline.tables import PUBLISHED_TABLES
from tests.end_to_end.conftest import SEEDS, Refresh, Run


def test_run_succeeds_with_every_check_passed(seeds_run: Run) -> None:
    assert seeds_run.result.success
    assert seeds_run.failed_checks() == {}


def test_published_file_has_every_table_view_and_comment(seeds_run: Run) -> None:
    with open_database(seeds_run.settings.published_file, read_only=True) as connection:
        reader = Reader(connection)
        for model in PUBLISHED_TABLES:
            assert reader.table(model).columns == list(model.model_fields)
        comments = dict(reader.query("SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal").rows())
        assert comments == {model.table: describe_table(model).description for model in PUBLISHED_TABLES}
        uncommented = reader.query(
            "SELECT table_name, column_name FROM duckdb_columns() c SEMI JOIN duckdb_tables() t USING (table_name) "
            "WHERE NOT c.internal AND c.comment IS NULL"
        ).rows()
        assert uncommented == []
        views = reader.query("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY 1").rows()
        assert views == [(view.name, view.comment) for view in load_views()]
        assert reader.count("SELECT count(*) FROM claim_evidence") == reader.count("SELECT count(*) FROM claims")


def test_all_seeds_are_published(seeds_run: Run) -> None:
    with open_database(seeds_run.settings.published_file, read_only=True) as connection:
        reader = Reader(connection)
        found = reader.query("SELECT source_uri FROM documents ORDER BY 1")["source_uri"].to_list()
        dates = reader.query("SELECT DISTINCT published_on::VARCHAR FROM documents WHERE source_uri LIKE '000%'")
        repairs = reader.count("SELECT count(*) FROM text_edits WHERE kind = 'glued_words'")
        generated = reader.query("SELECT source_uri FROM documents WHERE is_ai_generated")["source_uri"].to_list()
    assert found == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert dates.item() == "2024-08-21"
    assert repairs == 4
    assert generated == ["004_595a6049404b2aa7.txt"]


def test_release_is_kept_with_checksums_parquet_and_report(seeds_run: Run) -> None:
    release = read_last_release(seeds_run.settings.published_file)
    assert release is not None
    folder = seeds_run.settings.releases_folder / release.release_id
    manifest = read_manifest(folder)
    assert manifest.files["winnow.duckdb"] == hash_file(seeds_run.settings.published_file)
    assert {f"parquet/{model.table}.parquet" for model in PUBLISHED_TABLES} <= set(manifest.files)
    assert all(hash_file(folder / name) == digest for name, digest in manifest.files.items())
    assert (folder / "report" / "index.html").is_file()
    assert manifest.changes["documents"].added == release.document_count == 5


def test_second_run_publishes_nothing_new(copied_run: Settings, refresh: Refresh) -> None:
    before = hash_file(copied_run.published_file)
    run = refresh(copied_run)
    assert run.result.success
    assert hash_file(copied_run.published_file) == before
    (materialization,) = run.result.asset_materializations_for_node("release")
    assert materialization.metadata["is_new"].value is False


def test_rebuild_from_nothing_has_the_same_ids_and_contents(seeds_run: Run, refresh: Refresh, tmp_path: Path) -> None:
    rebuilt = refresh(Settings(source=SEEDS, data=tmp_path / "data"))
    first = read_last_release(seeds_run.settings.published_file)
    second = read_last_release(rebuilt.settings.published_file)
    assert first is not None
    assert second is not None
    assert first.release_id == second.release_id
    assert json.loads(first.content_hashes) == json.loads(second.content_hashes)
    assert {model.table for model in CONTENT_SOURCES} < set(json.loads(first.content_hashes))


def test_changed_and_vanished_documents_are_told(copied_run: Settings, refresh: Refresh, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    kept = sorted(SEEDS.glob("*.txt"))[:4]
    for path in kept:
        (source / path.name).write_bytes(path.read_bytes())
    changed = source / kept[0].name
    with changed.open("a", encoding="utf-8") as file:
        file.write("\nNvidia bought Mellanox for $7 billion.\n")
    settings = Settings(source=source, data=copied_run.data)
    assert refresh(settings).result.success
    release = read_last_release(settings.published_file)
    assert release is not None
    documents = json.loads(release.changes)["documents"]
    assert documents == {"added": 0, "removed": 1, "changed": 1}
    assert release.previous_release_id is not None
    with open_database(settings.published_file, read_only=True) as connection:
        assert Reader(connection).count("SELECT count(*) FROM releases") == 2
