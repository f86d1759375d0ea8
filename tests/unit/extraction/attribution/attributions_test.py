"""What must be true of attributions: whose words they are, of what kind, stance and modality, and what is not one."""

import re
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.attribution import find_attributions
from pipeline.extraction.model import Article, Attribution, EntityDraft, MentionDraft, Span
from pipeline.language import Language, load_language

PEOPLE = ("Wei Sun", "Tim Cook", "Lisa Su", "Satya Nadella", "Cook", "Musk")
ORGANIZATIONS = ("Apple", "Boeing", "Reuters", "Bloomberg", "Counterpoint Research", "Alibaba", "Microsoft", "Gartner")


@cache
def language() -> Language:
    return load_language()


@dataclass(frozen=True)
class Reading:
    """The attributions of one text, with the text to read their spans from."""

    text: str
    entities: tuple[EntityDraft, ...]
    found: list[Attribution]

    def words(self, span: Span | None) -> str | None:
        return None if span is None else self.text[span.start : span.end]

    def name(self, attribution: Attribution) -> str | None:
        return None if attribution.entity is None else self.entities[attribution.entity].name

    def only(self) -> Attribution:
        assert len(self.found) == 1, [self.words(one.content) for one in self.found]
        return self.found[0]

    def about(self, words: str) -> Attribution:
        return min((one for one in self.found if words in (self.words(one.content) or "")), key=_length)


def _length(attribution: Attribution) -> int:
    return attribution.content.end - attribution.content.start


def read(text: str) -> Reading:
    entities: list[EntityDraft] = []
    mentions: list[MentionDraft] = []
    taken: set[int] = set()
    for name in sorted((*PEOPLE, *ORGANIZATIONS), key=len, reverse=True):
        places = [match.start() for match in re.finditer(rf"\b{name}\b", text) if match.start() not in taken]
        if places:
            mentions += [MentionDraft(Span(at, at + len(name)), "name", len(entities), 1.0, "test") for at in places]
            taken.update(i for at in places for i in range(at, at + len(name)))
            entities.append(EntityDraft(name, "person" if name in PEOPLE else "organization"))
    doc = next(iter(language().parse([text])))
    found = find_attributions(Article("document", text, None, None), doc, entities, mentions)
    return Reading(text, tuple(entities), found)


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("“Demand is growing quickly,” said Tim Cook.", "Demand is growing quickly", "Tim Cook"),
        ("“Demand is growing quickly,” Tim Cook said on Monday.", "Demand is growing quickly", "Tim Cook"),
        ('"Is demand growing?" Tim Cook asked.', "Is demand growing?", "Tim Cook"),
        ("“Demand is growing,” Apple chief executive Tim Cook said.", "Demand is growing", "Tim Cook"),
        ("“Demand is growing,” Tim Cook, the chief executive of Apple, said.", "Demand is growing", "Tim Cook"),
        ("Tim Cook said: “Demand is growing quickly.”", "Demand is growing quickly.", "Tim Cook"),
        ("Tim Cook told reporters in London, “Demand is growing.”", "Demand is growing.", "Tim Cook"),
        ("Tim Cook called it “a terrible mistake.”", "a terrible mistake.", "Tim Cook"),
        ("“Demand is growing quickly in China.” — Tim Cook", "Demand is growing quickly in China.", "Tim Cook"),
    ],
)
def test_a_quotation_belongs_to_the_speaker_beside_its_cue(text: str, content: str, speaker: str) -> None:
    reading = read(text)
    one = reading.only()
    assert one.kind == "direct_quote"
    assert reading.words(one.content) == content
    assert reading.words(one.speaker) == speaker
    assert reading.name(one) == speaker


def test_a_cue_between_two_parts_gives_both_to_one_speaker() -> None:
    reading = read("“Demand is growing,” said Tim Cook, “and we are ready.”")
    first, second = reading.found
    assert (reading.words(first.content), reading.words(second.content)) == ("Demand is growing", "and we are ready.")
    assert first.cue == second.cue
    assert first.speaker == second.speaker


def test_a_quotation_after_the_cue_sentence_goes_on_with_the_speaker() -> None:
    reading = read("“Demand is growing,” said Tim Cook. “We are ready for a very good year.”")
    assert [reading.name(one) for one in reading.found] == ["Tim Cook", "Tim Cook"]


