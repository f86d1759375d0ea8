"""All claims of an analysed article: patterns matched, told apart, judged and dated.

Belongs here: the order of the engines and what one finding says about another (repeats, reported content that another
predicate fills). Does not belong here: any pattern or construction.
"""

from dataclasses import replace

from pipeline.extraction.claims.basis import find_basis
from pipeline.extraction.claims.changes import match_unnumbered
from pipeline.extraction.claims.continuation import date_findings
from pipeline.extraction.claims.dating import Judged
from pipeline.extraction.claims.epistemics import Judgement, is_said_in_passing, judge
from pipeline.extraction.claims.events import EventMatcher
from pipeline.extraction.claims.figures import FigureMatcher
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.media import link_media
from pipeline.extraction.claims.mending import make_lexicon
from pipeline.extraction.claims.modality import place_in_time
from pipeline.extraction.claims.nesting import is_reported_anew, link_parents
from pipeline.extraction.claims.offices import OfficeMatcher
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.possessives import PossessiveMatcher
from pipeline.extraction.claims.speech import SpeechMatcher
from pipeline.extraction.model import Analysis, ClaimDraft, TimeExpression
from pipeline.predicates import Registry

_SPEECH = "speech"


class ClaimFinder:
    """The engines over one registry, built once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._lexicon = make_lexicon(registry)
        self._events = EventMatcher(registry)
        self._offices = OfficeMatcher(registry)
        self._possessives = PossessiveMatcher(registry)
        self._figures = FigureMatcher(registry)
        self._speech = SpeechMatcher(registry)

    def find(self, analysis: Analysis) -> tuple[ClaimDraft, ...]:
        """Return the claims of the article in text order, each with the words that carry it."""
        page = Page(analysis, self._registry, self._lexicon)
        events = list(self._events.match(page))
        taken = {finding.quantity for finding in events if finding.quantity is not None}
        statements = [*events, *self._offices.match(page), *self._possessives.match(page)]
        statements += self._figures.match(page, taken)
        statements += match_unnumbered(page, self._figures)
        statements = _complete_departures(statements)
        statements = self._drop_filled_plans(page, statements)
        speech = [f for f in self._speech.match(page) if not self._is_filled(page, f, statements)]
        statements = [f for f in statements if not (self._is_speech(f) and _is_repeated(f, speech))]
        judged = [Judged(finding, judge(page, finding)) for finding in _keep_best(page, [*statements, *speech])]
        drafts = [_draft(page, *one, time) for one, time in date_findings(page, judged)]
        drafts.sort(key=lambda draft: (draft.evidence, draft.predicate, draft.subject.span))
        return link_media(page, link_parents(page, drafts))

    def _is_speech(self, finding: Finding) -> bool:
        return self._registry.predicates[finding.predicate].group == _SPEECH

    def _drop_filled_plans(self, page: Page, findings: list[Finding]) -> list[Finding]:
        starts = [page.tree.start[finding.trigger] for finding in findings if not self._is_speech(finding)]
        return [f for f in findings if not (self._is_speech(f) and (_covers_any(f, starts) or _is_guessed(page, f)))]

    def _is_filled(self, page: Page, speech: Finding, statements: list[Finding]) -> bool:
        held, content = speech.attribution, speech.content
        if held is None or content is None or held.kind == "direct_quote":
            return False
        root = page.tree.anchor(content)
        if root is None:
            return False
        if speech.predicate != "say" and _holds_event(page, speech, statements):
            return True
        main = page.tree.clause(root)
        for statement in statements:
            token = statement.trigger
            inside = content.start <= page.tree.start[token] and page.tree.end[token] <= content.end
            is_main = inside and page.tree.clause(token) == main and "possessive" not in statement.rule_id
            if is_main and not is_reported_anew(page, statement, speech):
                return True
        return False


def _holds_event(page: Page, speech: Finding, statements: list[Finding]) -> bool:
    """Whether another predicate stands in the content of a denial, plan, forecast or confirmation."""
    content = speech.content
    starts = (page.tree.start[f.trigger] for f in statements if not is_said_in_passing(f))
    return content is not None and any(content.start <= start < content.end for start in starts)


def _is_repeated(finding: Finding, speech: list[Finding]) -> bool:
    """Whether an attribution says the same plan or denial."""
    held = finding.object
    return held is not None and any(
        other.predicate == finding.predicate and other.content is not None and other.content.overlaps(held.span)
        for other in speech
    )


def _complete_departures(findings: list[Finding]) -> list[Finding]:
    """Whoever leaves without the text saying what leaves the organization that the text says they belong to."""
    homes = {f.subject.entity: f.object for f in findings if f.predicate == "hold_role"}
    return [
        replace(f, object=homes.get(f.subject.entity, f.object))
        if f.predicate == "depart" and (f.object is None or f.object.entity is None)
        else f
        for f in findings
    ]


def _is_guessed(page: Page, finding: Finding) -> bool:
    """Whether a plan is only thought possible, so that nobody stated it: "may not want to be seen with"."""
    auxiliaries = page.tree.children_by(finding.trigger, "aux")
    return finding.predicate == "plan" and any(
        page.tree.lower[i] in page.vocabulary.possible_words for i in auxiliaries
    )


def _covers_any(finding: Finding, starts: list[int]) -> bool:
    held = finding.object
    return held is not None and any(held.span.start <= start < held.span.end for start in starts)


def _keep_best(page: Page, findings: list[Finding]) -> list[Finding]:
    """One finding per predicate, parties and value in a sentence; one without object yields to one with.

    Of a symmetric predicate, parties that have changed places are the same.
    """
    best: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        subject = finding.subject.entity if finding.subject.entity is not None else finding.subject.span
        held = finding.object
        object_ = None if held is None else held.entity if held.entity is not None else held.span
        value = finding.quantity.span if finding.quantity else None
        if page.registry.predicates[finding.predicate].is_symmetric and object_ is not None:
            subject, object_ = sorted((subject, object_), key=str)
        key = (page.tree.sentence[finding.trigger], finding.predicate, subject, object_, value)
        if key not in best or finding.confidence > best[key].confidence:
            best[key] = finding
    fuller = {(key[0], key[1], key[2], key[4]) for key in best if key[3] is not None}
    return [f for key, f in best.items() if key[3] is not None or (key[0], key[1], key[2], key[4]) not in fuller]


def _draft(page: Page, finding: Finding, judgement: Judgement, time: TimeExpression | None) -> ClaimDraft:
    return ClaimDraft(
        predicate=finding.predicate,
        subject=finding.subject,
        object=finding.object,
        quantity=finding.quantity,
        direction=finding.direction,
        change_basis=find_basis(page, finding),
        time=time,
        polarity=judgement.polarity,
        stance=judgement.stance,
        modality=place_in_time(page, finding, judgement.modality, time),
        attribution=judgement.attribution,
        evidence=finding.evidence or page.sentence_span(finding.trigger),
        rule_id=finding.rule_id,
        confidence=finding.confidence,
    )
