"""What the networks compute at run time is what their definitions say."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.language.names import LABELS, find_labels, may_follow
from pipeline.language.paragraph_runs import batch_docs
from pipeline.language.recurrent import RecurrentLayer, lay_out_steps
from pipeline.language.trees import find_tree

Floats = NDArray[np.float32]
VOCAB = Vocab()

LENGTHS = st.lists(st.integers(1, 6), min_size=1, max_size=6)
UNITS = st.floats(-1, 1, width=32)


@given(LENGTHS)
def test_steps_read_every_row_once_from_either_end(lengths: list[int]) -> None:
    steps = lay_out_steps(lengths)

    assert sorted(steps.forward) == sorted(steps.backward) == list(range(sum(lengths)))
    assert steps.sizes == [sum(length > step for length in lengths) for step in range(max(lengths))]
    ends = np.cumsum(lengths)
    assert set(steps.forward[: steps.sizes[0]]) == set(ends - lengths)
    assert set(steps.backward[: steps.sizes[0]]) == set(ends - 1)


def _sigmoid(values: Floats) -> Floats:
    return (1 / (1 + np.exp(-values))).astype(np.float32)


def _read_plainly(rows: Floats, inputs: Floats, state: Floats, bias: Floats) -> Floats:
    """Return the states of one direction, gate by gate, as the textbook has it."""
    width = len(state)
    hidden, memory = np.zeros(width), np.zeros(width)
    states: list[Floats] = []
    for row in rows:
        entry, forget, leave, candidate = np.split(inputs @ row + hidden @ state + bias, 4)
        memory = _sigmoid(forget) * memory + _sigmoid(entry) * np.tanh(candidate)
        hidden = _sigmoid(leave) * np.tanh(memory)
        states.append(hidden)
    return np.array(states)


@settings(deadline=None)
@given(LENGTHS, st.integers(0, 1000))
def test_a_recurrent_layer_reads_each_sequence_by_itself(lengths: list[int], seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.standard_normal((sum(lengths), 3)).astype(np.float32)
    inputs = chance.standard_normal((16, 3)).astype(np.float32)
    state = chance.standard_normal((2, 2, 8)).astype(np.float32)
    bias = chance.standard_normal(16).astype(np.float32)

    found = RecurrentLayer(inputs, state, bias)(rows, lay_out_steps(lengths))

    for start, end in pairwise([0, *np.cumsum(lengths)]):
        onward = _read_plainly(rows[start:end], inputs[:8], state[0], bias[:8])
        backward = _read_plainly(rows[start:end][::-1], inputs[8:], state[1], bias[8:])[::-1]
        assert found[start:end] == pytest.approx(np.concatenate([onward, backward], axis=1), abs=1e-4)


def _is_tree(heads: tuple[int, ...]) -> bool:
    def reaches_root(word: int) -> bool:
        for _ in heads:
            word = heads[word]
        return heads[word] == word

    return sum(head == word for word, head in enumerate(heads)) == 1 and all(map(reaches_root, range(len(heads))))


SQUARES = st.integers(1, 5).flatmap(lambda size: arrays(np.float32, (size, size), elements=UNITS))


@settings(deadline=None)
@given(SQUARES)
def test_heads_form_a_tree_with_one_root(scores: Floats) -> None:
    assert _is_tree(tuple(int(head) for head in find_tree(scores)))


@settings(deadline=None)
@given(st.integers(1, 3).flatmap(lambda size: arrays(np.float32, (size, size), elements=UNITS)))
def test_no_tree_of_a_short_sentence_scores_higher(scores: Floats) -> None:
    words = range(len(scores))
    best = max(
        sum(float(scores[word, head]) for word, head in enumerate(heads))
        for heads in product(words, repeat=len(scores))
        if _is_tree(heads)
    )

    assert float(scores[words, find_tree(scores)].sum()) == pytest.approx(best, abs=1e-4)


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = np.array([[1, 5, 0, 0], [5, -9, 0, 4], [0, 0, -9, 3], [0, 0, 0, 2]], dtype=np.float32)

    assert find_tree(scores).tolist() == [1, 3, 3, 3]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.integers(0, 1000))
def test_the_best_labels_are_found_for_each_sequence(lengths: list[int], seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.standard_normal((sum(lengths), 3)).astype(np.float32)
    transitions = chance.standard_normal((3, 3)).astype(np.float32)
    edges = chance.standard_normal((2, 3)).astype(np.float32)

    found = find_labels(scores, transitions, edges, lay_out_steps(lengths)).tolist()

    def score(rows: Floats, labels: tuple[int, ...]) -> float:
        moves = sum(float(transitions[before, after]) for before, after in pairwise(labels))
        inner = sum(float(row[label]) for row, label in zip(rows, labels, strict=True))
        return inner + moves + float(edges[0, labels[0]] + edges[1, labels[-1]])

    for start, end in pairwise([0, *np.cumsum(lengths)]):
        rows = scores[start:end]
        best = max(score(rows, labels) for labels in product(range(3), repeat=end - start))
        assert score(rows, tuple(found[start:end])) == pytest.approx(best, abs=1e-4)


def test_labels_follow_each_other_as_names_are_built() -> None:
    assert may_follow("O", "B-person")
    assert may_follow("B-person", "E-person")
    assert may_follow("E-person", "S-place")
    assert not may_follow("B-person", "E-place")
    assert not may_follow("B-person", "O")
    assert not may_follow("O", "I-person")
    assert all(any(may_follow(before, after) for after in LABELS) for before in LABELS)


@settings(deadline=None)
@given(st.lists(st.sampled_from([0, 1, 12_000, 25_000]), max_size=8), st.integers(1, 3))
def test_batches_are_in_order_and_bounded(lengths: list[int], size: int) -> None:
    docs = [Doc(VOCAB, words=["a"] * length) for length in lengths]
    batches = list(batch_docs(docs, size))

    assert [doc for batch in batches for doc in batch] == docs
    assert all(0 < len(batch) <= size for batch in batches)
    assert all(sum(len(doc) for doc in batch[:-1]) < 20_000 for batch in batches)
