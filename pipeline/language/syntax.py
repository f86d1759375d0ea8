"""The component that tells tags, parts of speech, sentences and trees.

Belongs here: computing with the trained syntax network and writing down what it says. Does not belong here: training it
(see `training/networks.py` for the network), and what layout says about sentences.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.types import Ints2d

from pipeline.language.network_component import NetworkComponent
from pipeline.language.paragraph_runs import Words
from pipeline.language.recurrent import RecurrentLayer, lay_out_steps
from pipeline.language.trees import find_tree
from pipeline.language.weights import Floats, Weights, embed_spelling, read_weights, write_weights
from pipeline.language.word_vectors import SPELLING_KEY, gather_vectors

NAME = "winnow_syntax"

LONGEST_SENTENCE = 250
"""Tokens after which a sentence is cut in any case: lists and tables without full stops."""

ROOT = "ROOT"
_SPACE = ("_SP", "SPACE", "dep")
_JOINT = ("tag", "pos", "start", "root", "arc_word", "arc_head", "relation_word", "relation_head")
TAG_FEATURES: Mapping[str, str] = tomllib.loads(
    (Path(__file__).parent / "data" / "tag_features.toml").read_text(encoding="utf-8")
)
_LABELS_FILE, _WEIGHTS_FILE = "labels.json", "weights.npz"


class Morphology(Protocol):
    """What is used here of spaCy's Morphology, which has no types of its own."""

    def add(self, features: str) -> int:
        """Return the number under which `features` are known from now on."""
        ...


class SyntaxNetwork:
    """The trained network, over many documents at once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._layers = [
            RecurrentLayer(*(weights[f"recurrent{number}.{name}"] for name in ("inputs", "state", "bias")))
            for number in range(2)
        ]
        self._joint = np.concatenate([weights[f"{name}.weight"] for name in _JOINT]).T.copy()
        self._joint_bias = np.concatenate([weights[f"{name}.bias"] for name in _JOINT])
        self._cuts = np.cumsum([len(weights[f"{name}.bias"]) for name in _JOINT])[:-1]
        self._relation = weights["relation.weight"].T.copy()
        farthest = len(weights["distance"]) // 2
        places = np.arange(LONGEST_SENTENCE)
        apart = np.clip(places[None, :] - places[:, None], -farthest, farthest) + farthest
        self._distances = weights["distance"][apart]

    def read(self, rows: NDArray[np.int32], vectors: Floats, lengths: Sequence[int]) -> Floats:
        """Return the states of tokens given by `rows` and `vectors`, in paragraphs of `lengths`."""
        steps = lay_out_steps(lengths)
        states = np.concatenate([embed_spelling(self.weights, rows), vectors], axis=1)
        for layer in self._layers:
            states = layer(states, steps)
        return states

    def judge(self, states: Floats) -> dict[str, Floats]:
        """Return what each of _JOINT says about tokens of `states`."""
        parts = np.split(states @ self._joint + self._joint_bias, self._cuts, axis=1)
        return dict(zip(_JOINT, parts, strict=True))

    def find_heads(self, judged: dict[str, Floats], bounds: Sequence[int]) -> NDArray[np.intp]:
        """Return the heads of the tokens, sentence by sentence between `bounds`; a root heads itself."""
        words = np.maximum(judged["arc_word"], 0) @ self.weights["arc"]
        candidates = np.maximum(judged["arc_head"], 0)
        priors = candidates @ self.weights["arc_prior"]
        heads = np.empty(len(words), dtype=np.intp)
        for start, end in pairwise(bounds):
            size = end - start
            scores = words[start:end] @ candidates[start:end].T
            scores += priors[start:end]
            scores += self._distances[:size, :size]
            np.fill_diagonal(scores, judged["root"][start:end, 0])
            heads[start:end] = find_tree(scores) + start
        return heads

    def find_relations(self, judged: dict[str, Floats], heads: NDArray[np.intp], root: int) -> NDArray[np.intp]:
        """Return the number of each token's relation to its head; `root` is that of roots."""
        joined = np.maximum(judged["relation_word"] + judged["relation_head"][heads], 0)
        scores = joined @ self._relation + self.weights["relation.bias"]
        scores[:, root] = -np.inf
        relations = scores.argmax(axis=1)
        relations[heads == np.arange(len(heads))] = root
        return relations


