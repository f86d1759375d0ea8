"""Trees of the ClearNLP guidelines, which spaCy's English pipelines give, turned into Universal Dependencies.

Belongs here: the places where the two differ in who heads whom (prepositions, copulas, coordination), and renaming the
rest. Relations that need knowledge a tree does not hold stay as they are: parts of personal names remain `compound`
(Universal Dependencies: `flat`), and a form of "be" before a preposition remains a head. The rules follow Schuster and
Manning (2016), "Enhanced English Universal Dependencies", and the UD guidelines for English.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from spacy.tokens import Doc
from thinc.types import Ints2d

CLEARNLP_ONLY = frozenset({"dobj", "pobj", "prep", "nsubjpass", "auxpass", "relcl", "poss"})
"""Relations whose presence among a parser's labels shows that it follows ClearNLP."""

_TURNED = frozenset({"dative", "attr", "acomp"})
"""Relations that are renamed only where the tree around them stays as it is."""

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})


@dataclass
class Tree:
    """A dependency forest over token indices; a root heads itself."""

    heads: list[int]
    relations: list[str]
    pos: list[str]
    lemmas: list[str]
    tags: list[str]

    def children(self, index: int) -> list[int]:
        """Return the indices of the tokens that `index` heads, in text order."""
        return [i for i, head in enumerate(self.heads) if head == index and i != index]

    def child(self, index: int, *relations: str) -> int | None:
        """Return the first child of `index` with one of `relations`."""
        return next((i for i in self.children(index) if self.relations[i] in relations), None)

    def attach(self, index: int, head: int, relation: str) -> None:
        """Make `head` the head of `index`; a token that becomes its own head is a root."""
        self.heads[index], self.relations[index] = head, relation

    def take_place(self, new: int, old: int) -> None:
        """Give `new`, a descendant of `old`, the place of `old` in the tree."""
        root = self.heads[old] == old
        self.attach(new, new if root else self.heads[old], self.relations[old])


def convert_doc(doc: Doc, names: Mapping[str, str]) -> Doc:
    """Return `doc` with its ClearNLP tree turned into Universal Dependencies; `names` maps relations that differ by
    name alone.
    """
    tree = Tree(
        [token.head.i for token in doc],
        [token.dep_ for token in doc],
        [token.pos_ for token in doc],
        [token.lemma_.lower() for token in doc],
        [token.tag_ for token in doc],
    )
    convert_tree(tree, names)
    offsets = np.array([head - i for i, head in enumerate(tree.heads)], dtype=np.int64).astype(np.uint64)
    labels = np.array([doc.vocab.strings.add(relation) for relation in tree.relations], dtype=np.uint64)
    return doc.from_array(["HEAD", "DEP"], cast("Ints2d", np.stack([offsets, labels], axis=1)))


def convert_tree(tree: Tree, names: Mapping[str, str]) -> None:
    """Turn `tree` into Universal Dependencies in place; the number of roots stays the same."""
    tree.relations = [relation if relation in _TURNED else names.get(relation, relation) for relation in tree.relations]
    for index in range(len(tree.heads)):
        if tree.relations[index] == "aux" and tree.tags[index] == "TO":
            tree.relations[index] = "mark"
    _flatten_coordination(tree)
    for index in reversed(range(len(tree.heads))):
        if tree.relations[index] in {"prep", "agent"} or (
            tree.relations[index] == "dative" and tree.pos[index] == "ADP"
        ):
            _turn_preposition(tree, index)
    for index in range(len(tree.heads)):
        if tree.lemmas[index] == "be" and tree.relations[index] not in {"aux", "aux:pass"}:
            _turn_copula(tree, index)
    tree.relations = [names.get(relation, relation) if relation in _TURNED else relation for relation in tree.relations]


def _flatten_coordination(tree: Tree) -> None:
    """Attach all conjuncts to the first, and each conjunction to the conjunct after it."""
    for index, relation in enumerate(tree.relations):
        if relation == "cc":
            following = [i for i in tree.children(tree.heads[index]) if tree.relations[i] == "conj" and i > index]
            if following:
                tree.heads[index] = following[0]
    for index, relation in enumerate(tree.relations):
        while relation == "conj" and tree.relations[tree.heads[index]] == "conj":
            tree.heads[index] = tree.heads[tree.heads[index]]


def _turn_preposition(tree: Tree, preposition: int) -> None:
    """Make the object of a preposition the head of the phrase; inner prepositions have been turned before."""
    governor, relation = tree.heads[preposition], tree.relations[preposition]
    inner = tree.child(preposition, "pobj", "obl", "nmod")
    clause = tree.child(preposition, "pcomp", "advcl", "acl")
    nominal = tree.pos[governor] in _NOMINAL
    if inner is not None:
        head, outer = inner, "obl:agent" if relation == "agent" else "nmod" if nominal else "obl"
    elif clause is not None:
        head, outer = clause, "acl" if nominal else "advcl"
    else:
        tree.relations[preposition] = "advmod"
        return
    root = governor == preposition
    tree.attach(head, head if root else governor, relation if root else outer)
    for other in tree.children(preposition):
        if other != head:
            tree.heads[other] = head
    tree.attach(preposition, head, "case" if inner is not None else "mark")


def _turn_copula(tree: Tree, verb: int) -> None:
    """Make the predicate after a form of "be" the head of the clause."""
    predicate = tree.child(verb, "attr", "acomp")
    if predicate is None:
        return
    tree.take_place(predicate, verb)
    for other in tree.children(verb):
        tree.heads[other] = predicate
    tree.attach(verb, predicate, "cop")
