"""Reports inside reports: which claim tells that another one is said ("Reuters reported that Alibaba denied ...").

Belongs here: leading from a claim to the claim of the report that holds its own. Does not belong here: finding reports
and their nesting (`pipeline.extraction.attribution`).
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page
from pipeline.extraction.model import ClaimDraft, Span


def is_reported_anew(page: Page, statement: Finding, speech: Finding) -> bool:
    """Return whether the statement is somebody else's word inside what the speech reports."""
    span = Span(page.tree.start[statement.trigger], page.tree.end[statement.trigger])
    inner, outer = page.attribution(span), speech.attribution
    if inner is None or outer is None or inner is outer or inner.entity is None:
        return False
    return inner.content.within(outer.content)


def link_parents(page: Page, drafts: Sequence[ClaimDraft]) -> tuple[ClaimDraft, ...]:
    """Return the claims, those of a report inside a report with the index of the claim of the outer one."""
    attributions = page.analysis.attributions
    telling = {
        id(draft.attribution): number
        for number, draft in enumerate(drafts)
        if draft.attribution is not None and page.registry.predicates[draft.predicate].group == "speech"
    }
    linked: list[ClaimDraft] = []
    for number, draft in enumerate(drafts):
        held = draft.attribution
        outer = attributions[held.parent] if held is not None and held.parent is not None else None
        parent = telling.get(id(outer)) if outer is not None else None
        linked.append(replace(draft, parent=parent) if parent not in {None, number} else draft)
    return tuple(linked)
