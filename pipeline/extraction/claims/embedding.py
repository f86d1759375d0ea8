"""The words under which a statement stands, from its trigger upwards.

Belongs here: which relations of the tree put a statement below a word ("plans to buy", "denial of investment"). Does
not belong here: what those words say of it (`modality`, `epistemics`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.tree import Tree

_EMBEDDING = frozenset(
    {"xcomp", "ccomp", "obj", "nsubj:pass", "csubj", "nmod", "obl", "acl", "advcl", "nmod:poss", "conj"}
)
_LONGEST_CHAIN = 5


def walk_embedding(tree: Tree, trigger: int) -> Iterator[int]:
    """Yield the trigger and the words above it under which its statement stands."""
    current = trigger
    yield current
    for _ in range(_LONGEST_CHAIN):
        head, dep = tree.head[current], tree.dep[current]
        if head == current or not (dep in _EMBEDDING or (dep == "acl:relcl" and _is_marked_that(tree, current))):
            return
        if dep == "conj" and tree.has_child(current, "nsubj", "nsubj:pass", "aux"):
            return
        if dep == "advcl" and not (is_infinitive(tree, current) or _completes_adjective(tree, current)):
            return
        if dep in {"nmod", "obl"} and tree.case(current) not in {"of", "about", "on", "for", "in", "to"}:
            return
        if dep == "obl" and not tree.is_verb(head):
            return
        if dep == "acl" and tree.tag[current] == "VBN":
            return
        yield head
        current = head


def walk_main_clause(tree: Tree, participle: int) -> list[int]:
    """The chain of the clause whose modality a participle after it shares: "plans to grow, adding five shops"."""
    clause = tree.head[participle]
    is_adjunct = tree.dep[participle] == "advcl" and tree.tag[participle] == "VBG" and participle > clause
    if not is_adjunct or tree.has_child(participle, "mark", "aux", "nsubj") or not tree.is_verb(clause):
        return []
    return list(walk_embedding(tree, clause))


def _is_marked_that(tree: Tree, token: int) -> bool:
    return any(tree.lower[mark] == "that" for mark in tree.children_by(token, "mark"))


def _completes_adjective(tree: Tree, token: int) -> bool:
    """Whether it is a gerund that says of what: "cautious about investing", "capable of building"."""
    is_marked = any(tree.lower[mark] in {"about", "of", "in", "at", "to"} for mark in tree.children_by(token, "mark"))
    return is_marked and tree.pos[tree.head[token]] == "ADJ"


def is_infinitive(tree: Tree, token: int) -> bool:
    """Return whether "to" marks the verb."""
    return any(tree.lower[mark] == "to" for mark in tree.children_by(token, "mark"))
