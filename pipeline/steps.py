"""The steps of the pipeline as one value, wired with settings: what assets call, and what a test or user can replace.

What does not belong here: any logic of a step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import polars as pl

from pipeline.cleaning import Cleaned, clean_documents
from pipeline.extraction.documents import Extracted, extract_documents
from pipeline.extraction.own import OwnExtractor
from pipeline.knowledge import list_files, load_knowledge
from pipeline.language import load_language
from pipeline.memory import Memory
from pipeline.predicates import load_registry
from pipeline.publication import Publication, publish_release, read_last_release
from pipeline.publication.history import to_baseline
from pipeline.publication.manifest import hash_file
from pipeline.quality.catalog import list_checks
from pipeline.quality.coverage import VolumeBounds
from pipeline.quality.model import Baseline, Check
from pipeline.quality.verdicts import VerdictStore
from pipeline.reading import ReadingLimits, SourceReading, read_source
from pipeline.reporting.evidence import write_evidence_report
from pipeline.resolution import Resolved, load_corrections, resolve
from pipeline.settings import Settings
from pipeline.storage import ResultFile
from pipeline.tables import Claim, Document, DocumentEntity, EntityLink, Mention, Row
from pipeline.versions import code_version

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The functions behind the assets, in the order of the graph."""

    read: Callable[[pl.DataFrame, Progress], SourceReading]
    clean: Callable[[pl.DataFrame, Progress], Cleaned]
    extract: Callable[[pl.DataFrame, pl.DataFrame, Progress], Extracted]
    resolve: Callable[[Mapping[type[Row], pl.DataFrame]], Resolved]
    publish: Callable[[], Publication]
    checks: tuple[Check, ...]
    read_baseline: Callable[[], Baseline | None]


def build_steps(settings: Settings) -> Steps:
    """Return the steps as the settings want them. Nothing is read or loaded before a step is called."""
    knowledge = cache(lambda: load_knowledge(settings.knowledge))
    extractor = cache(lambda: OwnExtractor(load_language(settings.language_model), knowledge(), load_registry()))
    checks = list_checks(
        VolumeBounds(
            settings.lowest_share_of_last_release, settings.highest_rejected_share, settings.bounds_from_documents
        )
    )

    limits = ReadingLimits(max_bytes=settings.max_document_bytes)

    def recall(step: str, code: str) -> Memory:
        return Memory(step, code, ResultFile(settings.results_file))

    def publish() -> Publication:
        return publish_release(
            settings.working_file,
            settings.published_file,
            settings.releases_folder,
            checks=checks,
            verdicts=VerdictStore(settings.verdicts_folder),
            pages=settings.pages_folder,
            write_report=write_evidence_report,
            keep=settings.keep_releases,
            now=_now(),
        )

    return Steps(
        read=lambda previous, progress: read_source(
            settings.source, previous, limits, _now(), progress, settings.pages_folder
        ),
        clean=lambda raw, progress: clean_documents(raw, _now(), progress, recall("clean", code_version("cleaning"))),
        extract=lambda documents, edits, progress: extract_documents(
            documents, edits, extractor(), progress, recall("extract", _extraction_code(settings))
        ),
        resolve=lambda tables: resolve(
            tables[Document],
            tables[DocumentEntity],
            tables[Mention],
            tables[Claim],
            knowledge(),
            load_corrections(settings.corrections_folder),
            now=_now(),
            previous_links=tables[EntityLink],
        ),
        publish=publish,
        checks=checks,
        read_baseline=lambda: to_baseline(read_last_release(settings.published_file)),
    )


def _extraction_code(settings: Settings) -> str:
    """Return the version of all that extraction depends on but its input: code, models, knowledge."""
    code = code_version("extraction", "language", "knowledge", "predicates", "cleaning")
    own = list_files(settings.knowledge) if settings.knowledge is not None else []
    return " ".join([code, *map(hash_file, own)])


def _now() -> datetime:
    """Return the time in UTC, naive, as timestamp columns hold it."""
    return datetime.now(UTC).replace(tzinfo=None)
