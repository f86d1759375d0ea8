"""What is generated, listed or promised in documents is what the code says."""

import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import get_args

from pipeline.reporting.dictionary import DICTIONARY_PATH, render_dictionary
from pipeline.settings import Settings
from pipeline.tables import RejectionReason

ROOT = Path(__file__).parents[2]
PYTHON_FILES = sorted(path for folder in ("pipeline", "assets", "checks") for path in (ROOT / folder).rglob("*.py"))


def test_data_dictionary_is_fresh() -> None:
    stale = "docs/data-dictionary.md is stale: run `make dictionary`"
    assert (ROOT / DICTIONARY_PATH).read_text(encoding="utf-8") == render_dictionary(), stale


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "run.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`WINNOW_{name.upper()}`" in text


def test_every_reason_for_a_rejection_is_documented() -> None:
    text = (ROOT / "docs" / "run.md").read_text(encoding="utf-8")
    assert [reason for reason in get_args(RejectionReason) if f"`{reason}`" not in text] == []


def test_every_make_target_is_listed_by_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z-]+):.*## ", text, re.M))
    phony = {name for line in re.findall(r"^\.PHONY: (.+)$", text, re.M) for name in line.split()}
    assert phony - listed <= {"lint", "types", "layers"}


def test_the_installed_command_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for target in project["scripts"].values():
        module, name = target.split(":")
        assert callable(getattr(import_module(module), name))


def test_modules_have_a_charter() -> None:
    without = [path for path in PYTHON_FILES if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))]
    assert without == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.relative_to(ROOT)} links to {target}"
