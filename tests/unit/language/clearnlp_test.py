"""Trees of the ClearNLP guidelines become Universal Dependencies: who heads whom, and under which relation."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.language.clearnlp import Tree, convert_doc, convert_tree
from pipeline.language.labels import MAPS

VOCAB = spacy.blank("en").vocab


def parsed(*rows: tuple[str, str, str, int, str]) -> Doc:
    """Return a document of (word, lemma, part of speech, index of the head, relation)."""
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        tags=["TO" if row[4] == "aux" and row[0] == "to" else "" for row in rows],
        heads=[row[3] for row in rows],
        deps=[row[4] for row in rows],
    )


def tree_of(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.dep_, token.head.text) for token in convert_doc(doc, MAPS.relations)]


def test_the_object_of_a_preposition_heads_it() -> None:
    doc = parsed(
        ("Shares", "share", "NOUN", 3, "nsubj"),
        ("of", "of", "ADP", 0, "prep"),
        ("Acme", "Acme", "PROPN", 1, "pobj"),
        ("rose", "rise", "VERB", 3, "ROOT"),
        ("in", "in", "ADP", 3, "prep"),
        ("London", "London", "PROPN", 4, "pobj"),
    )

    assert tree_of(doc) == [
        ("Shares", "nsubj", "rose"),
        ("of", "case", "Acme"),
        ("Acme", "nmod", "Shares"),
        ("rose", "ROOT", "rose"),
        ("in", "case", "London"),
        ("London", "obl", "rose"),
    ]


def test_the_agent_of_a_passive_is_an_oblique_agent() -> None:
    doc = parsed(
        ("Acme", "Acme", "PROPN", 2, "nsubjpass"),
        ("was", "be", "AUX", 2, "auxpass"),
        ("bought", "buy", "VERB", 2, "ROOT"),
        ("by", "by", "ADP", 2, "agent"),
        ("Umbra", "Umbra", "PROPN", 3, "pobj"),
    )

    assert tree_of(doc) == [
        ("Acme", "nsubj:pass", "bought"),
        ("was", "aux:pass", "bought"),
        ("bought", "ROOT", "bought"),
        ("by", "case", "Umbra"),
        ("Umbra", "obl:agent", "bought"),
    ]


def test_the_predicate_heads_its_copula() -> None:
    doc = parsed(
        ("Acme", "Acme", "PROPN", 1, "nsubj"),
        ("is", "be", "AUX", 1, "ROOT"),
        ("not", "not", "PART", 1, "neg"),
        ("a", "a", "DET", 4, "det"),
        ("bank", "bank", "NOUN", 1, "attr"),
    )

    assert tree_of(doc) == [
        ("Acme", "nsubj", "bank"),
        ("is", "cop", "bank"),
        ("not", "advmod", "bank"),
        ("a", "det", "bank"),
        ("bank", "ROOT", "bank"),
    ]


def test_conjuncts_hang_on_the_first_and_conjunctions_on_the_next() -> None:
    doc = parsed(
        ("A", "A", "PROPN", 5, "nsubj"),
        (",", ",", "PUNCT", 0, "punct"),
        ("B", "B", "PROPN", 0, "conj"),
        ("and", "and", "CCONJ", 2, "cc"),
        ("C", "C", "PROPN", 2, "conj"),
        ("agreed", "agree", "VERB", 5, "ROOT"),
    )

    assert tree_of(doc)[2:5] == [("B", "conj", "A"), ("and", "cc", "C"), ("C", "conj", "A")]


def test_a_preposition_before_a_clause_marks_it() -> None:
    doc = parsed(
        ("It", "it", "PRON", 1, "nsubj"),
        ("grew", "grow", "VERB", 1, "ROOT"),
        ("by", "by", "ADP", 1, "prep"),
        ("buying", "buy", "VERB", 2, "pcomp"),
        ("rivals", "rival", "NOUN", 3, "dobj"),
    )

    assert tree_of(doc)[2:] == [("by", "mark", "buying"), ("buying", "advcl", "grew"), ("rivals", "obj", "buying")]


def test_the_infinitive_particle_is_a_marker() -> None:
    doc = parsed(
        ("wants", "want", "VERB", 0, "ROOT"),
        ("to", "to", "PART", 2, "aux"),
        ("buy", "buy", "VERB", 0, "xcomp"),
    )

    assert tree_of(doc)[1] == ("to", "mark", "buy")


@pytest.mark.parametrize("relation", ["prep", "pobj", "dobj", "nsubjpass", "auxpass", "agent", "relcl", "poss"])
def test_no_relation_of_the_old_scheme_remains(relation: str) -> None:
    doc = parsed(
        ("gave", "give", "VERB", 0, "ROOT"),
        ("over", "over", "ADP", 0, "prep"),
        ("to", "to", "ADP", 1, "prep"),
        ("them", "they", "PRON", 2, "pobj"),
        ("whose", "whose", "PRON", 5, "poss"),
        ("aid", "aid", "NOUN", 0, "dobj"),
        ("came", "come", "VERB", 5, "relcl"),
    )

    assert relation not in {label for _, label, _ in tree_of(doc)}


RELATIONS = ["prep", "pobj", "pcomp", "agent", "attr", "acomp", "conj", "cc", "nsubj", "dobj", "dative", "aux", "det"]
NODES = st.tuples(
    st.integers(0, 100),
    st.sampled_from(RELATIONS),
    st.sampled_from(["NOUN", "VERB", "ADP"]),
    st.sampled_from(["be", "x"]),
)


@settings(deadline=None)
@given(st.lists(NODES, min_size=1, max_size=10))
def test_any_tree_stays_a_tree_with_one_root(nodes: list[tuple[int, str, str, str]]) -> None:
    heads = [0 if i == 0 else choice % i for i, (choice, *_) in enumerate(nodes)]
    relations = ["ROOT" if i == 0 else relation for i, (_, relation, *_) in enumerate(nodes)]
    tree = Tree(heads, relations, [n[2] for n in nodes], [n[3] for n in nodes], [""] * len(nodes))

    convert_tree(tree, MAPS.relations)

    roots = [i for i, head in enumerate(tree.heads) if head == i]
    assert len(roots) == 1
    assert [i for i, relation in enumerate(tree.relations) if relation == "ROOT"] == roots
    for start in range(len(nodes)):
        at, steps = start, 0
        while tree.heads[at] != at:
            at, steps = tree.heads[at], steps + 1
            assert steps <= len(nodes)
