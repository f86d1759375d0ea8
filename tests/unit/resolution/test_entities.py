"""Which document entities are one entity, and which are not."""

import polars as pl

from pipeline.resolution import Resolved
from tests.unit.resolution.world import World


def same(world: World, resolved: Resolved, one: str, other: str) -> bool:
    return world.entity_of(resolved, one) == world.entity_of(resolved, other)


def test_one_entry_of_the_knowledge_file_is_one_entity(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    full = world.entity(first, "Alibaba Group Holding Limited", knowledge_id="org:alibaba")
    short = world.entity(second, "BABA", knowledge_id="org:alibaba")
    resolved = world.resolve()
    assert same(world, resolved, full, short)
    assert set(resolved.entity_links["method"]) == {"knowledge"}


def test_legal_forms_and_spelling_do_not_part_a_name(world: World) -> None:
    documents = [world.document(name) for name in ("first", "second", "third")]
    names = ("Quillmark Robotics Inc.", "QUILLMARK ROBOTICS", "Quill-Mark Robotics")
    found = [world.entity(document, name) for document, name in zip(documents, names, strict=True)]
    resolved = world.resolve()
    assert len({world.entity_of(resolved, one) for one in found}) == 1


def test_types_part_a_name(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    town, app = world.entity(first, "Belmere", "place"), world.entity(second, "Belmere", "product")
    assert not same(world, world.resolve(), town, app)


def test_a_longer_name_is_another_entity(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    paper, company = world.entity(first, "Quillmark Daily"), world.entity(second, "Quillmark")
    assert not same(world, world.resolve(), paper, company)


def test_an_alias_stated_elsewhere_leads_to_its_owner(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    owner = world.entity(first, "Quillmark Interactive", aliases={"Quillmark": "alias"})
    short = world.entity(second, "Quillmark")
    resolved = world.resolve()
    assert same(world, resolved, owner, short)
    assert "alias" in set(resolved.entity_links["method"])


def test_an_alias_of_two_owners_follows_the_company_it_keeps(world: World) -> None:
    first, second, third = (world.document(name) for name in ("first", "second", "third"))
    bank = world.entity(first, "Quillmark Bank", aliases={"Quillmark": "alias"})
    world.entity(first, "Dana Ferrow", "person")
    foods = world.entity(second, "Quillmark Foods", aliases={"Quillmark": "alias"})
    short = world.entity(third, "Quillmark")
    world.entity(third, "Dana Ferrow", "person")
    resolved = world.resolve()
    assert same(world, resolved, bank, short)
    assert not same(world, resolved, bank, foods)


def test_an_alias_that_its_owner_stands_beside_is_another_entity(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    paper = world.entity(first, "Quillmark Daily", aliases={"Quillmark": "alias"})
    company = world.entity(second, "Quillmark")
    world.entity(second, "Quillmark Daily")
    assert not same(world, world.resolve(), paper, company)


def test_an_acronym_meets_the_name_that_another_document_spells_out(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    spelled = world.entity(first, "Northern Harbour Workers Union", aliases={"NHWU": "acronym"})
    short = world.entity(second, "NHWU")
    resolved = world.resolve()
    assert same(world, resolved, spelled, short)
    assert "acronym" in set(resolved.entity_links["method"])


def test_bare_surnames_stay_in_their_document_unless_company_tells(world: World) -> None:
    first, second, third = (world.document(name) for name in ("first", "second", "third"))
    full = world.entity(first, "Dana Ferrow", "person")
    world.entity(first, "Quillmark")
    near = world.entity(second, "Ferrow", "person")
    world.entity(second, "Quillmark")
    far = world.entity(third, "Ferrow", "person")
    resolved = world.resolve()
    assert same(world, resolved, full, near)
    assert not same(world, resolved, full, far)


def test_forms_of_a_persons_name_meet_in_shared_company(world: World) -> None:
    documents = [world.document(name) for name in ("first", "second", "third")]
    names = ("Michael Ferrow", "Mike Ferrow", "Michael J. Ferrow")
    found = [world.entity(document, name, "person") for document, name in zip(documents, names, strict=True)]
    for document in documents:
        world.entity(document, "Quillmark")
    resolved = world.resolve()
    assert len({world.entity_of(resolved, one) for one in found}) == 1


def test_namesakes_with_roles_at_different_places_are_two(world: World) -> None:
    found: list[str] = []
    for name, company in (("first", "Quillmark"), ("second", "Quillmark"), ("third", "Belmere Bank")):
        document = world.document(name)
        person, employer = world.entity(document, "Dana Ferrow", "person"), world.entity(document, company)
        world.claim(document, "hold_role", person, object_entity_id=employer)
        found.append(person)
    resolved = world.resolve()
    assert same(world, resolved, found[0], found[1])
    assert not same(world, resolved, found[0], found[2])


def test_one_person_with_two_roles_in_shared_company_is_one(world: World) -> None:
    found: list[str] = []
    for name, company in (("first", "Quillmark"), ("second", "Belmere Bank")):
        document = world.document(name)
        person, employer = world.entity(document, "Dana Ferrow", "person"), world.entity(document, company)
        world.entity(document, "Tavelume", "product")
        world.claim(document, "hold_role", person, object_entity_id=employer)
        found.append(person)
    assert same(world, world.resolve(), found[0], found[1])


def test_one_name_with_two_tickers_is_two_companies(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    one = world.entity(first, "Quillmark", ticker="QMK")
    other = world.entity(second, "Quillmark", ticker="QLMA")
    assert not same(world, world.resolve(), one, other)


def test_a_slip_of_typing_needs_shared_company(world: World) -> None:
    first, second, third = (world.document(name) for name in ("first", "second", "third"))
    right, slip = world.entity(first, "Tavelumex Pharma"), world.entity(second, "Tavelunex Pharma")
    alone = world.entity(third, "Tavelmex Pharma")
    for document in (first, second):
        world.entity(document, "Dana Ferrow", "person")
        world.entity(document, "Quillmark")
    resolved = world.resolve()
    assert same(world, resolved, right, slip)
    assert not same(world, resolved, right, alone)
    assert "similarity" in set(resolved.entity_links["method"])


def test_digits_are_never_a_slip(world: World) -> None:
    documents = [world.document(name) for name in ("first", "second")]
    one, other = (
        world.entity(document, name, "product")
        for document, name in zip(documents, ("Tavelume Engine 4", "Tavelume Engine 5"), strict=True)
    )
    for document in documents:
        world.entity(document, "Dana Ferrow", "person")
        world.entity(document, "Quillmark")
    assert not same(world, world.resolve(), one, other)


def test_an_entity_counts_its_mentions_documents_and_days(world: World) -> None:
    first, second = world.document("first", "2024-05-01"), world.document("second", "2024-06-01")
    one = world.entity(first, "Quillmark", aliases={"Quill": "alias"})
    world.mention(first, one, "it", "pronoun")
    world.entity(second, "Quillmark Inc.")
    row = world.resolve().entities.row(by_predicate=pl.col("entity_type") == "organization", named=True)
    assert (row["mention_count"], row["document_count"]) == (4, 2)
    assert (str(row["first_seen_on"]), str(row["last_seen_on"])) == ("2024-05-01", "2024-06-01")
