"""Which of the times in its sentence a statement happened at.

Belongs here: what speaks against a time, and the choice by clause and distance. Does not belong here: reading and
resolving times (`pipeline.extraction.times`), and statements whose sentence names none (`continuation`).
"""

from dataclasses import replace
from typing import NamedTuple

from pipeline.extraction.claims.epistemics import Judgement, is_said_in_passing
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Quantity, Span, TimeExpression

_COMPARISON_REACH = 8
_VALUE_REACH = 8
_RECORD_REACH = 6
_OTHER_CLAUSE = 12
_FIGURES = frozenset({"results", "usage"})
_ASIDES = frozenset({"acl:relcl", "advcl:relcl"})
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod:poss", "nummod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RECORDS = frozenset({"most", "record", "low", "high", "first", "worst", "best"})


class Judged(NamedTuple):
    """A finding and how it is put."""

    finding: Finding
    judgement: Judgement


def is_figure(page: Page, finding: Finding) -> bool:
    """Return whether the finding states a result, a level or a change of one."""
    return page.registry.predicates[finding.predicate].group in _FIGURES


def find_own_time(page: Page, judged: Judged) -> TimeExpression | None:
    """Return the time of the trigger's sentence that applies and is nearest to the trigger or its value; else None.

    It may be one without dates: then those cannot be known. A time that is only compared with ("from $622 million a
    year earlier") counts for what is compared alone, one at which something is said not for the figures said, one in a
    clause beside the point for nothing else, and one to come not for what is over. A figure of "this year" that is told
    as a fact covers what of it is over.
    """
    finding = judged.finding
    if is_said_in_passing(finding):
        return None
    tree = page.tree
    sentence = tree.sentence[finding.trigger]
    value = _place_value(page, finding)
    nearest: tuple[int, int, Placed[TimeExpression]] | None = None
    for time in page.times:
        if tree.sentence[time.anchor] != sentence or not _applies(page, judged, time):
            continue
        remoteness = (_measure_distance(page, finding.trigger, value, time), time.first)
        if nearest is None or remoteness < nearest[:2]:
            nearest = (*remoteness, time)
    return _end_at_publication(page, judged, nearest[2]) if nearest is not None else None


def read_tenses(tree: Tree, token: int) -> frozenset[str]:
    """Return the tags of the verb of the token's clause and of its auxiliaries or copula."""
    clause = tree.clause(token)
    return frozenset(tree.tag[i] for i in (clause, *tree.children_by(clause, "aux", "aux:pass", "cop")))


def is_perfect(tree: Tree, token: int) -> bool:
    """Return whether the token is a verb in a perfect tense ("has risen")."""
    return any(tree.lemma[i] in {"have", "'ve"} for i in tree.children_by(token, "aux"))


def _place_value(page: Page, finding: Finding) -> Placed[Quantity] | None:
    if finding.quantity is None:
        return None
    first = next(iter(page.tree.tokens_of(finding.quantity.span)), -1)
    return page.quantity_at.get(first)


def _measure_distance(page: Page, trigger: int, value: Placed[Quantity] | None, time: Placed[TimeExpression]) -> int:
    """Return how many words lie between; none where the time directly follows the value, more in another clause."""
    tree = page.tree
    distance = abs(time.anchor - trigger)
    if value is not None:
        between = range(value.last + 1, time.first)
        if value.last < time.first <= value.last + _VALUE_REACH and not any(_separates(page, i) for i in between):
            return 0
        distance = min(distance, abs(time.anchor - value.last))
    return distance if tree.clause(time.anchor) == tree.clause(trigger) else distance + _OTHER_CLAUSE


def _separates(page: Page, token: int) -> bool:
    tree = page.tree
    is_pause = tree.pos[token] == "PUNCT" and tree.lower[token] not in {"-", "–", "%", '"'}
    return token in page.quantity_at or tree.pos[token] == "CCONJ" or tree.tag[token] in _FINITE or is_pause


