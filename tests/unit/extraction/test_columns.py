"""What must be true of the columns of a document: they say what spaCy says of every token."""

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.extraction.columns import read_columns
from pipeline.language import load_language

LANGUAGE = load_language()


@given(st.text(st.sampled_from("Alibaba sold 3 stores.\n \t“”’é😀"), max_size=60))
def test_columns_agree_with_tokens_and_sentences(text: str) -> None:
    (doc,) = LANGUAGE.parse([text])
    columns = read_columns(doc)
    assert columns.source == text
    assert [text[a:b] for a, b in zip(columns.start, columns.end, strict=True)] == columns.text
    assert columns.text == [token.text for token in doc]
    assert columns.start == [token.idx for token in doc]
    assert columns.head == [token.head.i for token in doc]
    assert columns.is_space == [token.is_space for token in doc]
    read = zip(columns.lemma, columns.pos, columns.tag, columns.dep, strict=True)
    assert list(read) == [(token.lemma_, token.pos_, token.tag_, token.dep_) for token in doc]
    assert list(columns.sentences()) == [(sentence.start, sentence.end) for sentence in doc.sents]


def test_a_document_without_annotation_has_empty_columns() -> None:
    columns = read_columns(Doc(Vocab(), ["Sales", "rose"]))
    assert columns.pos == columns.dep == columns.lemma == ["", ""]
    assert not any(columns.begins[1:])
