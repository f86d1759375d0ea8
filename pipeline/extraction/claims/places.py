"""The places of roles, seen from a trigger, as the registry names them (`pipeline.predicates.model`).

Belongs here: leading from a trigger and a place to the tokens that stand there. Does not belong here: which role takes
which place, and whether what stands there will do (`events`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.clauses import (
    find_carrier,
    find_copula_subject,
    find_noun_subject,
    find_object,
    find_subject,
    find_support,
)
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.prepositions import find_prepositional
from pipeline.extraction.claims.roles import is_exemplified
from pipeline.extraction.claims.surface import is_said_to_be
from pipeline.extraction.claims.tree import Tree

_NAME_DEPS = ("compound", "nmod:desc", "nmod:unmarked", "amod", "flat", "nmod")
_SHORTEST_COMPLEMENT = 2
_PARTICLES = frozenset({"off", "out", "up", "down", "over"})


def find_place(page: Page, token: int, place: str) -> Iterator[int]:
    """Yield the tokens at a place of the registry (see `pipeline.predicates.model`), seen from the trigger."""
    tree = page.tree
    if place.startswith("prep:"):
        for found in find_prepositional(tree, token, frozenset(place[5:].split("|"))):
            yield _cut_to_name(page, found)
    elif place == "modifier":
        yield from _find_modifiers(page, token)
    elif place == "complement":
        yield from _find_complements(page, token)
    elif place == "apposed":
        yield from _find_apposed(page, token)
    elif place == "examples":
        if is_exemplified(page, token):
            yield token
    elif place == "object":
        yield from _find_objects(page, token)
    else:
        found = _find_single(page, token, place)
        if found is not None:
            yield found


def _find_objects(page: Page, verb: int) -> Iterator[int]:
    """What the verb is done to, by the tree or by the order of words, the likeliest first."""
    tree = page.tree
    found, named = _find_single(page, verb, "object"), _find_name_after(page, verb)
    if named is not None and named != found and tree.pos[min(named + 1, tree.size - 1)] == "ADP":
        yield named
    if found is not None:
        yield found
    if named is not None and named != found:
        yield named
    if not tree.is_verb(verb) or tree.is_passive(verb):
        return
    yield from (c for c in tree.children_by(verb, "obj") if c not in {found, named} and page.name(c) is not None)
    if found is None:
        yield from (c for c in tree.children_by(verb, "obl") if tree.case(c) in _PARTICLES)


def _cut_to_name(page: Page, noun: int) -> int:
    """The name before a "noun" that is a misread verb: "investment in DeepSeek raises several questions"."""
    tree = page.tree
    named = page.name(noun - 1) if noun > 0 else None
    is_verb_form = tree.tag[noun] in {"NNS", "VBZ"} and noun + 1 < tree.size
    if named is None or not is_verb_form or page.mention(noun) is not None:
        return noun
    return named.anchor if tree.pos[noun + 1] in {"DET", "ADJ", "NUM", "PRON"} else noun


def _find_single(page: Page, token: int, place: str) -> int | None:
    tree = page.tree
    if place in {"subject", "object"} and is_joined(page, token):
        return _find_joined(page, token, place)
    if place == "subject":
        return find_subject(tree, token) if tree.is_verb(token) else find_copula_subject(tree, token)
    if place == "object":
        return find_object(tree, token)
    if place == "iobj":
        return tree.child(token, "iobj")
    if place == "poss":
        return _find_possessor(tree, token)
    if place == "modified":
        return _find_modified(page, token)
    if place in {"patient", "above"}:
        return _find_object_above(tree, token, place)
    if place == "focus":
        company = page.company_in_focus(token) if not tree.has_child(token, "nmod:poss") else None
        return company.anchor if company is not None else None
    if place == "clause":
        clause = tree.clause(token)
        if tree.is_passive(clause):
            return _find_possessor_of_patient(tree, clause)
        subject = find_subject(tree, clause) if tree.is_verb(clause) else None
        if subject == token:
            return None
        possessor = tree.child(subject, "nmod:poss") if subject is not None else None
        return possessor if possessor is not None else subject
    support = find_support(tree, token, page.vocabulary)
    return support if support is not None else _find_carrier_subject(page, token)


def _find_possessor_of_patient(tree: Tree, verb: int) -> int | None:
    """Whoever has what something is done to, by whomever: "Meta's app was launched in July"."""
    patient = find_object(tree, verb)
    return tree.child(patient, "nmod:poss") if patient is not None else None


def is_joined(page: Page, token: int) -> bool:
    """Return whether the participle is joined to its agent by a hyphen: "Microsoft-backed OpenAI"."""
    tree = page.tree
    return token > 1 and tree.lower[token - 1] in {"-", "–"} and tree.tag[token] in {"VBN", "VBD", "JJ"}


def _find_joined(page: Page, participle: int, place: str) -> int | None:
    """The name before the hyphen, or what the participle stands before: the name after it, else its noun."""
    tree = page.tree
    if place == "subject":
        agent = page.name(participle - 2)
        return agent.anchor if agent is not None else None
    for index in range(participle + 1, min(participle + 5, tree.size)):
        named = page.name(index)
        if named is not None:
            return named.anchor
        if tree.pos[index] not in {"NOUN", "ADJ", "PROPN"} and tree.lower[index] != "-":
            break
    return tree.head[participle] if tree.head[participle] > participle else None


def _find_possessor(tree: Tree, noun: int) -> int | None:
    """The possessor of a noun; for a pronoun under a verb, its subject: "China tightened its grip"."""
    possessor = tree.child(noun, "nmod:poss")
    verb = tree.head[noun]
    if possessor is None or tree.tag[possessor] != "PRP$" or tree.dep[noun] != "obj" or not tree.is_verb(verb):
        return possessor
    subject = find_subject(tree, verb)
    return subject if subject is not None and tree.pos[subject] in {"NOUN", "PROPN"} else possessor


def _find_object_above(tree: Tree, token: int, place: str) -> int | None:
    """What is done to whom by the verb on which the trigger hangs: as the object of it, or as an amount of it."""
    verb = tree.head[token]
    if verb == token or not tree.is_verb(verb) or tree.dep[token] not in {"obl", "nmod", "advcl", "xcomp", "acl"}:
        return None
    return find_object(tree, verb) if place == "patient" else tree.child(verb, "obj")


def _find_name_after(page: Page, verb: int) -> int | None:
    """The name right after an active verb that the parser took for something else: "fined Meta $1.3 billion"."""
    tree = page.tree
    named = page.name(verb + 1) if verb + 1 < tree.size else None
    if named is None or tree.is_passive(verb):
        return None
    head = tree.head[named.anchor]
    is_kind = head == named.last + 1 and tree.lemma[head] in _kinds(page)
    is_phrase = head > named.last and all(tree.pos[index] == "NOUN" for index in range(named.last + 1, head + 1))
    return named.anchor if is_kind or not is_phrase else None


def _kinds(page: Page) -> frozenset[str]:
    return page.vocabulary.kind_nouns | page.vocabulary.product_nouns


def _find_carrier_subject(page: Page, token: int) -> int | None:
    """Whoever has the denial, plan or rumour that the noun is the content of."""
    carrier = find_carrier(page.tree, token)
    if carrier is None or not page.is_carrier(carrier):
        return None
    return find_noun_subject(page.tree, carrier)


def _find_modifiers(page: Page, token: int) -> Iterator[int]:
    tree = page.tree
    for child in tree.children_by(token, *_NAME_DEPS):
        if child < token and tree.case(child) is None and page.name(child) is not None:
            yield child
    before = page.name(token - 1) if token > 0 else None
    if before is not None:
        yield before.anchor


def _find_modified(page: Page, token: int) -> int | None:
    tree = page.tree
    named = page.name(token + 1) if token + 1 < tree.size else None
    return named.anchor if named is not None else None


def _find_apposed(page: Page, token: int) -> Iterator[int]:
    tree = page.tree
    if tree.dep[token] == "appos":
        yield tree.head[token]
    for child in tree.children_by(token, "appos"):
        if page.name(child) is not None:
            yield child
    before = _name_before_comma(page, token)
    if before is not None:
        yield before


def _name_before_comma(page: Page, noun: int) -> int | None:
    """The name that a noun phrase follows across a comma: "Anthropic, the maker of Claude, said"."""
    tree = page.tree
    position = noun - 1
    while position > 0 and (
        tree.pos[position] in {"DET", "ADJ", "NOUN", "PROPN", "NUM"} or tree.lower[position] == "-"
    ):
        position -= 1
    named = page.name(position - 1) if position > 0 and tree.lower[position] == "," else None
    return named.anchor if named is not None else None


def _find_complements(page: Page, token: int) -> Iterator[int]:
    tree = page.tree
    if tree.dep[token] in {"nsubj", "nsubj:outer"} and is_said_to_be(tree, tree.head[token]):
        yield tree.head[token]
        return
    for child in tree.children_by(token, "xcomp", "ccomp", "acl", "advcl"):
        is_infinitive = any(tree.lower[mark] == "to" for mark in tree.children_by(child, "mark"))
        is_gerund_of = tree.tag[child] == "VBG" and any(
            tree.lower[mark] == "of" for mark in tree.children_by(child, "mark", "case")
        )
        if child > token and (is_infinitive or is_gerund_of) and _is_told(page, child):
            yield child
    is_infinitive_next = token + 2 < tree.size and tree.lower[token + 1] == "to" and tree.is_verb(token + 2)
    if is_infinitive_next and _is_told(page, token + 2):
        yield token + 2


def _is_told(page: Page, verb: int) -> bool:
    """Whether the infinitive says what is to be done, with more than its verb, or that nothing is said."""
    below = [i for i in page.tree.subtree(verb) if page.tree.pos[i] not in {"PUNCT", "PART"}]
    return len(below) >= _SHORTEST_COMPLEMENT or page.tree.lemma[verb] in {"comment", "elaborate", "respond"}
