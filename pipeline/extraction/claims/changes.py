"""Changes that the text states without a figure: "cut its prices", "spending has risen sharply".

Belongs here: verbs of change over a measurable noun with a named owner. Does not belong here: changes with a figure
(`figures`), beside which an unnumbered one says nothing more.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extraction.claims.clauses import find_copula_subject, find_object, find_subject
from pipeline.extraction.claims.directions import find_direction
from pipeline.extraction.claims.figures import FigureMatcher
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.owners import find_owners_of_noun
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.roles import resolve_parties
from pipeline.extraction.model import Role
from pipeline.tables import Direction

_CONFIDENCE = 0.6
_COMPARATIVES: dict[str, Direction] = {"higher": "increase", "lower": "decrease"}
_SENDING = frozenset(
    {"send", "push", "drive", "lift", "knock", "drag", "move", "help", "nudge", "pull", "trade", "open", "close"}
)
_SHARES = frozenset({"share", "stock"})


class _Moved(NamedTuple):
    """What moved, whose it is, and where to."""

    noun: int
    owners: list[Role]
    direction: Direction


def match_unnumbered(page: Page, measures: FigureMatcher) -> Iterator[Finding]:
    """Yield changes without a figure, in sentences that hold no percentage or amount of money, in text order."""
    tree = page.tree
    numbered = {tree.sentence[q.anchor] for q in page.quantities if q.value.kind in {"percent", "money"}}
    for token in range(tree.size):
        if tree.sentence[token] in numbered:
            continue
        moved = _read_verb(page, token) if tree.pos[token] == "VERB" else _read_comparative(page, token)
        if moved is not None and tree.has_child(moved.noun, "nummod"):
            continue
        predicate = measures.name_change(page, moved.noun) if moved is not None else None
        if moved is None or predicate is None:
            continue
        for owner in moved.owners:
            yield Finding(
                predicate=predicate,
                trigger=token,
                subject=owner,
                object=Role(tree.phrase(moved.noun), None) if page.name(moved.noun) is None else None,
                direction=moved.direction,
                rule_id=f"{predicate}.unnumbered",
                confidence=_CONFIDENCE,
            )


def _read_verb(page: Page, verb: int) -> _Moved | None:
    """ "Tesla cut its prices", "spending at Meta has risen"."""
    direction = find_direction(page, verb)
    measured = _find_measured(page, verb) if direction is not None else None
    return _Moved(measured[0], measured[1], direction) if measured is not None and direction is not None else None


def _read_comparative(page: Page, word: int) -> _Moved | None:
    """ "Lowe's was lower", "the news sent shares of Palantir higher"."""
    tree = page.tree
    direction = _COMPARATIVES.get(tree.lower[word])
    if direction is None or tree.dep[word] not in {"ROOT", "advmod", "xcomp", "conj", "ccomp", "advcl", "obl"}:
        return None
    verb = tree.head[word]
    is_copular = tree.has_child(word, "cop")
    if is_copular:
        moved = find_copula_subject(tree, word)
    elif tree.is_verb(verb) and tree.lemma[verb] in _SENDING:
        moved = tree.child(verb, "obj")
    else:
        return None
    if moved is None:
        return None
    named = page.name(moved)
    if named is not None and is_copular and page.entity_type(named.value.entity) == "organization":
        return _Moved(moved, [Role(named.value.span, named.value.entity)], direction)
    if tree.lemma[moved] not in _SHARES:
        return None
    company = page.company_in_focus(word) if not tree.has_child(moved, "amod", "compound") else None
    owners = find_owners_of_noun(page, moved)
    if not owners and company is not None:
        owners = [Role(company.value.span, company.value.entity)]
    return _Moved(moved, owners, direction) if owners else None


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
