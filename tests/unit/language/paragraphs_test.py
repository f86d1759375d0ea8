"""A line break always ends a sentence; other white space never does."""

from itertools import pairwise

import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.paragraphs import end_sentences_at_paragraphs

TOKENIZER = spacy.blank("en")


@given(st.lists(st.sampled_from(["word", "Word.", " ", "  ", "\n", "\n\n", " \n "]), max_size=15).map(" ".join))
def test_a_sentence_starts_after_every_line_break(text: str) -> None:
    doc = end_sentences_at_paragraphs(TOKENIZER.make_doc(text))

    for before, token in pairwise(doc):
        if "\n" in before.text and not token.is_space:
            assert token.is_sent_start is True
        elif token.is_space and "\n" not in before.text:
            assert token.is_sent_start is False
        elif not token.is_space:
            assert token.is_sent_start is None
