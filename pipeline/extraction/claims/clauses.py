"""The logical subject and object of verbs and nouns, whatever the construction.

Belongs here: voice, relative clauses, participles, controlled infinitives, shared subjects and objects of coordination,
light verbs, appositions and copulas, after Universal Dependencies v2. Does not belong here: subjects beside the verb
(`surface`) and without a clause of theirs (`control`), predicates and entities.
"""

from pipeline.extraction.claims.control import find_absolute_subject, find_affected_party, find_expected_object
from pipeline.extraction.claims.surface import find_nearest_subject, find_own_subject
from pipeline.extraction.claims.tree import Tree
from pipeline.predicates.model import Vocabulary

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_RELATIVES = frozenset({"that", "which", "who", "whom", "whose"})
_OBJECT_CONTROL = frozenset(
    {"allow", "ask", "cause", "compel", "convince", "drive", "empower", "enable", "encourage", "expect"}
    | {"force", "get", "have", "help", "inspire", "instruct", "invite", "lead", "leave", "let", "make", "order"}
    | {"permit", "persuade", "prompt", "push", "require", "see", "tell", "tempt", "urge", "want", "watch"}
)
_DEPTH = 6


def find_subject(tree: Tree, verb: int, depth: int = _DEPTH) -> int | None:
    """Return the token of whoever does what the verb says; None where the text does not say."""
    if tree.is_passive(verb):
        return _agent(tree, verb)
    return _surface_subject(tree, verb, depth)


def find_object(tree: Tree, verb: int, depth: int = _DEPTH) -> int | None:
    """Return the token of whom or what it is done to."""
    if tree.is_passive(verb):
        return _surface_subject(tree, verb, depth)
    direct = tree.child(verb, "obj")
    if direct is not None:
        return direct if tree.lower[direct] not in _RELATIVES else _antecedent(tree, verb)
    if tree.dep[verb] == "acl:relcl" and _has_own_subject(tree, verb):
        return _antecedent(tree, verb)
    return _shared_object(tree, verb)


def _agent(tree: Tree, verb: int) -> int | None:
    agent = tree.child(verb, "obl:agent")
    if agent is not None and tree.pos[agent] not in {"NUM", "SYM"}:
        return agent
    for child in tree.children_by(verb, "obl", "nmod"):
        if tree.case(child) == "by" and tree.pos[child] in {"PROPN", "NOUN", "PRON"}:
            return child
    return None


def _surface_subject(tree: Tree, verb: int, depth: int) -> int | None:
    own = find_own_subject(tree, verb)
    if own is None and (clausal := tree.child(verb, "csubj")) is not None and not tree.is_verb(clausal):
        own = find_nearest_subject(tree, verb) or clausal
    if own is not None:
        if tree.lower[own] in _RELATIVES:
            return _antecedent(tree, verb)
        return own
    if depth == 0:
        return None
    nearest = _nearest_subject(tree, verb)
    if nearest is not None or tree.head[verb] == verb:
        return nearest
    return _inherited_subject(tree, verb, depth - 1)


def _nearest_subject(tree: Tree, verb: int) -> int | None:
    """The noun phrase right before a finite verb that the parser left without a subject."""
    if tree.tag[verb] not in {"VBD", "VBZ", "VBP"} and not tree.has_child(verb, "aux", "aux:pass"):
        return None
    return find_nearest_subject(tree, verb)


def _inherited_subject(tree: Tree, verb: int, depth: int) -> int | None:
    head, dep = tree.head[verb], tree.dep[verb]
    found = find_absolute_subject(tree, verb)
    is_participle = tree.tag[verb] in {"VBG", "VBN"} and not tree.has_child(verb, "mark")
    is_clause = tree.is_verb(head) or tree.has_child(head, *_SUBJECTS)
    if found is not None:
        return found
    if dep == "acl" and tree.tag[verb] == "VB" and (expected := find_expected_object(tree, head)) is not None:
        return expected
    if dep == "acl" and tree.tag[verb] == "VB" and tree.pos[head] == "PROPN" and tree.head[head] == head:
        return head
    if dep == "acl" and tree.is_verb(head) and not is_participle:
        return _controller(tree, head, depth)
    if dep == "acl" or (dep == "acl:relcl" and tree.child(verb, "obj") is not None):
        found = head if is_participle or dep == "acl:relcl" else find_noun_subject(tree, head, depth)
    elif dep in {"xcomp", "ccomp"}:
        found = _controller(tree, head, depth)
    elif dep in {"conj", "advcl", "parataxis"} and is_clause:
        found = _surface_subject(tree, head, depth)
    elif dep == "advcl":
        found = find_noun_subject(tree, head, depth)
    elif dep == "csubj" and tree.tag[verb] == "VBG":
        found = find_affected_party(tree, head)
    return found


