"""Marking spans in a text loses and moves no character."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.reporting.evidence import Fragment, mark_spans, split_paragraphs


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(min_size=1, max_size=60))
    offsets = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(offsets, offsets), max_size=5))
    return text, [(min(pair), max(pair)) for pair in pairs]


@given(texts_with_spans())
def test_fragments_are_the_text_and_each_span_its_fragments(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    fragments = mark_spans(text, spans)
    assert "".join(fragment.text for fragment in fragments) == text
    for index, (start, end) in enumerate(spans):
        assert "".join(part.text for part in fragments if index in part.claims) == text[start:end]


def test_paragraphs_end_at_line_breaks_inside_fragments() -> None:
    paragraphs = split_paragraphs([Fragment("a\nb", (0,)), Fragment("c\n", ()), Fragment("d", ())])
    assert paragraphs == [[Fragment("a", (0,))], [Fragment("b", (0,)), Fragment("c", ())], [Fragment("d", ())]]
