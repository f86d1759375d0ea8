"""A person's decisions are applied where they find what they expect, and reported where they do not."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.resolution import (
    CorrectionError,
    Corrections,
    Merge,
    Resolved,
    Split,
    load_corrections,
    parse_corrections,
)
from tests.unit.resolution.world import World

MERGE = Merge(entity_type="organization", names=("Quillmark", "Tavelume Holdings"), reason="renamed in 2024")


def verdicts(resolved: Resolved) -> list[tuple[bool, str]]:
    return [(verdict.is_applied, verdict.detail) for verdict in resolved.verdicts]


def test_a_merge_makes_two_names_one_entity(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    one, other = world.entity(first, "Quillmark Inc."), world.entity(second, "Tavelume")
    assert world.entity_of(world.resolve(), one) != world.entity_of(world.resolve(), other)
    resolved = world.resolve(Corrections(merges=(MERGE,)))
    assert world.entity_of(resolved, one) == world.entity_of(resolved, other)
    assert [applied for applied, _ in verdicts(resolved)] == [True]
    links = resolved.entity_links
    assert "correction" in set(links["method"])


def test_a_merge_that_finds_no_such_name_is_reported(world: World) -> None:
    world.entity(world.document("first"), "Quillmark")
    resolved = world.resolve(Corrections(merges=(MERGE,)))
    assert verdicts(resolved) == [(False, "no organization is called Tavelume Holdings any more")]


def test_a_merge_of_what_is_already_one_is_reported(world: World) -> None:
    world.entity(world.document("first"), "Quillmark Inc.")
    world.entity(world.document("second"), "QUILLMARK")
    merge = Merge(entity_type="organization", names=("Quillmark Inc.", "QUILLMARK"), reason="spelling")
    resolved = world.resolve(Corrections(merges=(merge,)))
    assert verdicts(resolved) == [(False, "the names already mean one entity")]


def test_a_merge_may_join_two_entries_of_the_knowledge_file(world: World) -> None:
    document = world.document("first")
    one = world.entity(document, "Alibaba", knowledge_id="org:alibaba")
    other = world.entity(document, "Tencent", knowledge_id="org:tencent")
    merge = Merge(entity_type="organization", names=("Alibaba", "Tencent"), reason="only to test")
    resolved = world.resolve(Corrections(merges=(merge,)))
    assert world.entity_of(resolved, one) == world.entity_of(resolved, other)


def test_a_split_of_names_sets_them_apart(world: World) -> None:
    first, second = world.document("first"), world.document("second")
    owner = world.entity(first, "Quillmark Interactive", aliases={"Quillmark": "alias"})
    short = world.entity(second, "Quillmark")
    split = Split(entity_type="organization", name="Quillmark Interactive", apart=("Quillmark",), reason="a ship yard")
    resolved = world.resolve(Corrections(splits=(split,)))
    assert world.entity_of(resolved, owner) != world.entity_of(resolved, short)
    assert [applied for applied, _ in verdicts(resolved)] == [True]


def test_a_split_of_spellings_that_are_one_name_sets_them_apart(world: World) -> None:
    one = world.entity(world.document("first"), "Quillmark Group")
    other = world.entity(world.document("second"), "Quillmark")
    split = Split(entity_type="organization", name="Quillmark Group", apart=("Quillmark",), reason="a ship yard")
    resolved = world.resolve(Corrections(splits=(split,)))
    assert world.entity_of(resolved, one) != world.entity_of(resolved, other)


def test_a_split_by_documents_sets_one_bearer_apart(world: World) -> None:
    found = [world.entity(world.document(name), "Dana Ferrow", "person") for name in ("first", "second", "third")]
    split = Split(entity_type="person", name="Dana Ferrow", documents=("third.txt",), reason="the painter")
    resolved = world.resolve(Corrections(splits=(split,)))
    identifiers = [world.entity_of(resolved, one) for one in found]
    assert identifiers[0] == identifiers[1] != identifiers[2]


@pytest.mark.parametrize(
    ("split", "detail"),
    [
        (
            Split(entity_type="organization", name="Quillmark", apart=("Belmere",), reason="no"),
            "Belmere and Quillmark are already two entities",
        ),
        (
            Split(entity_type="organization", name="Nobody Ltd", apart=("Belmere",), reason="no"),
            "no organization is called Nobody Ltd any more",
        ),
        (
            Split(entity_type="organization", name="Quillmark", documents=("gone.txt",), reason="no"),
            "Quillmark does not occur in gone.txt any more",
        ),
        (
            Split(entity_type="organization", name="Quillmark", documents=("first.txt",), reason="no"),
            "Quillmark occurs in no other document any more",
        ),
    ],
)
def test_a_split_that_no_longer_applies_is_reported(world: World, split: Split, detail: str) -> None:
    document = world.document("first")
    world.entity(document, "Quillmark")
    world.entity(document, "Belmere")
    resolved = world.resolve(Corrections(splits=(split,)))
    assert verdicts(resolved) == [(False, detail)]
    assert len(resolved.entities) == 2


FILE = """
[[merge]]
entity_type = "organization"
names = ["Quillmark", "Tavelume Holdings"]
reason = "renamed in 2024"

[[split]]
entity_type = "person"
name = "Dana Ferrow"
documents = ["third.txt"]
reason = "the painter"
"""


def test_files_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(FILE.split("[[split]]", maxsplit=1)[0])
    (tmp_path / "a.toml").write_text("[[split]]" + FILE.split("[[split]]")[1])
    corrections = load_corrections(tmp_path)
    assert corrections.merges == (MERGE,)
    assert corrections.splits[0].documents == ("third.txt",)


def test_no_folder_means_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "missing") == Corrections()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[merge", "is not TOML"),
        ('[[merge]]\nentity_type = "organization"\nnames = ["one"]\nreason = "r"', "merge.0.names"),
        ('[[merge]]\nentity_type = "robot"\nnames = ["a", "b"]\nreason = "r"', "merge.0.entity_type"),
        ('[[split]]\nentity_type = "person"\nname = "a"\nreason = "r"', "either `apart`"),
        ('[[join]]\nnames = ["a", "b"]', "join"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_place(text: str, message: str) -> None:
    with pytest.raises(CorrectionError, match=r"wrong\.toml") as caught:
        parse_corrections(text, "wrong.toml")
    assert message in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorrectionError, match=r"wrong\.toml"):
        load_corrections(tmp_path)


def test_what_a_correction_joins_keeps_its_aliases(world: World) -> None:
    world.entity(world.document("first"), "Quillmark Inc.")
    world.entity(world.document("second"), "Tavelume")
    resolved = world.resolve(Corrections(merges=(MERGE,)))
    assert resolved.entity_aliases.sort("alias")["alias"].to_list() == ["Quillmark Inc.", "Tavelume"]
    assert resolved.entities.filter(pl.col("document_count") == 2).height == 1