def _controller(tree: Tree, head: int, depth: int) -> int | None:
    if tree.lemma[head] in _OBJECT_CONTROL and not tree.is_passive(head):
        controlled = tree.child(head, "obj", "iobj")
        if controlled is not None:
            return controlled
    if tree.is_verb(head) or tree.has_child(head, "cop"):
        return _surface_subject(tree, head, depth)
    return find_noun_subject(tree, head, depth)


def _has_own_subject(tree: Tree, verb: int) -> bool:
    own = tree.child(verb, *_SUBJECTS)
    return own is not None and tree.lower[own] not in _RELATIVES


def _antecedent(tree: Tree, verb: int) -> int | None:
    while tree.dep[verb] == "conj" and tree.head[verb] != verb:
        verb = tree.head[verb]
    return tree.head[verb] if tree.dep[verb] in {"acl:relcl", "acl"} else None


def _shared_object(tree: Tree, verb: int) -> int | None:
    head = tree.head[verb]
    if tree.dep[verb] == "conj" and tree.is_verb(head):
        shared = tree.child(head, "obj")
        return shared if shared is not None and shared > verb else None
    for other in tree.children_by(verb, "conj"):
        if tree.is_verb(other) and tree.tag[other] == tree.tag[verb] and not tree.has_child(verb, "obl"):
            shared = tree.child(other, "obj")
            if shared is not None and not tree.has_child(other, "nsubj", "aux"):
                return shared
    return None


def find_noun_subject(tree: Tree, noun: int, depth: int = _DEPTH) -> int | None:
    """Return whoever has or does what the noun says: its possessor, its "by" phrase, or the subject of its verb."""
    possessor = tree.child(noun, "nmod:poss")
    if possessor is not None:
        return possessor
    for child in tree.children_by(noun, "nmod", "obl:agent"):
        if tree.case(child) == "by":
            return child
    if depth == 0:
        return _name_before(tree, noun)
    for found in (
        find_support(tree, noun, None, depth),
        find_copula_subject(tree, noun, depth - 1),
        _name_before(tree, noun),
    ):
        if found is not None:
            return found
    carrier = find_carrier(tree, noun)
    return find_noun_subject(tree, carrier, depth - 1) if carrier is not None else None


def _name_before(tree: Tree, noun: int) -> int | None:
    """The name right before the noun: "Intel plans to spend", "the Trump plan"."""
    before = noun - 1
    is_name = before >= 0 and tree.is_capital[before] and tree.head[before] == noun
    return before if is_name and tree.dep[before] == "compound" else None


def find_carrier(tree: Tree, noun: int) -> int | None:
    """Return the noun under which this one stands as its content: "denial of investment", "plans for a merger"."""
    head = tree.head[noun]
    if tree.dep[noun] == "nmod" and tree.pos[head] == "NOUN" and tree.case(noun) in {"of", "for", "to", "about", "on"}:
        return head
    return None


def find_support(tree: Tree, noun: int, vocabulary: Vocabulary | None, depth: int = _DEPTH) -> int | None:
    """Return the subject of the verb whose object the noun is; with a vocabulary, of its support verbs alone."""
    while tree.dep[noun] == "conj" and tree.head[noun] != noun and not tree.is_verb(tree.head[noun]):
        noun = tree.head[noun]
    verb = tree.head[noun]
    if verb == noun or not tree.is_verb(verb) or depth == 0:
        return None
    case = tree.case(noun)
    if case is not None and tree.dep[noun] in {"obl", "nmod"}:
        is_known = vocabulary is not None and f"{tree.lemma[verb]} {case}" in vocabulary.support_verbs
        return find_subject(tree, verb, depth - 1) if is_known or (case == "with" and vocabulary) else None
    if vocabulary is not None and tree.lemma[verb] not in vocabulary.support_verbs:
        return None
    if tree.dep[noun] in {"obj", "xcomp"}:
        return find_subject(tree, verb, depth - 1)
    if tree.dep[noun] in {"nsubj:pass"} and tree.is_passive(verb):
        return _agent(tree, verb)
    return None


def find_copula_subject(tree: Tree, noun: int, depth: int = _DEPTH) -> int | None:
    """Return the subject that a copula, "become" or "remain" equates with the noun."""
    if tree.has_child(noun, "cop"):
        return tree.child(noun, *_SUBJECTS)
    head = tree.head[noun]
    if depth == 0:
        return None
    if head != noun and tree.is_verb(head) and "as" in {tree.lower[c] for c in tree.children_by(noun, "case", "mark")}:
        patient = find_object(tree, head, depth - 1)
        return patient if patient is not None and not tree.is_passive(head) else find_subject(tree, head, depth - 1)
    if tree.dep[noun] in {"xcomp", "obj"} and tree.lemma[head] in {"become", "remain"}:
        return find_subject(tree, head, depth - 1)
    return None
