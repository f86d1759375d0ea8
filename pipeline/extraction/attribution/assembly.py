"""From speech and reports to attributions: kind and modality of each, one per stretch of text, nested ones linked.

Belongs here: the conventions on kinds of attribution, the choice between readings of one cue, order and nesting. Does
not belong here: how speech and reports are found.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extraction.attribution.context import Context
from pipeline.extraction.attribution.nominal import find_according_to, find_noun_reports
from pipeline.extraction.attribution.quotations import Quotation
from pipeline.extraction.attribution.reports import Report, find_verb_reports
from pipeline.extraction.attribution.sources import Nature, Source
from pipeline.extraction.attribution.speech import Speech, find_speech
from pipeline.extraction.columns import read_columns
from pipeline.extraction.model import Article, Attribution, EntityDraft, MentionDraft, Span
from pipeline.tables import AttributionKind, Modality

_ACCORDING_TO = "attribution.according_to"


def find_attributions(
    article: Article, doc: Doc, entities: Sequence[EntityDraft], mentions: Sequence[MentionDraft]
) -> list[Attribution]:
    """Return the attributions of an article, sorted by content span, an enclosing one before those inside it.

    `doc` is the parse of exactly `article.text`; `entities` and `mentions` are those of the article, and `entity` of an
    attribution indexes the former. `content` of a quotation covers the words between its marks; where a cue stands
    between two parts of a quotation, or a paragraph break, each part is an attribution of its own with the same
    `speaker` and `cue`. A clause that is quoted for the most part is one direct quotation with its unquoted words.
    Indirect content around a parenthetical cue ("Sales rose, she said, in May") covers the whole clause, cue included.
    `speaker` is the name without its title or apposition, which is the `role`. `parent` indexes the smallest
    enclosing attribution. No reply to a request has kind "author" and stance "declines_comment".
    Contents are never empty; all spans are half-open code point offsets of `article.text`.
    """
    if article.text != read_columns(doc).source:
        raise ValueError("the Doc must be the parse of the article's text")
    context = Context(doc, entities, mentions)
    verbs = list(find_verb_reports(context))
    speech = find_speech(context, verbs)
    reports = [*verbs, *find_according_to(context), *find_noun_reports(context)]
    kept_speech, kept_reports = _reconcile(context, speech, reports)
    drafts = [_draft_speech(context, one) for one in kept_speech]
    drafts += [_draft_report(context, one) for one in kept_reports]
    return _nest(drafts)


def _reconcile(context: Context, speech: list[Speech], reports: list[Report]) -> tuple[list[Speech], list[Report]]:
    """Return speech and reports without double readings of one cue, and without parts of a reported clause."""
    by_cue = {report.cue.i: report for report in reports}
    kept: list[Speech] = []
    dropped: set[int] = set()
    for one in speech:
        report = by_cue.get(one.cue.i) if one.cue is not None else None
        if report is None:
            kept.append(one)
        elif one.is_whole or not one.content.within(report.content):
            dropped.add(report.cue.i)
            kept.append(one)
    return kept, [report for report in reports if report.cue.i not in dropped]


def _draft_speech(context: Context, speech: Speech) -> Attribution:
    kind, modality = _judge(
        context, speech.source, speech.content, is_quoted=_is_mostly_quoted(context, speech.content)
    )
    return _draft(speech.content, kind, speech.source, _cue_span(speech), speech.rule_id, modality=modality)


def _cue_span(speech: Speech) -> Span | None:
    return None if speech.cue is None else Span(speech.cue.idx, speech.cue.idx + len(speech.cue))


def _draft_report(context: Context, report: Report) -> Attribution:
    is_quoted = _is_mostly_quoted(context, report.content)
    is_according = report.rule_id == _ACCORDING_TO
    kind, modality = _judge(context, report.source, report.content, is_quoted=is_quoted, is_according=is_according)
    if modality == "actual" or report.stance == "denies":
        modality = report.modality
    cue = Span(report.cue.idx, report.cue.idx + len(report.cue))
    if report.is_silence:
        kind = "author"
    return _draft(report.content, kind, report.source, cue, report.rule_id, report=report, modality=modality)


def _draft(
    content: Span,
    kind: AttributionKind,
    source: Source | None,
    cue: Span | None,
    rule_id: str,
    modality: Modality,
    report: Report | None = None,
) -> Attribution:
    return Attribution(
        content=content,
        kind=kind,
        speaker=source.span if source else None,
        cue=cue,
        rule_id=rule_id,
        entity=source.entity if source else None,
        role=source.role if source else None,
        stance=report.stance if report else "affirms",
        modality=modality,
    )


def _judge(
    context: Context, source: Source | None, content: Span, *, is_quoted: bool, is_according: bool = False
) -> tuple[AttributionKind, Modality]:
    """Return the kind of an attribution and the modality that its source alone gives it."""
    spoken: AttributionKind = "direct_quote" if is_quoted else "indirect_speech"
    if source is None or source.nature is Nature.HEARSAY:
        return ("direct_quote", "actual") if is_quoted and source is None else ("anonymous", "rumoured")
    if source.nature is Nature.DOCUMENT:
        return "document", "rumoured" if source.is_outlet else "actual"
    if source.nature is Nature.OUTLET:
        modality: Modality = "actual" if is_quoted else "rumoured"
        return ("document" if is_according else spoken), modality
    if source.nature is Nature.CROWD and not is_quoted:
        return "anonymous", "actual"
    if is_according and (source.nature is Nature.PROVIDER or _cites_figures(context, source, content)):
        return "document", "actual"
    return spoken, "actual"


def _cites_figures(context: Context, source: Source, content: Span) -> bool:
    """Return whether an organization is cited for figures about others, as who gathers data is."""
    if source.entity is None or context.entities[source.entity].entity_type != "organization":
        return False
    words = context.words(content)
    mentioned = {mention.entity for word in words if (mention := context.mention_of[word.i]) is not None}
    return source.entity not in mentioned and any(word.like_num for word in words)


def _is_mostly_quoted(context: Context, content: Span) -> bool:
    first, last = context.first_token(content.start), context.last_token(content.end)
    quoted = sum(
        max(0, min(content.end, quotation.content.end) - max(content.start, quotation.content.start))
        for quotation in _quotations_between(context, first, last)
    )
    return quoted * 2 >= content.end - content.start


def _quotations_between(context: Context, first: int, last: int) -> list[Quotation]:
    numbers = sorted({number for number in context.quotation_of[first : last + 1] if number >= 0})
    return [context.quotations[number] for number in numbers]


def _nest(drafts: list[Attribution]) -> list[Attribution]:
    """Return the attributions in order, one per content and cue, each with the index of the one around it."""
    unique = {(draft.content, draft.cue): draft for draft in reversed(drafts)}
    ordered = sorted(
        unique.values(), key=lambda draft: (draft.content.start, -draft.content.end, draft.cue or (-1, -1))
    )
    around: list[int] = []
    nested: list[Attribution] = []
    for index, draft in enumerate(ordered):
        while around and not draft.content.within(nested[around[-1]].content):
            around.pop()
        nested.append(replace(draft, parent=around[-1]) if around else draft)
        around.append(index)
    return nested
