"""The networks as they are trained, in PyTorch; what they learn is handed over as plain arrays.

Belongs here: modules, and their weights in the form that `pipeline.language` reads. Does not belong here: data,
losses and schedules.
"""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.language import spelling
from pipeline.language.names import LABELS, OUTSIDE, may_follow

WORD_WIDTH, AFFIX_WIDTH, SHAPE_WIDTH = 64, 48, 24
STATE_WIDTH = 128
NEVER = -1e4


class Embedding(nn.Module):
    """Rows of spelling and other inputs of a token, side by side."""

    def __init__(self, other_width: int, word_dropout: float, dropout: float) -> None:
        """Take `other_width` floats a token beside the spelling."""
        super().__init__()
        self.word = nn.Embedding(spelling.WORD_ROWS, WORD_WIDTH)
        self.affix = nn.Embedding(spelling.AFFIX_ROWS, AFFIX_WIDTH)
        self.shape = nn.Embedding(spelling.SHAPE_ROWS, SHAPE_WIDTH)
        for table in (self.word, self.affix, self.shape):
            nn.init.normal_(table.weight, std=0.1)
        self.width = WORD_WIDTH + AFFIX_WIDTH + SHAPE_WIDTH + other_width
        self._word_dropout = word_dropout
        self._dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor, other: Tensor) -> Tensor:
        """Return one vector a token for `rows` of `pipeline.language.spelling` and `other` floats."""
        words, affixes, shapes = rows.split([spelling.WORD_COLUMNS, spelling.AFFIX_COLUMNS, spelling.SHAPE_COLUMNS], -1)
        word = self.word(words).sum(-2)
        if self.training:
            word = word * (torch.rand(word.shape[:-1]) >= self._word_dropout).unsqueeze(-1)
        return self._dropout(torch.cat([word, self.affix(affixes).sum(-2), self.shape(shapes).sum(-2), other], -1))

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Return the tables by name."""
        tables = {"word": self.word, "affix": self.affix, "shape": self.shape}
        return {name: table.weight.detach().numpy() for name, table in tables.items()}


class Recurrent(nn.Module):
    """Bidirectional LSTM layers over padded sequences."""

    def __init__(self, width: int, layers: int, dropout: float) -> None:
        """Take inputs of `width`."""
        super().__init__()
        widths = [width, *[2 * STATE_WIDTH] * (layers - 1)]
        self.forward_layers = nn.ModuleList(nn.LSTM(w, STATE_WIDTH, batch_first=True) for w in widths)
        self.backward_layers = nn.ModuleList(nn.LSTM(w, STATE_WIDTH, batch_first=True) for w in widths)
        self._dropout = dropout

    def forward(self, inputs: Tensor, lengths: Tensor) -> Tensor:
        """Return the states of the last layer."""
        places = torch.arange(inputs.shape[1]).unsqueeze(0)
        last = lengths.unsqueeze(1) - 1
        mirror = torch.where(places <= last, last - places, places).unsqueeze(-1)

        def turn(values: Tensor) -> Tensor:
            return values.gather(1, mirror.expand(-1, -1, values.shape[2]))

        for onward, backward in zip(self.forward_layers, self.backward_layers, strict=True):
            inputs = torch.cat([onward(inputs)[0], turn(backward(turn(inputs))[0])], -1)
            if self.training:  # the same units for a whole sequence: Gal and Ghahramani (2016)
                keep = torch.rand(inputs.shape[0], 1, inputs.shape[2]) >= self._dropout
                inputs = inputs * keep / (1 - self._dropout)
        return inputs

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Return the arrays of `pipeline.language.recurrent.RecurrentLayer` by layer and name."""
        arrays: dict[str, NDArray[np.float32]] = {}
        for number, pair in enumerate(zip(self.forward_layers, self.backward_layers, strict=True)):
            given = [{name: value.detach().numpy() for name, value in one.named_parameters()} for one in pair]
            arrays[f"recurrent{number}.inputs"] = np.concatenate([_order_gates(one["weight_ih_l0"]) for one in given])
            arrays[f"recurrent{number}.bias"] = np.concatenate(
                [_order_gates(one["bias_ih_l0"] + one["bias_hh_l0"]) for one in given]
            )
            arrays[f"recurrent{number}.state"] = np.stack([_order_gates(one["weight_hh_l0"]).T for one in given])
        return arrays


