"""Phrases with a preposition that belong to a verb or noun, wherever the parser hung them.

Belongs here: which of them the trigger of a pattern can reach. Does not belong here: what they mean (`places`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.tree import Tree


def find_prepositional(tree: Tree, trigger: int, prepositions: frozenset[str]) -> Iterator[int]:
    """Yield the heads of phrases with one of the prepositions: below the trigger, below its object, or right of it.

    Attachment of prepositional phrases is what parsers get wrong most, so a phrase right of the trigger counts whatever
    it hangs on, as long as no other clause begins between.
    """
    seen: set[int] = set()
    below = [trigger, *tree.children_by(trigger, "obj", "nsubj:pass", "xcomp", "obl:unmarked")]
    for parent in below:
        for child in tree.children[parent]:
            if tree.dep[child] in {"obl", "nmod", "obl:agent", "advcl", "acl"} and tree.case(child) in prepositions:
                seen.add(child)
                yield child
    for position in _same_clause_right(tree, trigger):
        if tree.dep[position] == "case" and tree.lower[position] in prepositions:
            head = tree.head[position]
            if head > position and head not in seen:
                seen.add(head)
                yield head


def _same_clause_right(tree: Tree, trigger: int) -> Iterator[int]:
    end = tree.sentences[tree.sentence[trigger]][1]
    for position in range(trigger + 1, end):
        is_led = tree.tag[position] == "VBN" and tree.lower[min(position + 1, end - 1)] == "by"
        if is_led or (tree.tag[position] in {"VBG", "VBN"} and tree.dep[position] == "acl"):
            continue
        if tree.pos[position] in {"VERB", "AUX", "SCONJ"} or tree.lower[position] in {";", ":", "“", "”", '"', "—"}:
            return
        yield position