def test_paragraphs_of_one_quotation_have_one_speaker() -> None:
    reading = read("Tim Cook said: “Demand is growing in China.\n“We are ready for a very good year there.”")
    assert [reading.name(one) for one in reading.found] == ["Tim Cook", "Tim Cook"]


def test_a_quotation_in_its_own_paragraph_belongs_to_who_spoke_before() -> None:
    reading = read("Tim Cook said that demand is growing.\n“We are ready for a very good year in China.”")
    one = reading.about("We are ready")
    assert (one.kind, reading.name(one), one.rule_id) == ("direct_quote", "Tim Cook", "attribution.quotation.implied")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “metaverse” cost the firm billions last year.",
        "Apple opened its “Genius Bar” in 2001 in Virginia.",
        "The game “Half Life” sold well in Europe.",
    ],
)
def test_scare_quotes_and_titles_are_nobodys_speech(text: str) -> None:
    assert read(text).found == []


def test_a_mixed_quotation_with_few_quoted_words_is_indirect_speech() -> None:
    reading = read("Tim Cook said the lineup of games that the company sells is its “weak spot.”")
    one = reading.only()
    assert one.kind == "indirect_speech"
    assert "lineup" in (reading.words(one.content) or "")


def test_a_quotation_that_carries_most_of_the_clause_is_direct() -> None:
    reading = read("Apple is “positioning itself as a leader in the cloud market,” said Wei Sun.")
    one = reading.only()
    assert one.kind == "direct_quote"
    assert (reading.words(one.content) or "").startswith("Apple is")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Apple said that it would hire 200 engineers.", "it would hire 200 engineers"),
        ("Apple said it would hire 200 engineers.", "it would hire 200 engineers"),
        ("Apple would hire 200 engineers, Tim Cook said.", "Apple would hire 200 engineers"),
        ("Apple told reporters that it would hire 200 engineers.", "it would hire 200 engineers"),
        ("Apple revealed that it had bought the startup.", "it had bought the startup"),
        ("Apple reported an 8% increase in revenue.", "an 8% increase in revenue"),
    ],
)
def test_reported_content_is_indirect_speech(text: str, content: str) -> None:
    reading = read(text)
    one = reading.only()
    assert one.kind == "indirect_speech"
    assert (one.stance, one.modality) == ("affirms", "actual")
    assert reading.words(one.content) == content


@pytest.mark.parametrize(
    "text",
    [
        "Apple announced that it would hire 200 engineers.",
        "Apple will report earnings on Monday.",
        "If Apple says that it will leave, prices will fall.",
        "Apple reportedly bought the startup.",
        "We believe that prices will fall.",
        "Apple rejected the offer.",
        "Microsoft dismissed its finance chief.",
    ],
)
def test_what_nobody_else_stands_for_is_no_attribution(text: str) -> None:
    assert read(text).found == []


def test_expectations_are_forecasts_of_their_subject() -> None:
    one = read("Apple expects sales to grow by 5 percent this year.").only()
    assert (one.kind, one.modality) == ("indirect_speech", "forecast")
    assert read("Microsoft sees sales growth of 2 percent.").only().modality == "forecast"


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Sales fell by 4 percent in May, according to Gartner.", "document", "actual"),
        ("Sales fell by 4 percent, according to a report from Gartner.", "document", "actual"),
        ("Apple plans to buy the startup, according to Bloomberg.", "document", "rumoured"),
        ("Apple will open a new store, according to the company.", "indirect_speech", "actual"),
        ("Demand is weak, according to Wei Sun.", "indirect_speech", "actual"),
        ("According to people familiar with the matter, Apple will buy the startup.", "anonymous", "rumoured"),
    ],
)
def test_according_to_is_judged_by_its_source(text: str, kind: str, modality: str) -> None:
    one = read(text).only()
    assert (one.kind, one.modality) == (kind, modality)


@pytest.mark.parametrize(
    "text",
    [
        "People familiar with the matter said that the deal would close in May.",
        "Sources said that the deal would close in May.",
        "Reports suggest that the app has 160 million users.",
        "It was reported that the deal would close in May.",
        "Amid rumors that the deal would close in May, shares rose.",
    ],
)
def test_unnamed_sources_are_anonymous_and_rumoured(text: str) -> None:
    one = read(text).only()
    assert (one.kind, one.modality, one.entity) == ("anonymous", "rumoured", None)


