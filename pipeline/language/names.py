"""The component that finds names of organizations, persons, products, places, events and laws.

Belongs here: computing with the trained name network, and the best sequence of labels. Does not belong here: training
it (see `training/networks.py` for the network), name lists and clues, and corrections by the lists.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from pipeline.language.name_features import FEATURES_KEY
from pipeline.language.name_lists import KINDS
from pipeline.language.network_component import NetworkComponent
from pipeline.language.paragraph_runs import Words
from pipeline.language.recurrent import RecurrentLayer, Steps, lay_out_steps
from pipeline.language.weights import Floats, Weights, embed_spelling, read_weights, write_weights
from pipeline.language.word_vectors import SPELLING_KEY, gather_vectors

NAME = "winnow_names"

OUTSIDE = "O"
LABELS = (OUTSIDE, *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
"""What a word can be: outside of names, or at the beginning, inside, at the end of a name, or one by itself."""

_WEIGHTS_FILE = "weights.npz"
_NEVER = np.float32(-1e6)


def may_follow(before: str, after: str) -> bool:
    """Tell whether a word labelled `after` may stand behind one labelled `before`; both are of LABELS."""
    if before[0] in "BI":
        return after[0] in "IE" and after[2:] == before[2:]
    return after[0] in "OBS"


def find_labels(scores: Floats, transitions: Floats, edges: Floats, steps: Steps) -> NDArray[np.intp]:
    """Return the best sequences of labels (Viterbi 1967) for many sequences at once, a number a row of `scores`.

    `transitions[before, after]` and `edges`, two rows for the start and the end of a sequence, add to `scores`.
    """
    most = steps.sizes[0] if steps.sizes else 0
    firsts = np.cumsum(steps.sizes) - steps.sizes
    reached = np.zeros((0, scores.shape[1]), dtype=np.float32)
    last = np.zeros(most, dtype=np.intp)
    origins: list[NDArray[np.intp]] = []
    for step, size in enumerate(steps.sizes):
        here = scores[steps.forward[firsts[step] : firsts[step] + size]]
        if step == 0:
            reached = here + edges[0]
        else:
            last[size : len(reached)] = (reached[size:] + edges[1]).argmax(axis=1)
            ways = reached[:size, None, :] + transitions.T
            origin = ways.argmax(axis=2)
            origins.append(origin)
            reached = np.take_along_axis(ways, origin[..., None], axis=2)[..., 0] + here
    last[: len(reached)] = (reached + edges[1]).argmax(axis=1)
    labels = np.empty(len(scores), dtype=np.intp)
    for step in reversed(range(len(steps.sizes))):
        size = steps.sizes[step]
        labels[steps.forward[firsts[step] : firsts[step] + size]] = last[:size]
        if step:
            last[:size] = origins[step - 1][np.arange(size), last[:size]]
    return labels


class NameNetwork:
    """The trained network, over many documents at once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._layer = RecurrentLayer(*(weights[f"recurrent0.{name}"] for name in ("inputs", "state", "bias")))
        self._output = weights["label.weight"].T.copy()
        allowed = np.array([[may_follow(before, after) for after in LABELS] for before in LABELS])
        self._transitions = np.where(allowed, weights["transitions"], _NEVER)
        starts = [may_follow(OUTSIDE, label) for label in LABELS]
        ends = [may_follow(label, OUTSIDE) for label in LABELS]
        self._edges = np.where(np.array([starts, ends]), np.float32(0), _NEVER)

    def find_labels(self, rows: NDArray[np.int32], others: Floats, lengths: Sequence[int]) -> NDArray[np.intp]:
        """Return the labels of tokens given by `rows` of their spelling and `others`, in paragraphs of `lengths`."""
        steps = lay_out_steps(lengths)
        states = self._layer(np.concatenate([embed_spelling(self.weights, rows), others], axis=1), steps)
        return find_labels(states @ self._output + self.weights["label.bias"], self._transitions, self._edges, steps)


def gather_inputs(words: Words) -> Floats:
    """Return what the network reads of `words` beside spelling: word vectors and name features, a row each."""
    return np.concatenate([gather_vectors(words), words.gather(FEATURES_KEY)], axis=1, dtype=np.float32)


@SpacyPipeline.factory(NAME)  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
def make_names(nlp: SpacyPipeline, name: str) -> "Names":
    """Return the component without weights; they come with the pipeline it is part of."""
    return Names()


class Names(NetworkComponent):
    """The component that sets `doc.ents`.

    It reads what the components `word_vectors` and `name_features` leave.
    """

    def take(self, weights: Weights) -> None:
        """Take what was learned."""
        self._network = NameNetwork(weights)

    def _annotate(self, words: Words) -> None:
        if not words.lengths:
            return
        labels = self._network.find_labels(words.gather(SPELLING_KEY), gather_inputs(words), words.lengths)
        for doc, places, here in words.split():
            doc.ents = list(_read_spans(doc, places.tolist(), labels[here].tolist()))

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the weights into the directory `path`."""
        path.mkdir(exist_ok=True)
        write_weights(path / _WEIGHTS_FILE, self._network.weights)

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "Names":
        """Read what `to_disk` wrote; raises KeyError, OSError or ValueError where it is missing or damaged."""
        self.take(read_weights(path / _WEIGHTS_FILE))
        return self


def _read_spans(doc: Doc, places: Sequence[int], labels: Sequence[int]) -> Iterator[Span]:
    begun = 0
    for place, number in zip(places, labels, strict=True):
        if not number:
            continue
        position, kind = LABELS[number][0], LABELS[number][2:]
        if position in "BS":
            begun = place
        if position in "ES":
            yield Span(doc, begun, place + 1, label=kind)
