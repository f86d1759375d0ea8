"""Changes that the text states without a figure: "cut its prices", "spending has risen sharply".

Belongs here: verbs of change over a measurable noun with a named owner. Does not belong here: changes with a figure
(`figures`), beside which an unnumbered one says nothing more.
"""

from collections.abc import Iterator

from pipeline.extraction.claims.clauses import find_object, find_subject
from pipeline.extraction.claims.figures import FigureMatcher
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.owners import find_owners_of_noun
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.roles import resolve_parties
from pipeline.extraction.claims.steps import find_direction
from pipeline.extraction.model import Role

_CONFIDENCE = 0.6


def match_unnumbered(page: Page, measures: FigureMatcher) -> Iterator[Finding]:
    """Yield changes without a figure, in sentences that hold no percentage or amount of money, in text order."""
    tree = page.tree
    numbered = {tree.sentence[q.anchor] for q in page.quantities if q.value.kind in {"percent", "money"}}
    for verb in range(tree.size):
        if tree.pos[verb] != "VERB" or tree.sentence[verb] in numbered:
            continue
        direction = find_direction(page, verb)
        measured = _find_measured(page, verb) if direction is not None else None
        if direction is None or measured is None:
            continue
        noun, owners = measured
        predicate = measures.name_change(page, noun)
        if predicate is None:
            continue
        for owner in owners:
            yield Finding(
                predicate=predicate,
                trigger=verb,
                subject=owner,
                object=Role(tree.phrase(noun), None),
                direction=direction,
                rule_id=f"{predicate}.unnumbered",
                confidence=_CONFIDENCE,
            )


def _find_measured(page: Page, verb: int) -> tuple[int, list[Role]] | None:
    tree = page.tree
    patient = find_object(tree, verb)
    agent = find_subject(tree, verb)
    noun = patient if patient is not None else agent
    if noun is None or tree.pos[noun] != "NOUN" or tree.lemma[noun] not in page.vocabulary.measurable_nouns:
        return None
    owners = find_owners_of_noun(page, noun)
    if not owners and patient is not None and agent is not None:
        owners = [role for role in resolve_parties(page, agent) if role.entity is not None]
    owners = [owner for owner in owners if page.entity_type(owner.entity) in {"organization", "product"}]
    return (noun, owners) if owners else None
