"""Each repair does what its examples say, and repairing twice is repairing once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.ledger import apply_edits, place_edits, revert_edits
from pipeline.cleaning.repairs import RepairRule, read_signs, repair, repair_rules


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [pytest.param(rule, *pair, id=f"{rule.id}-{n}") for rule in repair_rules() for n, pair in enumerate(rule.fires)],
)
def test_a_repair_fires(rule: RepairRule, before: str, after: str) -> None:
    assert apply_edits(before, place_edits(before, rule.propose(before))) == after


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in repair_rules() for n, text in enumerate(rule.quiet)],
)
def test_a_repair_stays_quiet(rule: RepairRule, text: str) -> None:
    assert not rule.propose(text)


FRAGMENTS = (
    *(
        "It’s",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\x92",
        "\u00ad",
        "\u3000",
        "\ufeff",
        "\ufffd",
        "s",
        "中文",
        "שלום",
        "😀",
    ),
    *(
        "&amp;",
        "amp;",
        "&",
        "lt;",
        "#8217;",
        "nbsp;",
        "&nbsp;",
        "Ã¢â‚¬â„¢",
        "â€™",
        "Ã",
        "©",
        "Baidu's",
        "Ernie",
        "said.",
        "The ",
    ),
)
LETTERS = st.characters(exclude_categories=["Cs"])
DAMAGED = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


@given(st.one_of(DAMAGED, st.text(LETTERS, max_size=80)))
def test_repairing_again_changes_nothing(text: str) -> None:
    repaired, ledger = repair(text)
    assert apply_edits(text, ledger) == repaired
    assert revert_edits(repaired, ledger) == text
    assert repair(repaired) == (repaired, ())


@pytest.mark.parametrize("rule", repair_rules(), ids=lambda rule: rule.id)
@given(data=st.data())
def test_a_text_that_a_rule_repairs_shows_it_by_its_signs(rule: RepairRule, data: st.DataObject) -> None:
    found = st.from_regex(rule.pattern)
    text = data.draw(st.tuples(st.text(LETTERS, max_size=9), found, st.text(LETTERS, max_size=9)).map("".join) | found)
    assert rule.may_match(text, read_signs(text)) or not rule.propose(text)


@pytest.mark.parametrize("before", range((1 << 16) - 9, 1 << 16))
def test_a_long_text_shows_its_signs_anywhere(before: int) -> None:
    assert read_signs("x" * before + "ends.Begins").cues == {"aaa.A"}


def test_repairs_name_kind_and_rule() -> None:
    repaired, ledger = repair("  Baidu'sErnie Bot rose&nbsp;5%.\r\n\r\nIt\u0092s new. ")
    assert repaired == "Baidu's Ernie Bot rose 5%.\nIt’s new."
    assert {(e.kind, e.rule_id) for e in ledger} >= {
        ("glued_words", "glued-possessive"),
        ("encoding", "c1-controls"),
        ("whitespace", "outer-space"),
    }
