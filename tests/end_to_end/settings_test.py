"""What a user sets takes effect, and what is set wrongly is told with the way out."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.__main__ import main
from pipeline.definitions import build_definitions, run_refresh
from pipeline.schema import polars_schema
from pipeline.settings import Settings
from pipeline.steps import build_steps
from pipeline.tables import Document, TextEdit
from tests.worlds import sound_frames

ENTRY = '[organization.company]\n{} = {{ name = "Brovanto Holdings", aliases = ["Brovanto"] }}\n'


def test_own_knowledge_may_be_a_folder_and_is_read_again_when_it_changes(tmp_path: Path) -> None:
    text = "Shares of Brovanto rose 5% on Monday."
    documents = sound_frames()[Document].with_columns(clean_text=pl.lit(text), raw_text=pl.lit(text))
    edits = pl.DataFrame(schema=polars_schema(TextEdit))
    found: list[str] = []
    for key in ("brovanto", "brovanto-holdings"):
        (tmp_path / "own.toml").write_text(ENTRY.format(key), encoding="utf-8")
        steps = build_steps(Settings(data=tmp_path / "data", knowledge=tmp_path))
        extracted = steps.extract(documents, edits, lambda _done, _total: None)
        found += extracted.document_entities["knowledge_id"].to_list()
    assert found == ["org:brovanto", "org:brovanto-holdings"]


def test_a_setting_that_leads_nowhere_is_refused_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WINNOW_KNOWLEDGE", str(tmp_path / "none.toml"))
    assert main(["run"]) == 2
    told = capsys.readouterr().err
    assert "WINNOW_KNOWLEDGE is wrong" in told
    assert str(tmp_path / "none.toml") in told


def test_a_failed_step_tells_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.txt").write_text("Alibaba said on Monday that its sales rose 8% in May.\n" * 9)
    settings = Settings(source=tmp_path / "source", data=tmp_path / "data", language_model="none")
    assert not run_refresh(build_definitions(settings)).success
    assert "Way out: install it" in capsys.readouterr().err