def _order_gates(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `weights` of PyTorch's gates (input, forget, candidate, output) with the candidate last."""
    entry, forget, candidate, exit_ = np.split(weights, 4)
    return np.concatenate([entry, forget, exit_, candidate])


def linear_weights(layers: Mapping[str, nn.Linear]) -> dict[str, NDArray[np.float32]]:
    """Return weights (outputs by inputs) and biases of `layers` by name."""
    arrays: dict[str, NDArray[np.float32]] = {}
    for name, layer in layers.items():
        arrays[f"{name}.weight"] = layer.weight.detach().numpy()
        arrays[f"{name}.bias"] = layer.bias.detach().numpy()
    return arrays


class SyntaxNetwork(nn.Module):
    """Tags, parts of speech, sentence starts and trees over one recurrent network.

    Trees are scored as in Dozat and Manning (2017), "Deep Biaffine Attention for Neural Dependency Parsing", with a
    word's own place standing for the root.
    """

    ARC_WIDTH, RELATION_WIDTH, FARTHEST = 128, 160, 12

    def __init__(self, vector_width: int, tags: int, parts: int, relations: int, dropout: float) -> None:
        """Take the width of the word vectors and the numbers of labels."""
        super().__init__()
        self.embedding = Embedding(vector_width, word_dropout=0.2, dropout=0.25)
        self.recurrent = Recurrent(self.embedding.width, 2, dropout)
        states = 2 * STATE_WIDTH
        self.heads = nn.ModuleDict(
            {
                "tag": nn.Linear(states, tags),
                "pos": nn.Linear(states, parts),
                "start": nn.Linear(states, 1),
                "root": nn.Linear(states, 1),
                "arc_word": nn.Linear(states, self.ARC_WIDTH),
                "arc_head": nn.Linear(states, self.ARC_WIDTH),
                "relation_word": nn.Linear(states, self.RELATION_WIDTH),
                "relation_head": nn.Linear(states, self.RELATION_WIDTH),
                "relation": nn.Linear(self.RELATION_WIDTH, relations),
            }
        )
        self.arc = nn.Parameter(torch.eye(self.ARC_WIDTH) * 0.1)
        self.arc_prior = nn.Parameter(torch.zeros(self.ARC_WIDTH))
        self.distance = nn.Parameter(torch.zeros(2 * self.FARTHEST + 1))
        self._dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor, vectors: Tensor, lengths: Tensor) -> Tensor:
        """Return the states that all else is told from."""
        return self.recurrent(self.embedding(rows, vectors), lengths)

    def score_arcs(self, states: Tensor) -> Tensor:
        """Return (sequence, word, head) scores; on the diagonal that of being a root."""
        word = self._dropout(torch.relu(self.heads["arc_word"](states)))
        head = self._dropout(torch.relu(self.heads["arc_head"](states)))
        scores = word @ self.arc @ head.transpose(1, 2) + (head @ self.arc_prior).unsqueeze(1)
        places = torch.arange(states.shape[1])
        apart = (places[None, :] - places[:, None]).clamp(-self.FARTHEST, self.FARTHEST) + self.FARTHEST
        scores = scores + self.distance[apart]
        return torch.where(torch.eye(states.shape[1], dtype=torch.bool), self.heads["root"](states), scores)

    def score_relations(self, states: Tensor, heads: Tensor) -> Tensor:
        """Return (sequence, word, relation) scores for words whose heads stand at `heads`."""
        word = self.heads["relation_word"](states)
        head = self.heads["relation_head"](states)
        head = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return self.heads["relation"](self._dropout(torch.relu(word + head)))

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Return what `pipeline.language.syntax` computes with."""
        own = {"arc": self.arc, "arc_prior": self.arc_prior, "distance": self.distance}
        arrays = {name: value.detach().numpy() for name, value in own.items()}
        return {
            **self.embedding.weights(),
            **self.recurrent.weights(),
            **linear_weights(dict(self.heads.items())),
            **arrays,
        }


_FORBIDDEN = torch.tensor([[0.0 if may_follow(before, after) else NEVER for after in LABELS] for before in LABELS])


class NameNetwork(nn.Module):
    """Labels of names over a recurrent network, with a conditional random field on top.

    After Lample et al. (2016), "Neural Architectures for Named Entity Recognition"; that several labels may be right
    for a word follows Tsuboi et al. (2008), "Training Conditional Random Fields Using Incomplete Annotations".
    """

    def __init__(self, other_width: int, dropout: float) -> None:
        """Take `other_width` floats a token beside its spelling."""
        super().__init__()
        self.embedding = Embedding(other_width, word_dropout=0.2, dropout=0.25)
        self.recurrent = Recurrent(self.embedding.width, 1, dropout)
        self.label = nn.Linear(2 * STATE_WIDTH, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))

    def forward(self, rows: Tensor, other: Tensor, lengths: Tensor) -> Tensor:
        """Return (sequence, word, label) scores."""
        return self.label(self.recurrent(self.embedding(rows, other), lengths))

    def measure_loss(self, scores: Tensor, allowed: Tensor, lengths: Tensor) -> Tensor:
        """Return the mean over words of the negative log likelihood of the `allowed` labels (sequence, word, label)."""
        right = self._sum_paths(scores.masked_fill(~allowed, NEVER), lengths)
        return (self._sum_paths(scores, lengths) - right).sum() / lengths.sum()

    def _sum_paths(self, scores: Tensor, lengths: Tensor) -> Tensor:
        transitions = self.transitions + _FORBIDDEN
        open_ends = torch.tensor([0.0 if may_follow(label, OUTSIDE) else NEVER for label in LABELS])
        reached = scores[:, 0] + torch.tensor([0.0 if may_follow(OUTSIDE, label) else NEVER for label in LABELS])
        for step in range(1, scores.shape[1]):
            onward = torch.logsumexp(reached.unsqueeze(2) + transitions, 1) + scores[:, step]
            reached = torch.where((lengths > step).unsqueeze(1), onward, reached)
        return torch.logsumexp(reached + open_ends, 1)

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Return what `pipeline.language.names` computes with."""
        own = {"transitions": self.transitions.detach().numpy()}
        return {**self.embedding.weights(), **self.recurrent.weights(), **linear_weights({"label": self.label}), **own}
