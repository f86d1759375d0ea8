"""A line break always ends a sentence; other white space never does."""

from itertools import pairwise

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.paragraphs import mark_starts_by_layout

TOKENIZER = spacy.blank("en")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["word", "Word.", " ", "  ", "\n", "\n\n", " \n "]), max_size=15).map(" ".join))
def test_a_sentence_starts_after_every_line_break(text: str) -> None:
    doc = mark_starts_by_layout(TOKENIZER.make_doc(text))

    for before, token in pairwise(doc):
        if "\n" in before.text and not token.is_space:
            assert token.is_sent_start is True
        elif token.is_space and "\n" not in before.text:
            assert token.is_sent_start is False
        elif not token.is_space:
            assert token.is_sent_start is None


def starts(text: str) -> list[tuple[str, bool | None]]:
    return [(token.text, token.is_sent_start) for token in mark_starts_by_layout(TOKENIZER.make_doc(text))]


def test_a_closing_quotation_mark_belongs_to_what_it_closes() -> None:
    assert starts('It rose." he left')[2:5] == [(".", None), ('"', False), ("he", None)]


def test_a_sentence_starts_after_a_quotation_that_ends_one() -> None:
    assert starts("“It grew.” Shares rose")[5:] == [("Shares", True), ("rose", None)]
    assert starts("“It grew?” Smith asked")[5] == ("Smith", None)
    assert starts("“It grew,” Smith said")[5] == ("Smith", None)


def test_an_opening_quotation_mark_belongs_to_what_it_opens() -> None:
    assert starts("He left. “We rose")[3:5] == [("“", True), ("We", False)]
    assert starts("He left. “EU rules")[3:5] == [("“", True), ("EU", False)]
    assert starts("They call it “We rose")[3:5] == [("“", None), ("We", False)]


def test_a_paragraph_may_start_with_a_quotation_mark() -> None:
    assert starts('It rose.\n"We left')[3:] == [("\n", False), ('"', True), ("We", False), ("left", None)]


def test_what_an_editor_put_in_brackets_ends_no_sentence() -> None:
    assert starts("including [former chief] Bonnie Dunbar")[5] == ("Bonnie", False)
    assert starts("It grew. [2] Then it fell")[6] == ("Then", None)
    assert starts("It grew for years [and fell.] Then")[8:] == [("]", None), ("Then", None)]
    assert starts("It grew […] Then")[4:] == [("]", None), ("Then", None)]
    assert starts("[Applause] Thank you")[3] == ("Thank", None)
