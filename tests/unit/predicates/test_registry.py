"""The registry: what its data files must be, and what it refuses."""

import shutil
from pathlib import Path

import pytest

from pipeline.predicates import RegistryError, load_registry
from pipeline.predicates import registry as registry_module
from pipeline.predicates.pages import PAGES_FOLDER, render_pages
from pipeline.predicates.registry import read_registry

DATA = Path(registry_module.__file__).parent / "data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_changes_require_a_direction_and_nothing_else_does() -> None:
    for name, predicate in load_registry().predicates.items():
        assert predicate.requires_direction == name.endswith("_change")


def test_a_new_predicate_is_data_alone(data: Path) -> None:
    with (data / "legal.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[pardon]\ndescription = "Who forgives whom."\ndomain = ["person"]\nrange = ["person"]\n'
            '[[pardon.verbs]]\nlemmas = ["pardon"]\n[[pardon.examples]]\ntext = "A pardoned B."\nsubject = "A"\n'
        )
    assert read_registry(data).predicates["pardon"].group == "legal"


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (
            "[empty]\ndescription = 'x'\ndomain = 'any'\nrange = 'any'\nexamples = [{text = 'x', subject = 'x'}]",
            "no pattern",
        ),
        (
            "[x]\ndescription = 'x'\ndomain = 'any'\nrange = 'any'\nexamples = []\nverbs = [{lemmas = ['x']}]",
            "examples",
        ),
        ("[hire]\ndescription = 'x'", "declared twice"),
        ("[[sue.verbs]]\nlemmas = ['sue']\nobject = ['somewhere']", "no place"),
        ("[[sue.verbs]]\nlemmas = ['sue']\nneeds = ['luck']", "other than object and value"),
        ("[[sue.verbs]]\nlemmas = ['sue']\ntypo = 1", "typo"),
        ("[sue", "legal.toml"),
    ],
)
def test_faults_are_refused_with_the_place(data: Path, fault: str, message: str) -> None:
    with (data / "legal.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{fault}\n")
    with pytest.raises(RegistryError, match=message) as error:
        read_registry(data)
    assert "legal.toml" in str(error.value)


def test_the_pages_are_up_to_date() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES_FOLDER.glob("*.md")}
    assert written == render_pages(load_registry()), "run `python -m pipeline.predicates.pages`"


def test_each_group_has_a_page_and_each_predicate_is_in_the_index() -> None:
    registry = load_registry()
    pages = render_pages(registry)
    for name, predicate in registry.predicates.items():
        assert f"[`{name}`]({predicate.group}.md#{name})" in pages["README.md"]
        assert f"## `{name}`" in pages[f"{predicate.group}.md"]
        assert all(example.text in pages[f"{predicate.group}.md"] for example in predicate.examples)
