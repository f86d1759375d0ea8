"""Vectors are found for words as they are written, and tables survive being written down."""

from pathlib import Path

import numpy as np
import pytest
import spacy

from pipeline.language.word_vectors import VECTORS_KEY, VectorTable, WordVectors

TABLE = VectorTable(["bank", "u.s", "don't", "growth"], np.arange(8, dtype=np.int8).reshape(4, 2) + 1)


def test_unknown_words_have_zeros_and_known_ones_their_vectors() -> None:
    assert TABLE.find(["bank", "zxq", "growth"]).tolist() == [[1, 2], [0, 0], [7, 8]]


@pytest.mark.parametrize(("written", "known"), [("don’t", "don't"), ("u.s.", "u.s"), ("re-growth", "growth")])
def test_other_spellings_have_the_vector_of_the_usual_one(written: str, known: str) -> None:
    assert TABLE.find([written]).tolist() == TABLE.find([known]).tolist()


def test_what_was_looked_up_before_does_not_matter() -> None:
    table = VectorTable(TABLE.words, TABLE.vectors)
    table.find(["re-bank", "zxq"])

    assert table.find(["no-re-bank", "zxq"]).tolist() == TABLE.find(["no-re-bank", "zxq"]).tolist()


def test_a_table_survives_being_written(tmp_path: Path) -> None:
    component = WordVectors()
    component.table = TABLE
    component.to_disk(tmp_path / "vectors")
    doc = WordVectors().from_disk(tmp_path / "vectors")(spacy.blank("en").make_doc("Bank growth"))

    assert doc.user_data[VECTORS_KEY].tolist() == [[1, 2], [7, 8]]


def test_words_and_vectors_must_match() -> None:
    with pytest.raises(ValueError, match="1 words, but 4 vectors"):
        VectorTable(["bank"], TABLE.vectors)
