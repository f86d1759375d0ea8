"""What the recogniser is told about words comes from lists, spelling and the whole document."""

import numpy as np
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language import name_features
from pipeline.language.name_features import FEATURE_COUNT, describe_words
from pipeline.language.name_lists import NameLists

TOKENIZER = spacy.blank("en")
LISTS = NameLists.collect([("Tim", "first_name"), ("Acme", "organization"), ("Acme Robotics", "organization")])


def marks(text: str) -> list[tuple[str, set[int]]]:
    doc = TOKENIZER.make_doc(text)
    rows = describe_words(doc, LISTS)
    return [(token.text, set(row.nonzero()[0].tolist())) for token, row in zip(doc, rows, strict=True)]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_row_of_zeros_and_ones_per_token(text: str) -> None:
    doc = TOKENIZER.make_doc(text)
    rows = describe_words(doc, LISTS)

    assert rows.shape == (len(doc), FEATURE_COUNT)
    assert np.isin(rows, (0, 1)).all()


def test_words_in_lower_case_that_say_nothing_have_no_marks() -> None:
    assert marks("we walked home") == [("we", set()), ("walked", set()), ("home", set())]


def test_a_listed_name_is_marked_at_its_start_and_inside() -> None:
    (_, first), (_, second), *_ = marks("Acme Robotics grew")

    assert 1 in first
    assert 2 in second


def test_a_name_seen_once_with_its_first_name_tells_about_the_others() -> None:
    (_, alone), *_ = marks("Doe left .")
    described = marks("Tim Doe left . Later Doe wrote a book .")

    seen_again = [columns for word, columns in described if word == "Doe"][1]

    assert seen_again - alone


def test_a_word_written_in_lower_case_elsewhere_is_marked() -> None:
    (_, without), *_ = marks("Target fell")
    (_, with_it), *_ = marks("Target fell short of the target")

    assert without < with_it


def test_the_features_do_not_depend_on_other_documents() -> None:
    before = marks("Acme Robotics sued Tim Doe.")
    marks("Doe Robotics hired Acme in Paris.")

    assert marks("Acme Robotics sued Tim Doe.") == before


def test_every_clue_is_in_lower_case() -> None:
    clues = name_features.CLUES.model_dump()

    assert all(word == word.lower() for words in clues.values() for word in words)