@SpacyPipeline.factory(NAME)  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
def make_syntax(nlp: SpacyPipeline, name: str) -> "Syntax":
    """Return the component without weights; they come with the pipeline it is part of."""
    return Syntax(nlp.vocab)


class Syntax(NetworkComponent):
    """The component that gives documents their tags, parts of speech, sentences and trees.

    It reads the vectors that `word_vectors` leaves and the sentence starts that are settled already.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def take(self, weights: Weights, tags: Sequence[str], parts: Sequence[str], relations: Sequence[str]) -> None:
        """Take what was learned, and the labels in the order of the network's outputs."""
        self._labels = {"tags": list(tags), "parts": list(parts), "relations": list(relations)}
        self._network = SyntaxNetwork(weights)
        self._root = list(relations).index(ROOT)
        morphology = cast("Morphology", self._vocab.morphology)  # pyright: ignore[reportUnknownMemberType]
        features = [morphology.add(TAG_FEATURES.get(tag, "")) for tag in (*tags, _SPACE[0])]
        self._feature_ids = np.array(features, dtype=np.uint64)
        self._tag_ids, self._part_ids, self._relation_ids = (
            np.array([self._vocab.strings.add(label) for label in (*labels, space)], dtype=np.uint64)
            for labels, space in zip((tags, parts, relations), _SPACE, strict=True)
        )

    def _annotate(self, words: Words) -> None:
        if not words.lengths:
            nothing = np.zeros(0, dtype=np.intp)
            for doc in filter(len, words.docs):
                self._write(doc, nothing, nothing, nothing, nothing, nothing)
            return
        states = self._network.read(words.gather(SPELLING_KEY), gather_vectors(words), words.lengths)
        judged = self._network.judge(states)
        bounds = _find_bounds(words, judged["start"][:, 0])
        heads = self._network.find_heads(judged, bounds)
        relations = self._network.find_relations(judged, heads, self._root)
        tags, parts = judged["tag"].argmax(axis=1), judged["pos"].argmax(axis=1)
        for doc, places, here in words.split():
            self._write(doc, places, tags[here], parts[here], relations[here], heads[here] - here.start)

    def _write(
        self,
        doc: Doc,
        places: NDArray[np.intp],
        tags: NDArray[np.intp],
        parts: NDArray[np.intp],
        relations: NDArray[np.intp],
        heads: NDArray[np.intp],
    ) -> None:
        """Write the answers for the tokens at `places`; white space hangs on the token before it."""
        values = np.empty((len(doc), 5), dtype=np.uint64)
        values[:] = [self._tag_ids[-1], self._part_ids[-1], 0, self._relation_ids[-1], self._feature_ids[-1]]
        values[places, 0] = self._tag_ids[tags]
        values[places, 4] = self._feature_ids[tags]
        values[places, 1] = self._part_ids[parts]
        values[places, 3] = self._relation_ids[relations]
        numbers = np.arange(len(doc))
        before = np.searchsorted(places, numbers, side="right") - 1
        targets = places[np.maximum(before, 0)] if len(places) else numbers
        targets[places] = places[heads]
        values[:, 2] = (targets - numbers).astype(np.int64).astype(np.uint64)
        doc.from_array(["TAG", "POS", "HEAD", "DEP", "MORPH"], cast("Ints2d", values))

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write labels and weights into the directory `path`."""
        path.mkdir(exist_ok=True)
        (path / _LABELS_FILE).write_text(json.dumps(self._labels, indent=1) + "\n", encoding="utf-8")
        write_weights(path / _WEIGHTS_FILE, self._network.weights)

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "Syntax":
        """Read what `to_disk` wrote; raises KeyError, OSError or ValueError where it is missing or damaged."""
        labels = json.loads((path / _LABELS_FILE).read_text(encoding="utf-8"))
        self.take(read_weights(path / _WEIGHTS_FILE), labels["tags"], labels["parts"], labels["relations"])
        return self


def _find_bounds(words: Words, scores: Floats) -> list[int]:
    """Return where sentences start in `words`, and their number at the end."""
    settled = np.concatenate([doc.to_array("SENT_START").astype(np.int64)[places] for doc, places, _ in words.split()])
    starts = (settled > 0) | ((scores > 0) & (settled == 0))
    starts[np.cumsum(words.lengths)[:-1]] = True
    found = [0, *(np.flatnonzero(starts[1:]) + 1).tolist(), len(starts)]
    return [at for start, end in pairwise(found) for at in range(start, end, LONGEST_SENTENCE)] + [len(starts)]
