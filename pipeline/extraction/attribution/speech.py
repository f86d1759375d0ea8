"""Who speaks the quoted words: quotations tied to the cue beside them, or to the speaker whose words they go on with.

Belongs here: paragraphs that continue a quotation, quotations whose speaker only the sentence before tells, and scare
quotes, which nobody speaks. Does not belong here: cues beside a quotation (`links`), finding marks, reading noun
phrases as sources, reported clauses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from pipeline.extraction.attribution.context import Context
from pipeline.extraction.attribution.links import (
    REACH,
    SPEECH_WORDS,
    link_after,
    link_before,
    link_by_dash,
    read_person,
)
from pipeline.extraction.attribution.quotations import Quotation
from pipeline.extraction.attribution.reports import Report, is_naming, list_quoting_cues
from pipeline.extraction.attribution.sources import Nature, Source, read_source
from pipeline.extraction.model import Span

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation and who speaks it. `is_whole` unless it is a part of a sentence that goes on outside the marks."""

    quotation: int
    content: Span
    cue: Token | None
    source: Source | None
    rule_id: str
    is_whole: bool


def find_speech(context: Context, reports: Sequence[Report]) -> list[Speech]:
    """Return the quotations that somebody speaks, in text order; `reports` tell who spoke without marks before them."""
    finder = _Finder(context, reports)
    return [speech for index in range(len(context.quotations)) if (speech := finder.find(index)) is not None]


class _Finder:
    """Walks the outermost quotations in order and remembers who spoke last."""

    def __init__(self, context: Context, reports: Sequence[Report]) -> None:
        self._context = context
        self._reports = sorted(reports, key=lambda report: report.cue.i)
        self._next_report = 0
        self._last: Speech | None = None
        self._last_source: tuple[int, Source] | None = None
        self._found: dict[int, Speech] = {}

    def find(self, index: int) -> Speech | None:
        quotation = self._context.quotations[index]
        if quotation.parent is not None:
            return None
        speech = self._find_linked(index, quotation) or self._find_implied(index, quotation)
        if speech is not None:
            self._found[index] = speech
            self._last = speech
            if speech.source is not None:
                self._last_source = (quotation.outer.end, speech.source)
        return speech

    def _find_linked(self, index: int, quotation: Quotation) -> Speech | None:
        context = self._context
        before = link_before(context, quotation)
        is_adjacent = (
            before is not None
            and before[0] is not None
            and before[0].i == context.first_token(quotation.outer.start) - 1
        )
        after = None if is_adjacent else link_after(context, quotation)
        link = after or before or link_by_dash(context, quotation)
        if link is None:
            return None
        cue, source, rule_id = link
        if source is None and cue is not None and self._last is not None and self._last.cue == cue:
            source = self._last.source
        if source is None:
            return None
        if cue is None:
            return Speech(index, quotation.content, None, source, rule_id, is_whole=True)
        if rule_id == "attribution.quotation.after":
            start = _start_of_clause(context, quotation)
        else:
            start = _start_of_naming(context, cue, quotation) if is_naming(cue) else None
        if start is None:
            is_whole = rule_id == "attribution.quotation.after" or not _goes_on(context, quotation)
            return Speech(index, quotation.content, cue, source, rule_id, is_whole)
        content = context.trim(Span(start, quotation.outer.end))
        return Speech(index, content or quotation.content, cue, source, rule_id, is_whole=False)

    def _find_implied(self, index: int, quotation: Quotation) -> Speech | None:
        if quotation.continues is not None and quotation.continues in self._found:
            before = self._found[quotation.continues]
            return replace(
                before, quotation=index, content=quotation.content, rule_id="attribution.quotation.continued"
            )
        if not _is_speech(self._context, quotation):
            return None
        paragraph = self._context.paragraph_start(quotation.outer.start)
        if self._last is not None and self._last.content.start >= paragraph:
            return replace(
                self._last,
                quotation=index,
                content=quotation.content,
                rule_id="attribution.quotation.continued",
                is_whole=True,
            )
        source = self._find_speaker_before(quotation, paragraph)
        if source is None:
            return None
        return Speech(index, quotation.content, None, source, "attribution.quotation.implied", is_whole=True)

    def _find_speaker_before(self, quotation: Quotation, paragraph: int) -> Source | None:
        """Return who spoke last in this paragraph, or in the one before if the quotation opens its own."""
        context = self._context
        self._hear_reports(quotation.outer.start)
        opens_paragraph = context.first_token(paragraph) >= context.first_token(quotation.outer.start)
        since = context.paragraph_before(paragraph) if opens_paragraph else paragraph
        if self._last_source is not None and self._last_source[0] >= since:
            return self._last_source[1]
        return _find_person_before(context, quotation, since)

    def _hear_reports(self, until: int) -> None:
        """Remember who is reported to have spoken up to a character."""
        while self._next_report < len(self._reports) and self._reports[self._next_report].cue.idx < until:
            report = self._reports[self._next_report]
            self._next_report += 1
            if report.source is None or report.source.nature not in (Nature.NAMED, Nature.OTHER, Nature.CROWD):
                continue
            if self._last_source is None or report.cue.idx >= self._last_source[0]:
                self._last_source = (report.cue.idx, report.source)


