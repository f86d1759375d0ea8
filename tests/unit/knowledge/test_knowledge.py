"""The knowledge file: what ships is sound, a user's file joins it, and mistakes are told with their place."""

from pathlib import Path

import pytest

from pipeline.knowledge import KnowledgeError, load_knowledge

OWN = """
[organization.company]
brovanto = { name = "Brovanto Holdings", aliases = ["Brovanto"], ticker = "BRV" }

[place.city]
springfield-il = { name = "Springfield, Illinois", ambiguous = ["Springfield"] }
springfield-ma = { name = "Springfield, Massachusetts", ambiguous = ["Springfield"] }
"""


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Alibaba", "org:alibaba"),
        ("Alibaba Group Holding Limited", "org:alibaba"),
        ("FTC", "org:ftc"),
        ("Xi Jinping", "person:xi-jinping"),
        ("Doubao", "product:doubao"),
        ("Lunar New Year", "event:lunar-new-year"),
        ("Dodd-Frank", "law:dodd-frank"),
        ("Hangzhou", "place:hangzhou"),
        ("Kenya", "place:country-ke"),
        ("Nairobi", "place:city-ke-nairobi"),
    ],
)
def test_well_known_names_are_found(name: str, identifier: str) -> None:
    assert identifier in [entry.knowledge_id for entry in load_knowledge().find(name)]


def test_a_name_may_belong_to_entries_of_several_types() -> None:
    assert {entry.entity_type for entry in load_knowledge().find("Kimi")} == {"organization", "product"}


def test_typographic_quotes_and_spaces_make_no_difference() -> None:
    assert load_knowledge().find("Lowe’s") == load_knowledge().find("Lowe's")
    assert load_knowledge().find("Jack  Ma") == load_knowledge().find("Jack Ma")


def test_unknown_names_are_not_found() -> None:
    assert load_knowledge().find("Brovanto") == ()
    assert load_knowledge().find("alibaba") == ()


def test_wikidata_identifiers_are_not_shared_within_a_type() -> None:
    seen = [
        (e.entity_type, e.description.wikidata) for e in load_knowledge().entries.values() if e.description.wikidata
    ]
    assert len(seen) == len(set(seen))


def test_an_own_file_joins_the_shipped_entries(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    knowledge = load_knowledge(path)
    assert [entry.knowledge_id for entry in knowledge.find("Brovanto")] == ["org:brovanto"]
    assert knowledge.find("Alibaba")
    springfield = knowledge.find("Springfield")
    assert len(springfield) == 2
    assert all(knowledge.is_ambiguous("Springfield", entry) for entry in springfield)


def test_an_own_entry_replaces_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[organization.company]\nalibaba = { name = "Alibaba Holdings of Elsewhere" }\n')
    knowledge = load_knowledge(path)
    assert knowledge.find("Alibaba") == ()
    assert knowledge.find("Alibaba Holdings of Elsewhere")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[organization.company\n", "no valid TOML"),
        ('[organisation.company]\na = { name = "Aa" }\n', "organisation"),
        ('[organization.company]\na = { nome = "Aa" }\n', "organization.company.a"),
        ('[organization.company]\na = { name = "Aa", wikidata = "312" }\n', "wikidata"),
        ('[organization.company]\na = { name = "Aa" }\nb = { name = "Aa" }\n', "claimed by org:a and org:b"),
        ('[organization.company]\na = { name = "Aa" }\n[organization.media]\na = { name = "Bb" }\n', "described twice"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content)
    with pytest.raises(KnowledgeError, match=message):
        load_knowledge(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_knowledge(tmp_path / "none.toml")


def test_the_lists_say_what_they_promise() -> None:
    lists = load_knowledge().lists
    assert lists.given_names["Mary"] == "f"
    assert {"analyst", "target"} <= lists.common_words
    assert "alibaba" not in lists.common_words
    assert "Singh" in lists.surnames
    assert [city.population for city in lists.cities] == sorted((c.population for c in lists.cities), reverse=True)