def _applies(page: Page, judged: Judged, time: Placed[TimeExpression]) -> bool:
    finding, tree = judged.finding, page.tree
    is_earlier = finding.tells_earlier_level
    if _is_compared(page, time.first) != is_earlier and (is_earlier or finding.quantity is not None):
        return False
    if finding.content is not None and _is_said(page, finding.trigger, time):
        return False
    if _is_of_record(tree, time.first) or _is_aside(tree, finding.trigger, time.anchor):
        return False
    if finding.predicate == "share_price_change" and _is_of_results(tree, time.anchor):
        return False
    return not _is_of_report(page, judged, time.anchor) and not _is_to_come(page, judged, time.value)


def _is_said(page: Page, cue: int, time: Placed[TimeExpression]) -> bool:
    """Whether the time stands in what is said, not beside the cue."""
    if page.tree.clause(time.anchor) == cue and not _is_quoted(page, time.value.span):
        return False
    return any(held.content.overlaps(time.value.span) for held in page.analysis.attributions)


def _is_quoted(page: Page, span: Span) -> bool:
    quotations = (held.content for held in page.analysis.attributions if held.kind == "direct_quote")
    return any(span.within(content) for content in quotations)


def _is_compared(page: Page, first: int) -> bool:
    """Whether the time is what something is compared with: after "from" or "than", with at most an amount between."""
    lower = page.tree.lower
    for position in range(first - 1, max(first - _COMPARISON_REACH, -1), -1):
        if lower[position] in {"from", "than", "versus", "against"} and position not in page.quantity_at:
            return True
        if page.tree.pos[position] in {"VERB", "AUX", "PUNCT", "ADP"} and lower[position] not in {"in", "$", "%"}:
            return False
    return False


def _is_of_record(tree: Tree, first: int) -> bool:
    """Whether the time says since when nothing was like it: "its lowest level since March"."""
    before = range(max(first - _RECORD_REACH, 0), first)
    return tree.lower[first] == "since" and any(
        tree.tag[i] in {"JJS", "RBS"} or tree.lower[i] in _RECORDS for i in before
    )


def _is_of_results(tree: Tree, anchor: int) -> bool:
    """Whether the time tells which results are meant, not when shares moved on them: "third-quarter earnings"."""
    return tree.dep[anchor] in _BEFORE_NOUN and tree.head[anchor] > anchor and tree.is_noun(tree.head[anchor])


def _is_aside(tree: Tree, trigger: int, anchor: int) -> bool:
    """Whether the time stands in a clause that only describes something, and the trigger does not."""
    clause = tree.clause(anchor)
    return tree.dep[clause] in _ASIDES and trigger not in tree.subtree(clause)


def _is_of_report(page: Page, judged: Judged, anchor: int) -> bool:
    """Whether a figure is reported at the time: "sales rose 5%, the company said on Tuesday"."""
    held = judged.judgement.attribution
    if held is None or held.cue is None or not is_figure(page, judged.finding):
        return False
    tree = page.tree
    cue = tree.anchor(held.cue)
    stands_inside = held.content.start <= tree.start[anchor] < held.content.end and not held.cue.within(held.content)
    if cue is None or stands_inside:
        return False
    return tree.clause(anchor) == tree.clause(cue) != tree.clause(judged.finding.trigger)


def _is_to_come(page: Page, judged: Judged, time: TimeExpression) -> bool:
    """Whether what is told in the past tense would lie ahead of publication."""
    published = page.analysis.article.published_on
    if published is None or time.start is None or time.start <= published:
        return False
    is_told = judged.judgement.modality == "actual" and "VBD" in read_tenses(page.tree, judged.finding.trigger)
    return is_told or judged.finding.content is not None


def _end_at_publication(page: Page, judged: Judged, time: Placed[TimeExpression]) -> TimeExpression:
    published, value = page.analysis.article.published_on, time.value
    if published is None or value.start is None or value.end is None or page.tree.lower[time.first] != "this":
        return value
    is_fact = judged.judgement.modality == "actual" and is_figure(page, judged.finding)
    return replace(value, end=published) if is_fact and value.start <= published < value.end else value
