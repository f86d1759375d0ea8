"""What must be true of a tree that patterns walk: it is the document's, and mending it leaves it a tree."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.columns import read_columns
from pipeline.language import load_language

(DOC,) = load_language().parse(
    ["Baidu's chief said on Tuesday that its Ernie Bot, which opened in March, had 200 users."]
)
TOKENS = st.integers(0, len(DOC) - 1)


@given(st.lists(st.tuples(TOKENS, TOKENS), max_size=20))
def test_attaching_never_makes_a_circle_nor_changes_the_document(moves: list[tuple[int, int]]) -> None:
    tree = Tree(DOC, {})
    for index, head in moves:
        tree.attach(index, head, "dep")
    for index in range(tree.size):
        above = index
        for _ in range(tree.size):
            above = tree.head[above]
        assert tree.head[above] == above
        assert all(tree.head[child] == index for child in tree.children[index])
    assert read_columns(DOC).head == [token.head.i for token in DOC]