def _find_person_before(context: Context, quotation: Quotation, since: int) -> Source | None:
    """Return the person that the sentence before the quotation is about: its subject."""
    last = context.last_token(quotation.outer.start)
    while last >= 0 and (context.tokens[last].is_space or context.tokens[last].is_punct):
        last -= 1
    if last < 0 or context.tokens[last].idx < since:
        return None
    start, end = context.sentence_of[last]
    for token in context.tokens[start:end]:
        if token.dep_ in ("nsubj", "nsubj:pass") and context.quotation_of[token.i] < 0:
            person = read_person(context, token)
            if person is not None or token.lower_ in ("he", "she"):
                return person or read_source(context, token)
    return None


def _start_of_clause(context: Context, quotation: Quotation) -> int | None:
    """Return where the sentence starts that leads into a quotation; None if the quotation stands alone.

    It leads in without a pause ("The firm is “well placed,” he said") or by an opening phrase ("In time, “we will.”").
    """
    first = context.first_token(quotation.outer.start)
    words: list[Token] = []
    for token in reversed(context.tokens[max(0, first - REACH) : first]):
        if (
            context.quotation_of[token.i] >= 0
            or "\n" in token.text
            or context.is_terminator(token.i)
            or token.text == ":"
        ):
            break
        words.append(token)
    if not words or list_quoting_cues(words[0]):
        return None
    if words[0].is_punct and (words[0].text != "," or any(word.tag_ in _FINITE for word in words)):
        return None
    return words[-1].idx


def _start_of_naming(context: Context, cue: Token, quotation: Quotation) -> int | None:
    """Return where that begins which a quotation names: X called [the plan "a mistake"]; None for a bare pronoun."""
    first = context.first_token(quotation.outer.start)
    words = [token for token in context.tokens[cue.i + 1 : first] if not token.is_punct and not token.is_space]
    return None if all(word.pos_ in ("PRON", "ADP", "DET") for word in words) else words[0].idx


def _goes_on(context: Context, quotation: Quotation) -> bool:
    """Return whether the sentence goes on after a quotation without a pause."""
    inside = context.text[quotation.content.end : quotation.outer.end]
    if context.text[quotation.content.end - 1] in ".?!…" or "," in inside:
        return False
    first = context.first_token(quotation.outer.end)
    return first < len(context.tokens) and not (context.tokens[first].is_punct or context.tokens[first].is_space)


def _is_speech(context: Context, quotation: Quotation) -> bool:
    """Return whether quoted words look like an utterance rather than a title, a term or a scare quote."""
    words = context.words(quotation.content)
    if len(words) < SPEECH_WORDS or not any(word.pos_ in ("VERB", "AUX") for word in words):
        return False
    start, end = quotation.content
    text = context.text
    before = text[max(0, quotation.outer.start - 3) : quotation.outer.start].rstrip(" ")[-1:]
    starts = before in ("", "\n", ".", "?", "!", "…", ":", "”", '"', "—", "’", "'")
    ends = (
        text[end - 1] in ".?!…"
        or "," in text[end : quotation.outer.end]
        or text[quotation.outer.end : quotation.outer.end + 1] in ".?!\n"
    )
    return starts and ends and not text[start].islower()
