"""The ledger leads from raw to clean and back, for any text and any edits."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.ledger import (
    Edit,
    LedgerError,
    Proposal,
    SpanMap,
    apply_edits,
    compose,
    place_edits,
    revert_edits,
)

ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(
        st.sampled_from(["a", "\r\n", "\0", "😀", "👩‍👧", "中文", "שלום", "مرحبا", "é", "\u00a0", "\u00ad", " ", "\n"]),
        max_size=40,
    ).map("".join),
)


@st.composite
def texts_with_proposals(draw: st.DrawFn) -> tuple[str, list[Proposal]]:
    text = draw(ANY_TEXT)
    position = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(position, position, st.text(max_size=4)), max_size=12))
    return text, [Proposal(min(a, b), max(a, b), new, "whitespace", "any-rule") for a, b, new in spans]


@given(texts_with_proposals())
def test_edits_lead_from_raw_to_clean_and_back(case: tuple[str, list[Proposal]]) -> None:
    raw, proposals = case
    ledger = place_edits(raw, proposals)
    clean = apply_edits(raw, ledger)
    assert revert_edits(clean, ledger) == raw
    assert apply_edits(raw, reversed(ledger)) == clean
    assert revert_edits(clean, reversed(ledger)) == raw


@given(texts_with_proposals())
def test_a_ledger_tells_what_stands_in_both_texts(case: tuple[str, list[Proposal]]) -> None:
    raw, proposals = case
    ledger = place_edits(raw, proposals)
    clean = apply_edits(raw, ledger)
    for edit in ledger:
        assert raw[edit.raw_start : edit.raw_end] == edit.removed_text
        assert clean[edit.clean_start : edit.clean_start + len(edit.inserted_text)] == edit.inserted_text
        assert edit.removed_text != edit.inserted_text
    assert all(left.raw_end <= right.raw_start for left, right in itertools.pairwise(ledger))
    assert len({(e.raw_start, e.raw_end, e.inserted_text) for e in ledger}) == len(ledger)


@given(texts_with_proposals(), st.data())
def test_two_ledgers_compose_to_one(case: tuple[str, list[Proposal]], data: st.DataObject) -> None:
    raw, proposals = case
    first = place_edits(raw, proposals)
    middle = apply_edits(raw, first)
    position = st.integers(0, len(middle))
    spans = data.draw(st.lists(st.tuples(position, position, st.text(max_size=3)), max_size=8))
    second = place_edits(middle, [Proposal(min(a, b), max(a, b), new, "encoding", "later") for a, b, new in spans])
    clean = apply_edits(middle, second)
    both = compose(raw, first, second)
    assert apply_edits(raw, both) == clean
    assert revert_edits(clean, both) == raw


def test_a_drop_takes_up_the_repairs_within_it() -> None:
    raw = "Body.  \nSign  in  now"
    first = place_edits(raw, [Proposal(at, at + 1, "", "whitespace", "spaces") for at in (6, 13, 17)])
    second = place_edits("Body. \nSign in now", [Proposal(5, 18, "", "sign_in", "prompt")])
    assert [(e.raw_start, e.raw_end, e.rule_id) for e in compose(raw, first, second)] == [(5, 21, "prompt")]


@given(texts_with_proposals(), st.data())
def test_unedited_spans_map_there_and_back(case: tuple[str, list[Proposal]], data: st.DataObject) -> None:
    raw, proposals = case
    ledger = place_edits(raw, proposals)
    clean = apply_edits(raw, ledger)
    spans = SpanMap.from_edits(ledger)
    inserted = {position for e in ledger for position in range(e.clean_start, e.clean_start + len(e.inserted_text))}
    untouched = [position for position in range(len(clean)) if position not in inserted]
    if not untouched:
        return
    first, last = sorted((data.draw(st.sampled_from(untouched)), data.draw(st.sampled_from(untouched))))
    start, end = spans.to_raw(first, last + 1)
    assert raw[start] == clean[first]
    assert raw[end - 1] == clean[last]
    assert spans.to_clean(start, end) == (first, last + 1)


@given(texts_with_proposals(), st.data())
def test_any_span_maps_into_the_other_text(case: tuple[str, list[Proposal]], data: st.DataObject) -> None:
    raw, proposals = case
    ledger = place_edits(raw, proposals)
    clean = apply_edits(raw, ledger)
    spans = SpanMap.from_edits(ledger)
    start, end = sorted((data.draw(st.integers(0, len(clean))), data.draw(st.integers(0, len(clean)))))
    assert 0 <= spans.to_raw(start, end)[0] <= spans.to_raw(start, end)[1] <= len(raw)
    start, end = sorted((data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, len(raw)))))
    assert 0 <= spans.to_clean(start, end)[0] <= spans.to_clean(start, end)[1] <= len(clean)


def test_the_outer_of_two_nested_edits_is_carried_out_alone() -> None:
    proposals = [Proposal(2, 4, "", "whitespace", "inner"), Proposal(0, 6, "", "advertisement", "outer")]
    assert [e.rule_id for e in place_edits("abcdefgh", proposals)] == ["outer"]


def test_of_two_overlapping_edits_the_second_begins_where_the_first_ends() -> None:
    proposals = [Proposal(3, 8, "X", "caption", "second"), Proposal(0, 5, "", "byline", "first")]
    ledger = place_edits("abcdefgh", proposals)
    assert [(e.raw_start, e.raw_end, e.operation) for e in ledger] == [(0, 5, "drop"), (5, 8, "replace")]
    assert apply_edits("abcdefgh", ledger) == "X"


def test_an_inserted_space_is_no_part_of_the_raw_name() -> None:
    raw = "Baidu'sErnie Bot"
    ledger = place_edits(raw, [Proposal(7, 7, " ", "glued_words", "possessive")])
    assert apply_edits(raw, ledger) == "Baidu's Ernie Bot"
    spans = SpanMap.from_edits(ledger)
    assert spans.to_raw(8, 17) == (7, 16)
    assert spans.to_raw(0, 7) == (0, 7)
    assert spans.to_raw(7, 8) == (7, 7)


def test_what_was_dropped_maps_to_an_empty_span() -> None:
    spans = SpanMap.from_edits(place_edits("one AD two", [Proposal(4, 7, "", "advertisement", "ad")]))
    assert spans.to_clean(4, 6) == (4, 4)
    assert spans.to_raw(0, 7) == (0, 10)


def test_edits_of_another_text_are_refused() -> None:
    ledger = place_edits("one AD two", [Proposal(4, 7, "", "advertisement", "ad")])
    with pytest.raises(LedgerError, match="does not fit"):
        apply_edits("one XY two", ledger)
    with pytest.raises(LedgerError, match="does not fit"):
        apply_edits("one", ledger)
    with pytest.raises(LedgerError, match="does not fit"):
        revert_edits("one two", (Edit(4, 4, 9, "whitespace", "r", "", "zz"),))


def test_overlapping_edits_are_refused() -> None:
    edits = (Edit(0, 3, 0, "whitespace", "a", "abc", ""), Edit(2, 4, 0, "whitespace", "b", "cd", ""))
    with pytest.raises(LedgerError, match="overlaps another"):
        apply_edits("abcdef", edits)


def test_composed_edits_that_do_not_fit_are_refused() -> None:
    fits = Edit(0, 1, 0, "whitespace", "a", "a", "x")
    for first, second in ((fits, fits._replace(raw_start=2, raw_end=3)), (fits._replace(removed_text="z"), fits)):
        with pytest.raises(LedgerError, match="does not fit"):
            compose("abc", [first], [second])


def test_a_proposal_outside_the_text_is_refused() -> None:
    with pytest.raises(LedgerError, match="3 characters"):
        place_edits("abc", [Proposal(2, 4, "", "whitespace", "far")])
