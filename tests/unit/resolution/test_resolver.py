"""What resolution promises of its tables as a whole."""

from datetime import timedelta

from pipeline.schema import check_schema
from pipeline.tables import Entity, EntityAlias, EntityLink, Fact, FactLink, FactRelation
from tests.unit.resolution.world import NOON, World


def test_nothing_in_nothing_out(world: World) -> None:
    resolved = world.resolve()
    assert resolved.entities.is_empty()
    assert resolved.facts.is_empty()
    assert resolved.fact_relations.is_empty()


def test_a_decision_keeps_its_time_while_it_stays(world: World) -> None:
    full = world.entity(world.document("first", "2024-05-01"), "Quillmark Interactive")
    short = world.entity(world.document("second", "2024-05-02"), "Quillmark")
    before = world.resolve(now=NOON)
    world.entity(world.document("third", "2024-05-03"), "Quillmark Interactive", aliases={"Quillmark": "alias"})
    later = NOON + timedelta(days=1)
    after = world.resolve(now=later, previous_links=before.entity_links)
    times = dict(after.entity_links.select("document_entity_id", "decided_at").iter_rows())
    assert world.entity_of(before, short) != world.entity_of(after, short) == world.entity_of(after, full)
    assert times[full] == NOON
    assert times[short] == later
    again = world.resolve(now=later + timedelta(days=1), previous_links=after.entity_links)
    assert again.entity_links.equals(after.entity_links)


def test_frames_have_the_columns_of_the_row_models(world: World) -> None:
    first = world.document("first", "2024-05-01")
    company = world.entity(first, "Quillmark", aliases={"QMK": "ticker"}, ticker="QMK")
    world.money(first, "valuation", company, "$2.8 billion", 2.8e9)
    resolved = world.resolve()
    tables = resolved.tables()
    assert set(tables) == {Entity, EntityAlias, EntityLink, Fact, FactRelation, FactLink}
    for model, frame in tables.items():
        check_schema(model, frame)
        for row in frame.iter_rows(named=True):
            model.model_validate(row)
    assert resolved.entities["ticker"].to_list() == ["QMK"]
    assert sorted(resolved.entity_aliases["alias"].to_list()) == ["QMK", "Quillmark"]
