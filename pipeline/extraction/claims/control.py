"""Subjects of verbs without one that stand in the words around, where no clause above has them.

Belongs here: whom a gerund affects, whom "expect" and "allow" have for object, the noun of "with shares falling". Does
not belong here: subjects that are shared with a clause above (`clauses`).
"""

from pipeline.extraction.claims.tree import Tree

_DEPTH = 6
_RAISING = frozenset(
    {"expect", "want", "allow", "ask", "urge", "enable", "order", "permit", "require", "cause", "force"}
)


def find_affected_party(tree: Tree, verb: int) -> int | None:
    """Whoever a gerund as subject affects would do it: "buying Arm would give Nvidia", "would strengthen its grip"."""
    after = verb + 1
    for index in range(after, tree.sentences[tree.sentence[verb]][1]):
        if tree.dep[index] == "nmod:poss" or (index == after and tree.pos[index] == "PROPN"):
            return index
    return None


def find_expected_object(tree: Tree, noun: int) -> int | None:
    """The object of a verb like "expect" whose phrase ends in `noun`: "expects the number of cars for sale to grow"."""
    for _ in range(_DEPTH):
        if tree.dep[noun] == "obj" and tree.lemma[tree.head[noun]] in _RAISING:
            return noun
        if tree.dep[noun] not in {"nmod", "conj", "nmod:poss"}:
            return None
        noun = tree.head[noun]
    return None


def find_absolute_subject(tree: Tree, verb: int) -> int | None:
    """The subject of an absolute participle: "with shares surging 14%", "with Brent crude falling"."""
    before = verb - 1
    while before > 0 and tree.pos[before] == "ADV":
        before -= 1
    if tree.tag[verb] != "VBG" or before < 1 or tree.pos[before] not in {"NOUN", "PROPN"}:
        return None
    for position in range(before, max(before - 8, -1), -1):
        if tree.lower[position] == "with":
            heads = (i for i in range(position + 1, before + 1) if tree.head[i] > before or tree.head[i] <= position)
            return next(heads, before)
        if tree.pos[position] in {"VERB", "AUX", "PUNCT", "SCONJ"}:
            return None
    return None
