"""Constructions that state a level: "reached $5bn", "has 300 stores", "revenue of $5bn", "40% of the deals".

Belongs here: reading what is measured and who has it. Does not belong here: changes (`steps`) and ranks (`ranks`).
"""

from pipeline.extraction.claims.amounts import (
    Reading,
    find_counted_noun,
    find_noun_before,
    find_per_unit,
    head_of_amount,
)
from pipeline.extraction.claims.clauses import find_object, find_subject
from pipeline.extraction.claims.directions import find_noun_direction
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.roles import resolve_role
from pipeline.extraction.claims.steps import find_changed
from pipeline.extraction.claims.surface import find_nearest_subject
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Quantity

_LEVEL_PREPOSITIONS = frozenset({None, "at", "to", "below", "above", "around", "near", "under", "over", "about"})
_BOUNDS = frozenset({"above", "below", "over", "past", "under", "to", "beyond"})
_SENDING = frozenset({"push", "take", "bring", "send", "lift", "drive", "boost", "pull", "carry", "raise", "swell"})
_GIVING = frozenset({"give", "hand", "leave", "bring", "earn", "win", "secure", "guarantee"})
_MEANS = frozenset({"share", "stock", "cash"})
_PART_VERBS = frozenset({"represent", "account", "comprise", "make", "constitute", "control", "capture", "hold"})


