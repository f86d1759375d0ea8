"""A poisoned stage is caught by a named check, nothing is published, and a release run alone refuses as well."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipeline.publication.manifest import hash_file
from pipeline.settings import Settings
from pipeline.steps import Steps, build_steps
from pipeline.storage import WorkingStore
from pipeline.tables import Claim, Document
from tests.end_to_end.conftest import Refresh

Poison = Callable[[Steps], Steps]


def poison_claims(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Poison:
    def poison(steps: Steps) -> Steps:
        extract = steps.extract

        def poisoned(documents: pl.DataFrame, edits: pl.DataFrame, progress: Callable[[int, int], None]):
            extracted = extract(documents, edits, progress)
            return replace(extracted, claims=change(extracted.claims))

        return replace(steps, extract=poisoned)

    return poison


def poison_documents(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Poison:
    def poison(steps: Steps) -> Steps:
        clean = steps.clean

        def poisoned(raw: pl.DataFrame, progress: Callable[[int, int], None]):
            cleaned = clean(raw, progress)
            return replace(cleaned, documents=change(cleaned.documents))

        return replace(steps, clean=poisoned)

    return poison


def first_row(column: str, value: pl.Expr) -> pl.Expr:
    return pl.when(pl.int_range(pl.len()) == 0).then(value).otherwise(pl.col(column)).alias(column)


POISONS: dict[str, tuple[str, str, Poison]] = {
    "a span moved by one": (
        "claims_spans_match_text",
        "claims",
        poison_claims(
            lambda claims: claims.with_columns(
                first_row("start_char", pl.col("start_char") + 1), first_row("end_char", pl.col("end_char") + 1)
            )
        ),
    ),
    "a duplicate id": (
        "claims_uniqueness",
        "claims",
        poison_claims(lambda claims: pl.concat([claims, claims.head(1)])),
    ),
    "a null where none may be": (
        "claims_completeness",
        "claims",
        poison_claims(lambda claims: claims.with_columns(first_row("subject_text", pl.lit(None, pl.String)))),
    ),
    "an unknown predicate": (
        "claims_predicates_fit_registry",
        "claims",
        poison_claims(lambda claims: claims.with_columns(first_row("predicate", pl.lit("admire")))),
    ),
    "a document lost between raw and clean": (
        "documents_accounted_for",
        "documents",
        poison_documents(lambda documents: documents.tail(-1)),
    ),
    "leftover boilerplate": (
        "documents_hold_no_boilerplate",
        "documents",
        poison_documents(
            lambda documents: documents.with_columns(
                first_row("clean_text", pl.col("clean_text") + "\nSign in to join the conversation")
            )
        ),
    ),
}


@pytest.mark.parametrize("name", POISONS)
def test_poisoned_stage_is_caught_and_nothing_is_published(name: str, copied_run: Settings, refresh: Refresh) -> None:
    check, table, poison = POISONS[name]
    before = hash_file(copied_run.published_file)

    run = refresh(copied_run, poison(build_steps(copied_run)))

    assert not run.result.success
    told = run.failed_checks()[check]
    assert check in told
    assert f"table {table}" in told
    assert "e.g. {" in told, "a sample row is shown"
    assert hash_file(copied_run.published_file) == before

    alone = refresh(copied_run, selection=["release"])

    assert not alone.result.success
    refusal = alone.step_errors()["release"]
    assert "nothing is released" in refusal
    assert check in refusal
    assert hash_file(copied_run.published_file) == before


def test_release_alone_refuses_data_that_no_check_saw(copied_run: Settings, refresh: Refresh) -> None:
    before = hash_file(copied_run.published_file)
    store = WorkingStore(copied_run.working_file)
    store.write({Claim: store.table(Claim).with_columns(first_row("confidence", pl.lit(0.5)))})
    run = refresh(copied_run, selection=["release"])
    assert "judged other data than stands there now" in run.step_errors()["release"]
    assert hash_file(copied_run.published_file) == before


def test_release_alone_refuses_without_verdicts(copied_run: Settings, refresh: Refresh) -> None:
    (copied_run.verdicts_folder / "claims_validity.json").unlink()
    run = refresh(copied_run, selection=["release"])
    assert "check claims_validity on table claims has no verdict" in run.step_errors()["release"]


def test_release_alone_publishes_again_what_was_lost(copied_run: Settings, refresh: Refresh) -> None:
    copied_run.published_file.unlink()
    assert refresh(copied_run, selection=["release"]).result.success
    assert copied_run.published_file.is_file()


def test_foreign_file_in_place_of_the_published_one_is_not_overwritten(copied_run: Settings, refresh: Refresh) -> None:
    copied_run.published_file.write_text("notes", encoding="utf-8")
    run = refresh(copied_run)
    assert not run.result.success
    assert "no file that Winnow published" in "\n".join(run.step_errors().values())
    assert copied_run.published_file.read_text(encoding="utf-8") == "notes"


def test_document_that_cannot_be_extracted_does_not_stop_the_rest(
    copied_run: Settings, refresh: Refresh, tmp_path: Path
) -> None:
    steps = build_steps(copied_run)
    documents = WorkingStore(copied_run.working_file).table(Document)
    lost = str(documents["document_id"][0])

    def without_first(documents: pl.DataFrame, edits: pl.DataFrame, progress: Callable[[int, int], None]):
        rest = steps.extract(documents.filter(pl.col("document_id") != lost), edits, progress)
        return replace(rest, failed=((lost, "cannot be read"),))

    run = refresh(copied_run, replace(steps, extract=without_first))
    assert run.result.success
    assert lost in run.failed_checks()["documents_have_sentences"]
