"""The views of the published file, by example, on what resolution makes of a few articles."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

import pipeline.publication
from pipeline.resolution import Resolved
from pipeline.schema import create_table_sql
from pipeline.tables import Claim, Document
from tests.unit.resolution.world import World

VIEWS = Path(pipeline.publication.__file__).parent / "views"
ORDER = ("asserted_claims", "claim_evidence", "denials", "contradictions", "entity_timeline")


@pytest.fixture
def database(world: World) -> duckdb.DuckDBPyConnection:
    """Return a database with the tables and views of a rumour, its denial, and two valuations of one day."""
    rumour = world.document("rumour", "2024-05-01", source_name="The Gazette")
    giant, startup = world.entity(rumour, "Quillmark"), world.entity(rumour, "Belmere Foods")
    world.claim(rumour, "invest", giant, object_entity_id=startup, modality="rumoured")
    denial = world.document("denial", "2024-05-03", source_name="The Herald")
    giant, startup = world.entity(denial, "Quillmark"), world.entity(denial, "Belmere Foods")
    world.claim(
        denial, "invest", giant, object_entity_id=startup, stance="denies",
        attribution="indirect_speech", speaker_entity_id=giant,
    )  # fmt: skip
    for name, text, value in (("first", "$2.5bn", 2.5e9), ("second", "$3bn", 3e9)):
        document = world.document(name, "2024-06-01")
        world.money(document, "valuation", world.entity(document, "Belmere Foods"), text, value)
    return publish(world, world.resolve())


def publish(world: World, resolved: Resolved) -> duckdb.DuckDBPyConnection:
    claims = world.frame(Claim)
    links = resolved.entity_links.select("document_entity_id", "entity_id")
    for column in ("subject_entity_id", "object_entity_id", "speaker_entity_id"):
        found = links.rename({"document_entity_id": column})
        claims = (
            claims.join(found, on=column, how="left").with_columns(pl.col("entity_id").alias(column)).drop("entity_id")
        )
    claims = claims.drop("fact_id").join(resolved.fact_links, on="claim_id").select(list(Claim.model_fields))
    connection = duckdb.connect()
    for model, frame in {Document: world.frame(Document), Claim: claims, **resolved.tables()}.items():
        for statement in create_table_sql(model):
            connection.execute(statement)
        connection.register("found", frame)
        connection.execute(f"INSERT INTO {model.table} SELECT * FROM found")
        connection.unregister("found")
    for name in ORDER:
        connection.execute((VIEWS / f"{name}.sql").read_text(encoding="utf-8"))
    return connection


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return connection.sql(query).fetchall()


def test_every_view_is_tested_and_describes_itself() -> None:
    assert sorted(path.stem for path in VIEWS.glob("*.sql")) == sorted(ORDER)
    for name in ORDER:
        assert (VIEWS / f"{name}.sql").read_text(encoding="utf-8").startswith("-- ")


def test_asserted_claims_hold_neither_rumour_nor_denial(database: duckdb.DuckDBPyConnection) -> None:
    assert rows(database, "SELECT DISTINCT predicate FROM asserted_claims") == [("valuation",)]


def test_claim_evidence_has_a_line_per_claim_in_names(database: duckdb.DuckDBPyConnection) -> None:
    assert rows(database, "SELECT count(*) FROM claim_evidence") == [(4,)]
    found = rows(
        database,
        "SELECT subject, object, speaker, stance, source_uri FROM claim_evidence WHERE stance = 'denies'",
    )
    assert found == [("Quillmark", "Belmere Foods", "Quillmark", "denies", "denial.txt")]


def test_a_denial_stands_with_its_speaker_medium_and_what_it_denies(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        database,
        "SELECT subject, object, speaker, medium, denied_source_count, denied_first_reported_on::VARCHAR FROM denials",
    )
    assert found == [("Quillmark", "Belmere Foods", "Quillmark", "The Herald", 1, "2024-05-01")]


def test_the_medium_of_a_denial_is_who_reports_it_before_who_publishes_that(world: World) -> None:
    document = world.document("denial", "2024-05-03", source_name="The Herald")
    giant, startup = world.entity(document, "Quillmark"), world.entity(document, "Belmere Foods")
    paper = world.entity(document, "The Gazette")
    report = world.claim(document, "say", paper, object_text="Quillmark denied it")
    denial: dict[str, object] = {"object_entity_id": startup, "stance": "denies", "attribution": "indirect_speech"}
    denial |= {"speaker_entity_id": giant}
    world.claim(document, "invest", giant, **denial, parent_claim_id=report, start_char=0)
    world.claim(document, "invest", giant, **denial, start_char=1)
    world.claim(document, "acquire", giant, **denial)
    connection = publish(world, world.resolve())
    found = rows(connection, "SELECT predicate, speaker, medium FROM denials ORDER BY ALL")
    assert found == [
        ("acquire", "Quillmark", "The Herald"),
        ("invest", "Quillmark", "The Gazette"),
        ("invest", "Quillmark", "The Gazette"),
    ]


def test_a_contradiction_stands_once_with_both_values(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(database, "SELECT subject, predicate, value_text, related_value_text FROM contradictions")
    assert len(found) == 1
    assert found[0][:2] == ("Belmere Foods", "valuation")
    assert {found[0][2], found[0][3]} == {"$2.5bn", "$3bn"}


def test_the_timeline_of_an_entity_runs_by_day_and_tells_its_part(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        database,
        "SELECT on_day::VARCHAR, on_day_basis, role, predicate FROM entity_timeline WHERE name = 'Belmere Foods'",
    )
    assert found == [
        ("2024-05-01", "publication", "object", "invest"),
        ("2024-05-03", "publication", "object", "invest"),
        ("2024-06-01", "publication", "subject", "valuation"),
        ("2024-06-01", "publication", "subject", "valuation"),
    ]