def read_share_of(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """ "$39bn in revenue", "40% of Alibaba's deals", "20% of the market"."""
    tree = page.tree
    after = placed.last + 1
    joints = {"money": {"in", "of"}, "percent": {"of"}}.get(placed.value.kind, set[str]())
    if after >= tree.size or tree.lower[after] not in joints:
        return None
    measure = tree.head[after]
    if (
        measure <= after
        or measure in page.time_at
        or measure in page.quantity_at
        or not tree.is_noun(measure)
        or page.name(measure) is not None
        or tree.lemma[measure] in _MEANS
    ):
        return None
    return Reading(placed.anchor, measure, _clause_subject(page, placed.anchor), None, "share_of")


def _clause_subject(page: Page, token: int) -> int | None:
    tree = page.tree
    clause = tree.clause(token)
    if (
        not tree.is_verb(clause)
        or _stands_apart(tree, token, clause)
        or tree.lemma[clause] not in page.vocabulary.holding_verbs | _PART_VERBS
    ):
        return None
    return find_subject(tree, clause)


def _stands_apart(tree: Tree, token: int, clause: int) -> bool:
    """Whether the amount stands in a phrase before the clause: "with ballots from 68% of stations counted, X had"."""
    return token < clause and any(tree.lower[i] == "," for i in range(token, clause))


def read_level(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of "revenue was / reached / stood at $5bn"."""
    tree = page.tree
    anchor = head_of_amount(page, placed)
    if tree.has_child(anchor, "cop"):
        copula = tree.child(anchor, "cop")
        subject = tree.child(anchor, "nsubj", "nsubj:outer")
        if subject is None and copula is not None:
            subject = find_nearest_subject(tree, copula)
        return None if subject is None else _level_of(page, placed, anchor, subject)
    head = tree.head[anchor]
    if tree.lower[placed.first - 1] == "worth" and placed.first > 1:
        if tree.lemma[placed.first - 2] in page.vocabulary.deal_nouns:
            return None
        return Reading(placed.first - 1, placed.first - 1, find_subject(tree, placed.first - 1), None, "worth")
    if tree.dep[anchor] in {"obj", "obl", "xcomp", "obl:unmarked"} and tree.is_verb(head):
        preposition = tree.case(anchor)
        if tree.lemma[head] in page.vocabulary.level_verbs and preposition in _LEVEL_PREPOSITIONS:
            subject = find_subject(tree, head) if not tree.is_passive(head) else find_object(tree, head)
            if subject is None or _is_done_to_many(page, placed, head, subject):
                return None
            return _level_of(page, placed, head, subject)
    return None


def _is_done_to_many(page: Page, placed: Placed[Quantity], verb: int, subject: int) -> bool:
    """Whether unnamed people do something to so many things, rather than have a level: "dealers sold 300,000 cars"."""
    tree, words = page.tree, page.vocabulary
    is_holding = tree.lemma[verb] in words.holding_verbs and tree.tag[subject] == "NNS"
    is_counted = placed.value.kind == "count" and find_counted_noun(page, placed) is not None
    return (
        is_holding
        and is_counted
        and page.mention(subject) is None
        and tree.lemma[subject] not in words.measurable_nouns
    )


def read_sent_level(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of "the rally pushed Tesla's market value above $1 trillion"."""
    tree = page.tree
    anchor = head_of_amount(page, placed)
    verb = tree.head[anchor] if tree.dep[anchor] != "nmod" else tree.head[tree.head[anchor]]
    if not tree.is_verb(verb) or tree.lemma[verb] not in _SENDING or not _is_bounded(page, placed):
        return None
    sent = tree.child(verb, "obj")
    return _level_of(page, placed, verb, sent) if sent is not None and sent < placed.first else None


def _is_bounded(page: Page, placed: Placed[Quantity]) -> bool:
    """Whether the amount is where something is sent: "above $1 trillion"; the bound may be part of the amount."""
    return bool({page.tree.lower[placed.first - 1], page.tree.lower[placed.first]} & _BOUNDS)


def _level_of(page: Page, placed: Placed[Quantity], trigger: int, subject: int) -> Reading:
    """What a subject's level is of: the subject itself, or for a party what the amount counts ("reached 2m users")."""
    role = resolve_role(page, subject)
    direction = find_noun_direction(page, subject) if placed.value.kind == "percent" else None
    if direction is not None and page.tree.lemma[subject] != "loss":
        return Reading(trigger, find_changed(page, placed, subject), None, direction, "change_noun")
    if page.name(subject) is not None or (role is not None and role.entity is not None):
        counted = find_counted_noun(page, placed)
        return Reading(trigger, counted, subject, None, "level")
    return Reading(trigger, subject, None, None, "level")


def read_measured_noun(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of "36,000 stores", "revenue of $5bn", held by the subject or possessor."""
    tree = page.tree
    noun = find_noun_before(page, placed, frozenset({"of", "at"}))
    construction = "noun_of"
    if noun is None:
        noun = find_counted_noun(page, placed)
        construction = "counted"
    is_all = placed.value.kind == "percent" and placed.value.low == 100 and construction == "counted"
    is_of_shares = construction == "counted" and noun is not None and tree.lemma[noun] in _MEANS
    if placed.value.kind == "duration" or is_all or is_of_shares:
        return None
    named = page.name(noun) if noun is not None else None
    if named is not None and placed.value.kind == "money" and page.entity_type(named.value.entity) == "product":
        return Reading(named.anchor, None, named.anchor, None, "priced")
    if noun is None or (named is not None and tree.lower[noun] != placed.value.unit):
        return None
    beside = _find_beside(page, noun)
    if beside is not None:
        return Reading(noun, noun, beside, None, construction)
    is_passive_subject = page.tree.dep[noun] == "nsubj:pass"
    is_misread = _is_subject_of_next(page, noun) and not is_passive_subject
    if is_misread or (construction == "noun_of" and not _is_figure_noun(page, placed, noun)):
        return None
    return _read_held_noun(page, noun, construction)


def _find_beside(page: Page, noun: int) -> int | None:
    """Whose figure a noun gives beside a verb: "at a valuation of ...", "gives OpenAI a valuation of ..."."""
    tree = page.tree
    verb = tree.head[noun]
    is_beside = tree.case(noun) in {"with", "at"}
    if tree.dep[noun] == "nmod" and is_beside and tree.dep[verb] in {"obj", "obl"} and page.mention(verb) is None:
        verb = tree.head[verb]
    if not tree.is_verb(verb):
        return None
    if tree.dep[noun] in {"obl", "nmod"} and is_beside:
        return _find_valued(page, verb)
    return tree.child(verb, "iobj") if tree.dep[noun] == "obj" and tree.lemma[verb] in _GIVING else None


def _read_held_noun(page: Page, noun: int, construction: str) -> Reading | None:
    """Return the reading of a noun with a figure that the subject of its verb, or its possessor, has."""
    tree = page.tree
    verb = tree.head[noun]
    holder = None
    if tree.is_verb(verb) and tree.dep[noun] in {"obj", "obl", "conj"}:
        if tree.dep[noun] == "obl" and tree.is_passive(verb):
            return None
        if tree.lemma[verb] in page.vocabulary.holding_verbs:
            holder = find_subject(tree, verb)
        elif construction == "counted":
            return None
    elif tree.is_verb(verb) and tree.dep[noun] == "nsubj:pass" and tree.lemma[verb] in page.vocabulary.holding_verbs:
        holder = find_subject(tree, verb)
        holder = holder if holder is not None else noun
    elif construction == "counted" and not tree.has_child(noun, "nmod:poss"):
        return None
    return Reading(noun, noun, holder, None, construction)


def _is_subject_of_next(page: Page, noun: int) -> bool:
    """Whether a finite verb follows, so that the noun is its subject whatever it hangs on."""
    return noun + 1 < page.tree.size and page.tree.tag[noun + 1] in {"VBD", "VBZ", "VBP", "MD"}


def _is_figure_noun(page: Page, placed: Placed[Quantity], noun: int) -> bool:
    """Whether a noun with "of" names a figure, not one thing among counted ones ("the first stop of 30 cities")."""
    is_group = placed.value.kind == "count" and placed.value.unit is not None
    return not is_group or page.tree.lemma[noun] in page.vocabulary.group_nouns


def _find_valued(page: Page, verb: int) -> int | None:
    """Whose level a phrase beside the verb gives: of a named object ("bought Wiz at a valuation of"), else subject."""
    patient = find_object(page.tree, verb)
    named = page.mention(patient) if patient is not None else None
    is_named = named is not None and page.entity_type(named.value.entity) in {"organization", "product"}
    return patient if is_named else find_subject(page.tree, verb)


def read_per_share(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of an amount per share that nothing else says more of: "expected $2.52 a share"."""
    if placed.value.kind != "money" or find_per_unit(page, placed) != "share":
        return None
    return Reading(placed.anchor, None, None, None, "per_share")