def test_unnamed_experts_are_anonymous_but_no_rumour() -> None:
    one = read("Analysts said that the deal would close in May.").only()
    assert (one.kind, one.modality) == ("anonymous", "actual")


def test_an_outlet_that_reports_is_the_speaker_of_a_rumour() -> None:
    reading = read("Reuters reported that Apple would buy the startup.")
    one = reading.only()
    assert (one.kind, one.modality, reading.name(one)) == ("indirect_speech", "rumoured", "Reuters")


def test_a_document_speaks_for_its_issuer() -> None:
    reading = read("The report by Gartner said that sales fell in May.")
    one = reading.only()
    assert (one.kind, reading.name(one)) == ("document", "Gartner")


def test_a_spokesperson_speaks_as_the_organization() -> None:
    reading = read("A Boeing spokeswoman said that the plane was safe.")
    assert reading.name(reading.only()) == "Boeing"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Apple denied that it would invest in the startup.", "it would invest in the startup"),
        ("Apple denied investing in the startup.", "investing in the startup"),
        ("Apple denied the allegations on Monday.", "the allegations on Monday"),
        ("Boeing rejected the claims of the union.", "the claims of the union"),
        ("Alibaba's denial of investment in the startup was a surprise.", "investment in the startup"),
    ],
)
def test_denials_deny_their_content(text: str, content: str) -> None:
    reading = read(text)
    one = reading.found[0]
    assert one.stance == "denies"
    assert (reading.words(one.content) or "").split(" on ")[0] == content.split(" on ", maxsplit=1)[0]
    assert one.entity is not None


def test_a_denied_rumour_is_rumoured() -> None:
    one = read("Apple denied rumors of investing in the startup.").only()
    assert (one.stance, one.modality) == ("denies", "rumoured")


@pytest.mark.parametrize(
    "text",
    [
        "Apple declined to comment on the talks.",
        "Apple declined to say whether it would sell the unit.",
        "Apple would not comment on the talks.",
        "Apple did not deny that it would sell the unit.",
    ],
)
def test_a_refusal_is_neither_denial_nor_confirmation(text: str) -> None:
    one = read(text).only()
    assert (one.kind, one.stance) == ("indirect_speech", "declines_comment")


def test_no_reply_is_the_authors_word() -> None:
    one = read("Apple did not respond to a request for comment.").only()
    assert (one.kind, one.stance) == ("author", "declines_comment")


def test_a_question_questions_its_content() -> None:
    assert read("Wei Sun questioned whether the plan was feasible.").only().stance == "questions"


def test_a_report_inside_a_report_names_its_parent() -> None:
    reading = read("Reuters reported that Apple denied that it would buy the startup.")
    outer, inner = reading.found
    assert (reading.name(outer), reading.name(inner)) == ("Reuters", "Apple")
    assert (outer.parent, inner.parent) == (None, 0)
    assert (outer.stance, inner.stance) == ("affirms", "denies")


def test_the_role_stands_apart_from_the_name() -> None:
    reading = read("“It is a strategic effort,” said Wei Sun, senior analyst at Counterpoint Research.")
    one = reading.only()
    assert (reading.words(one.speaker), reading.words(one.role)) == (
        "Wei Sun",
        "senior analyst at Counterpoint Research",
    )


def test_a_doc_of_another_text_is_refused() -> None:
    doc = next(iter(language().parse(["One text."])))
    with pytest.raises(ValueError, match="parse of the article"):
        find_attributions(Article("document", "Another text.", None, None), doc, [], [])


WORDS = st.sampled_from(
    [
        *"\"'“”‘’`—,.:?\n",
        " said",
        " Musk",
        " that",
        " it",
        " denied",
        " according to",
        " reports",
        " rose",
        " “yes”",
        " of",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_any_text_gives_sound_attributions(text: str) -> None:
    reading = read(text)
    for index, one in enumerate(reading.found):
        for span in (one.content, one.speaker, one.cue, one.role):
            assert span is None or 0 <= span.start < span.end <= len(text)
        if one.parent is not None:
            assert one.parent < index
            assert one.content.within(reading.found[one.parent].content)
    assert reading.found == sorted(reading.found, key=lambda one: (one.content.start, -one.content.end))
