"""Each wording rule does what its examples say, and headings take their blocks with them."""

import re
import time
import unicodedata
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cleaning.residue import ResidueRule, find_prefixes, find_residue, match_rules, residue_rules
from pipeline.cleaning.segments import lower_letters, split_segments


def matched_end(rule: ResidueRule, text: str) -> int | None:
    return rule.matched_end(text, lower_letters(text))


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in residue_rules() for n, text in enumerate(rule.fires)],
)
def test_a_rule_fires(rule: ResidueRule, text: str) -> None:
    assert matched_end(rule, text) is not None


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in residue_rules() for n, text in enumerate(rule.quiet)],
)
def test_a_rule_stays_quiet(rule: ResidueRule, text: str) -> None:
    assert matched_end(rule, text) is None


@pytest.mark.parametrize("rule", residue_rules(), ids=lambda rule: rule.id)
@settings(max_examples=50)
@given(data=st.data())
def test_what_a_rule_matches_has_a_cue_of_it(rule: ResidueRule, data: st.DataObject) -> None:
    needed = rule.needs or rule.pattern
    single_spaced = needed.pattern.replace(r"\s*", " ?").replace(r"\s+", " ").replace(r"\s", " ")
    text = data.draw(st.from_regex(re.compile(single_spaced), fullmatch=rule.needs is None))
    plain = " ".join("".join(str(unicodedata.decimal(letter, letter)) for letter in text).split())
    assert any(cue in f"\n{plain}" for cue in rule.cues)


def test_of_all_rules_the_first_that_matches_decides() -> None:
    whole = [rule for rule in residue_rules() if rule.scope != "prefix"]
    lines = [text for rule in residue_rules() for text in (*rule.fires, *rule.quiet)]
    expected = [next((rule for rule in whole if matched_end(rule, line) is not None), None) for line in lines]
    assert match_rules(lines, [line.lower() for line in lines]) == expected
    assert match_rules(lines, [""] * len(lines)) == [None] * len(lines)


def test_a_prefix_ends_where_the_rest_of_its_segment_begins() -> None:
    segments = split_segments("Dates are set.\nDate 2024-08-21 Shares fell.\nThe date 2024-08-21 was set.")
    (found,) = find_prefixes(segments)
    assert (found.start, found.end, found.rule_id) == (15, 31, "date-prefix")


ALL_QUIET = sorted({text for rule in residue_rules() for text in rule.quiet if text.endswith(".")})


@pytest.mark.parametrize("text", ALL_QUIET)
def test_a_sentence_that_one_rule_leaves_no_other_rule_takes(text: str) -> None:
    taken_by = [rule.id for rule in residue_rules() if matched_end(rule, text) is not None]
    assert not taken_by


PIECES = (" ", "a ", "| a ", "· ", "/ ", "- ", ", ", "& ", "(photo ", "by ", "2019 ", "home > ")


@pytest.mark.parametrize("rule", residue_rules(), ids=lambda rule: rule.id)
def test_a_rule_ends_soon_on_any_repetition(rule: ResidueRule) -> None:
    for piece in (*rule.fires, *PIECES, *map("".join, product(PIECES, PIECES))):
        words = (piece * 700).split(" ")[: rule.max_words - 1]
        start = time.process_time()
        matched_end(rule, " ".join([*words, "said!"]))
        assert time.process_time() - start < 0.1, piece


BODY = "The company said on Monday that it would invest more than $50 billion in cloud computing over three years."
TEASER = "Another company has launched its first service for parcels, covering nearly all of the market."


def kept(*lines: str) -> list[str]:
    segments = split_segments("\n".join(lines))
    return [s.text for s, verdict in zip(segments, find_residue(segments), strict=True) if verdict is None]


def test_a_block_at_the_end_takes_its_teasers_along() -> None:
    assert kept(BODY, BODY, BODY, "Related Articles", TEASER, TEASER, "Thoughts", "Sign in to comment") == [BODY] * 3


def test_a_block_in_the_middle_ends_where_the_article_goes_on() -> None:
    assert kept(BODY, "Related Articles", "Bank raises its rate", "A new chip for cars", BODY, BODY) == [BODY] * 3


def test_a_block_does_not_take_an_article_that_goes_on() -> None:
    assert kept(*[BODY] * 5, "Related Articles", *[TEASER] * 4, "Thoughts") == [BODY] * 5
    links = ("Bank raises its rate", "A new chip for cars")
    assert kept(BODY, BODY, BODY, BODY, BODY, "Don't miss", *links, *[TEASER] * 4) == [BODY] * 5 + [TEASER] * 4


def test_a_comment_section_takes_all_that_follows() -> None:
    assert kept(BODY, BODY, "Comments", "jane: I do not think so.", "Two years ago it was different.") == [BODY] * 2


def test_a_heading_of_comments_above_the_article_takes_nothing_along() -> None:
    assert kept("Comments", BODY, BODY) == [BODY] * 2


def test_a_heading_with_nothing_under_it_goes() -> None:
    assert kept(BODY, "Thoughts", "Share your thoughts on this article") == [BODY]
    assert kept(BODY, "Outlook", BODY) == [BODY, "Outlook", BODY]
