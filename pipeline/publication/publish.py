"""Makes one release, from the gate to the atomic rename: a crash leaves the old file or the new, whole."""

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pipeline.identifiers import make_id
from pipeline.publication.changes import TableChanges, count_changes, list_changes
from pipeline.publication.history import read_last_release, to_baseline
from pipeline.publication.manifest import Manifest, hash_file, hash_files, read_manifest, write_manifest
from pipeline.publication.pages import copy_pages
from pipeline.publication.sources import CONTENT_SOURCES, load_views
from pipeline.publication.verify import verify_release
from pipeline.quality.gate import assert_releasable
from pipeline.quality.model import Check
from pipeline.quality.verdicts import Verdict, VerdictStore
from pipeline.schema import create_table_sql, rows_to_frame
from pipeline.storage import Reader, ReleaseWriter, write_release_file
from pipeline.tables import PUBLISHED_TABLES, CheckResult, Claim, Release
from pipeline.versions import winnow_version

DATABASE_NAME = "winnow.duckdb"
CHANGES_NAME = "changes.parquet"
_STAGING_PREFIX = ".building-"


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing came to; `is_new` is false where the content is that of the last release."""

    release: Release
    is_new: bool
    folder: Path
    changes: dict[str, TableChanges]


WriteReport = Callable[[Path, Path], None]
"""Writes the evidence report of a published file (first path) into a folder (second path)."""


def publish_release(
    working: Path,
    published: Path,
    releases: Path,
    *,
    checks: Sequence[Check],
    verdicts: VerdictStore,
    pages: Path,
    write_report: WriteReport,
    keep: int,
    now: datetime,
) -> Publication:
    """Publish what the working file holds, unless the last release holds the same, and return what came of it.

    The release is built in a folder of its own under `releases`, read back, and only then copied beside `published`
    and renamed over it. The HTML pages behind its documents are taken from `pages`. `keep` releases are kept.

    Raises GateError where a verdict is missing, failed or stale, and VerificationError where the new file does not read
    back as written; `published` then keeps its bytes.
    """
    last = read_last_release(published)
    staging = releases / f"{_STAGING_PREFIX}{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    (staging / "parquet").mkdir(parents=True)
    database = staging / DATABASE_NAME
    try:
        with write_release_file(working, database, published if last else None) as writer:
            accepted = assert_releasable(writer.working, checks, verdicts, to_baseline(last))
            hashes = _hash_content(writer.working)
            if last is not None and _is_current(last, hashes, published, releases):
                manifest = read_manifest(releases / last.release_id)
                return Publication(last, False, releases / last.release_id, manifest.changes)
            release, changes = _write_content(writer, last, hashes, accepted, now)
            changes.write_parquet(staging / CHANGES_NAME)
            for model in PUBLISHED_TABLES:
                writer.export_parquet(model, staging / "parquet" / f"{model.table}.parquet")
        row_counts = verify_release(database, hashes, release.release_id)
        copy_pages(database, pages, staging / "pages")
        write_report(database, staging / "report")
        counted = count_changes(changes, CONTENT_SOURCES)
        write_manifest(staging, _describe_release(release, row_counts, hashes, counted, hash_files(staging)))
        folder = releases / release.release_id
        shutil.rmtree(folder, ignore_errors=True)
        staging.replace(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _swap_in(folder / DATABASE_NAME, published)
    _drop_old_releases(releases, keep, current=folder)
    return Publication(release, True, folder, counted)


def _hash_content(reader: Reader) -> dict[str, str]:
    """Return the content hash of each table, and that of the shape of the published file under `schema`."""
    hashes = {model.table: reader.content_hash(model, source) for model, source in CONTENT_SOURCES.items()}
    shape = [statement for model in PUBLISHED_TABLES for statement in create_table_sql(model)]
    shape += [f"{view.name} {view.comment} {view.sql}" for view in load_views()]
    return {**hashes, "schema": make_id("schema", *shape)}


def _is_current(last: Release, hashes: dict[str, str], published: Path, releases: Path) -> bool:
    """Return whether the published file is untouched and holds exactly this content."""
    if json.loads(last.content_hashes) != hashes:
        return False
    try:
        manifest = read_manifest(releases / last.release_id)
    except (OSError, ValueError):
        return False
    return manifest.files.get(DATABASE_NAME) == hash_file(published)


def _write_content(
    writer: ReleaseWriter, last: Release | None, hashes: dict[str, str], accepted: Sequence[Verdict], now: datetime
) -> tuple[Release, pl.DataFrame]:
    """Fill the new file and return its row of `releases` with the list of changed rows."""
    previous_id = last.release_id if last else None
    release_id = make_id("rel", previous_id, *(f"{table}={value}" for table, value in sorted(hashes.items())))
    for model, source in CONTENT_SOURCES.items():
        stamp = f" REPLACE ('{release_id}' AS release_id)" if model is Claim else ""
        writer.copy_table(model, f"SELECT *{stamp} FROM {source}")
    writer.write_frame(CheckResult, rows_to_frame(CheckResult, _to_check_results(release_id, accepted)))
    changes = list_changes(writer.working, CONTENT_SOURCES, has_last=last is not None)
    counted = count_changes(changes, CONTENT_SOURCES)

    def count(table: str) -> int:
        return writer.working.count(f"SELECT count(*) FROM {table}")

    release = Release(
        release_id=release_id,
        created_at=now,
        code_version=winnow_version(),
        document_count=count("documents"),
        rejected_count=count("rejected_documents"),
        mention_count=count("mentions"),
        entity_count=count("entities"),
        claim_count=count("claims"),
        fact_count=count("facts"),
        content_hashes=json.dumps(hashes, sort_keys=True),
        previous_release_id=previous_id,
        changes=json.dumps({table: change.model_dump() for table, change in counted.items()}, sort_keys=True),
    )
    rows = rows_to_frame(Release, [release])
    if last is not None:
        columns = ", ".join(f'"{name}"' for name in rows.columns)
        rows = pl.concat([writer.working.query(f"SELECT {columns} FROM last.main.releases"), rows])
    writer.write_frame(Release, rows)
    for view in load_views():
        writer.create_view(view.name, view.sql, view.comment)
    return release, changes


def _to_check_results(release_id: str, verdicts: Sequence[Verdict]) -> list[CheckResult]:
    return [
        CheckResult(
            release_id=release_id,
            check_name=f"{verdict.check}.{rule.rule}",
            table_name=verdict.table,
            severity=verdict.severity,
            passed=rule.passed,
            evaluated_count=rule.evaluated_count,
            failed_count=rule.failed_count,
            failed_sample=rule.failed_sample,
        )
        for verdict in verdicts
        for rule in verdict.rules
    ]


def _describe_release(
    release: Release,
    row_counts: dict[str, int],
    hashes: dict[str, str],
    changes: dict[str, TableChanges],
    files: dict[str, str],
) -> Manifest:
    return Manifest(
        release_id=release.release_id,
        created_at=release.created_at,
        code_version=release.code_version,
        previous_release_id=release.previous_release_id,
        row_counts=row_counts,
        content_hashes=hashes,
        changes=changes,
        files=files,
    )


def _swap_in(database: Path, published: Path) -> None:
    """Copy the new file beside the published one, make sure that it is on disk, and rename it over."""
    incoming = published.with_name(f".{published.name}.{os.getpid()}")
    try:
        shutil.copyfile(database, incoming)
        with incoming.open("rb+") as file:
            os.fsync(file.fileno())
        incoming.replace(published)
    finally:
        incoming.unlink(missing_ok=True)


def _drop_old_releases(releases: Path, keep: int, *, current: Path) -> None:
    """Remove all but the newest `keep` releases, and what interrupted runs left."""
    dated: list[tuple[datetime, Path]] = []
    for folder in releases.iterdir():
        if folder.name.startswith(_STAGING_PREFIX):
            shutil.rmtree(folder, ignore_errors=True)
        try:
            dated.append((read_manifest(folder).created_at, folder))
        except (OSError, ValueError):
            continue
    for _, folder in sorted(dated, reverse=True)[keep:]:
        if folder != current:
            shutil.rmtree(folder)
