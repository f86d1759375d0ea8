"""What holds for every text: spans lie in it, are sorted and disjoint, and the result depends on nothing else."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.model import Article
from pipeline.knowledge import load_knowledge

BLANK = spacy.blank("en")
KNOWLEDGE = load_knowledge()
PIECES = st.sampled_from(
    [
        "Alibaba", "Jack Ma", "Ma", "the company", "its", "he", "(NYSE: BABA)", "said", "’s", ", Inc.", ".", "\n", "“",
        "AI", "of", "and", "&", "-", "Bank", "Qwen 2.5-Max", "The", "CEO", "Chinese", "in", "2024", "$5bn", "😀", "”",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


def read(text: str):
    return find_mentions(Article("test", text, None, None), BLANK.make_doc(text), KNOWLEDGE)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_sorted_spans_within_it(text: str) -> None:
    entities, mentions = read(text)
    assert [m.span for m in mentions] == sorted(m.span for m in mentions)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert text[mention.span.start : mention.span.end].strip() == text[mention.span.start : mention.span.end]
        assert mention.entity is None or 0 <= mention.entity < len(entities)
        assert 0 <= mention.confidence <= 1
    names = [m.span for m in mentions if m.kind not in {"description", "pronoun"}]
    assert all(a.end <= b.start for a, b in pairwise(names))
    assert {e.name for e in entities} <= {text[m.span.start : m.span.end] for m in mentions}


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_the_order_of_documents_changes_nothing(texts: list[str]) -> None:
    forward = [read(text) for text in texts]
    backward = [read(text) for text in reversed(texts)]
    assert forward == backward[::-1]


def test_a_parse_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not the text of the article"):
        find_mentions(Article("test", "Alibaba rose.", None, None), BLANK.make_doc("Tencent rose."), KNOWLEDGE)


def test_an_entity_keeps_the_fullest_name_of_the_document() -> None:
    entities, _ = read("Alibaba Group denied it. Alibaba said so.")
    assert entities[0].name == "Alibaba Group"
    assert entities[0].knowledge_id == "org:alibaba"
