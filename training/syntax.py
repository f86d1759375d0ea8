"""The syntax stage: one network for tags, parts of speech, sentence starts and trees, learned from treebanks.

Belongs here: what is learned from which sentences, how long, and what is reported on the way. Does not belong here:
reading treebanks, and the network itself.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.nn.utils.rnn import pad_sequence

from pipeline.language import syntax, word_vectors
from pipeline.language.spelling import Spelling
from pipeline.language.syntax import Syntax
from pipeline.language.word_vectors import STEPS_A_DEVIATION, VectorTable, WordVectors
from training import treebanks
from training.loop import Schedule, batch_by_words, train
from training.networks import SyntaxNetwork
from training.treebanks import Sentence

SCHEDULE = Schedule(
    steps=6000,
    learning_rate=0.003,
    batch_words=1000,
    turns=((1750, 1 - 1650 / 5900), (4000, 0.0), (4001, 0.5)),
)
DROPOUT = 0.3
LONGEST = 160
"""Words of a sequence at most: longer ones are not learned from."""

MONITORED = 25
"""Every so many documents one is kept out of training, to report on."""

UNTOLD = -1
"""The answer where a token and the treebank's words differ: nothing is learned from it."""

Tokenizer = Callable[[str], Doc]


@dataclass(frozen=True)
class SyntaxLabels:
    """The labels that the network tells apart, each list sorted."""

    tags: tuple[str, ...]
    parts: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """A run of sentences of one paragraph as the network reads it, with the answers, or UNTOLD.

    `sentence` numbers the sentence of each token; the head of a root is the root itself.
    """

    rows: NDArray[np.int32]
    vectors: NDArray[np.int8]
    tags: list[int]
    parts: list[int]
    relations: list[int]
    heads: list[int]
    sentence: list[int]

    def __len__(self) -> int:
        return len(self.rows)


def read_training_sentences(data: Path) -> list[Sentence]:
    """Return the sentences of the train and dev parts of EWT and GUM."""
    paths = (data / "parsing" / name / f"{part}.conllu.gz" for name in ("ewt", "gum") for part in ("train", "dev"))
    return [sentence for path in paths for sentence in treebanks.read_treebank(path)]


def collect_labels(sentences: Iterable[Sentence], least: int = 5) -> SyntaxLabels:
    """Return the labels seen at least `least` times."""
    words = [word for sentence in sentences for word in sentence.words]

    def frequent(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(value for value, count in Counter(values).items() if count >= least))

    return SyntaxLabels(
        frequent(word.tag for word in words),
        frequent(word.pos for word in words),
        frequent(word.relation for word in words),
    )


class RunMaker:
    """Turns sentences into runs."""

    def __init__(self, tokenizer: Tokenizer, table: VectorTable, labels: SyntaxLabels) -> None:
        self._tokenizer = tokenizer
        self._table = table
        self._spelling = Spelling()
        self._tags, self._parts, self._relations = (
            {label: number for number, label in enumerate(group)}
            for group in (labels.tags, labels.parts, labels.relations)
        )

    def make(self, group: Sequence[Sentence]) -> Run:
        """Return `group`, consecutive sentences of a paragraph, as the pipeline would cut them into tokens."""
        text, places = treebanks.join_sentences(group)
        doc = self._tokenizer(text)
        kept = [token for token in doc if not token.is_space]
        numbers = {(token.idx, token.idx + len(token)): number for number, token in enumerate(kept)}
        run = Run(
            self._spelling.describe(doc)[[token.i for token in kept]],
            self._table.find([token.lower_ for token in kept]),
            *([UNTOLD] * len(kept) for _ in range(4)),
            sentence=_number_sentences(kept, [spans[0][0] for spans in places]),
        )
        for sentence, spans in zip(group, places, strict=True):
            for word, span in zip(sentence.words, spans, strict=True):
                number = numbers.get(span)
                if number is not None:
                    run.tags[number] = self._tags.get(word.tag, UNTOLD)
                    run.parts[number] = self._parts.get(word.pos, UNTOLD)
                    run.relations[number] = self._relations.get(word.relation, UNTOLD)
                    run.heads[number] = numbers.get(spans[word.head], UNTOLD)
        return run


def _number_sentences(tokens: Sequence[Token], starts: Sequence[int]) -> list[int]:
    return (np.searchsorted(np.array(starts), [token.idx for token in tokens], side="right") - 1).tolist()


class SyntaxBatch:
    """Runs padded to one length, as tensors."""

    def __init__(self, runs: Sequence[Run]) -> None:
        def pad(rows: Iterable[object], kind: torch.dtype, value: int = UNTOLD) -> Tensor:
            return pad_sequence([torch.as_tensor(row, dtype=kind) for row in rows], True, value)

        self.lengths = torch.tensor([len(run) for run in runs])
        self.rows = pad((run.rows for run in runs), torch.long, 0)
        self.vectors = pad((run.vectors for run in runs), torch.float32, 0) / STEPS_A_DEVIATION
        self.tags = pad((run.tags for run in runs), torch.long)
        self.parts = pad((run.parts for run in runs), torch.long)
        self.relations = pad((run.relations for run in runs), torch.long)
        self.heads = pad((run.heads for run in runs), torch.long)
        sentence = pad((run.sentence for run in runs), torch.long)
        self.real = sentence != UNTOLD
        self.starts = torch.ones_like(sentence, dtype=torch.float32)
        self.starts[:, 1:] = (sentence[:, 1:] != sentence[:, :-1]).float()
        self.together = (sentence.unsqueeze(1) == sentence.unsqueeze(2)) & self.real.unsqueeze(1)


def measure_loss(network: SyntaxNetwork, runs: Sequence[Run]) -> Tensor:
    """Return the sum of the losses of all that is told."""
    batch = SyntaxBatch(runs)
    states = network(batch.rows, batch.vectors, batch.lengths)
    arcs = network.score_arcs(states).masked_fill(~batch.together, -1e4)
    relations = network.score_relations(states, batch.heads.clamp(min=0))
    told = batch.heads != UNTOLD
    start = binary_cross_entropy_with_logits(
        network.heads["start"](states).squeeze(-1)[batch.real], batch.starts[batch.real]
    )
    return (
        cross_entropy(network.heads["tag"](states).flatten(0, 1), batch.tags.flatten(), ignore_index=UNTOLD)
        + 0.5 * cross_entropy(network.heads["pos"](states).flatten(0, 1), batch.parts.flatten(), ignore_index=UNTOLD)
        + 2 * start
        + cross_entropy(arcs[told], batch.heads[told])
        + cross_entropy(relations[told], batch.relations[told], ignore_index=UNTOLD)
    )


def train_syntax(pipeline: Language, data: Path, work: Path, schedule: Schedule = SCHEDULE) -> None:
    """Add the syntax component to `pipeline`, which gives tokens and word vectors, and train it on EWT and GUM.

    Progress and checkpoints go to `work`.
    """
    vectors = pipeline.get_pipe(word_vectors.NAME)
    assert isinstance(vectors, WordVectors)
    sentences = read_training_sentences(data)
    labels = collect_labels(sentences)
    documents = sorted({sentence.document for sentence in sentences})
    held_out = set(documents[::MONITORED])
    maker = RunMaker(pipeline.make_doc, vectors.table, labels)
    kept = [sentence for sentence in sentences if sentence.document not in held_out]
    monitored = [
        maker.make(group)
        for group in treebanks.group_paragraphs([s for s in sentences if s.document in held_out], lambda: 10)
    ]
    monitored = [run for run in monitored if len(run) <= LONGEST]

    def epoch(number: int) -> list[list[Run]]:
        chance = random.Random(f"{schedule.seed} {number}")
        groups = list(treebanks.group_paragraphs(kept, lambda: chance.randint(1, 8)))
        runs = [maker.make(treebanks.vary(group, chance)) for group in groups]
        runs = sorted((run for run in runs if len(run) <= LONGEST), key=lambda run: len(run) + chance.random() * 8)
        batches = batch_by_words(runs, len, schedule.batch_words)
        chance.shuffle(batches)
        return batches

    torch.manual_seed(schedule.seed)
    width = vectors.table.vectors.shape[1]
    network = SyntaxNetwork(width, len(labels.tags), len(labels.parts), len(labels.relations), DROPOUT)

    def report(step: int, loss: float) -> None:
        print(f"    loss {loss:.3f} {_score(network, monitored)}", flush=True)

    train(network, epoch, lambda runs: measure_loss(network, runs), schedule, work / "syntax.checkpoint", report)
    component = pipeline.add_pipe(syntax.NAME)
    assert isinstance(component, Syntax)
    component.take(network.weights(), labels.tags, labels.parts, labels.relations)


@torch.no_grad()
def _score(network: SyntaxNetwork, runs: Sequence[Run]) -> str:
    """Return the shares of right answers on `runs`, given where sentences start, trees taken word by word."""
    right: dict[str, int] = dict.fromkeys(("tag", "pos", "start", "head", "labelled"), 0)
    told = dict.fromkeys(right, 0)
    for at in range(0, len(runs), 20):
        batch = SyntaxBatch(runs[at : at + 20])
        states = network(batch.rows, batch.vectors, batch.lengths)
        heads = network.score_arcs(states).masked_fill(~batch.together, -1e4).argmax(-1)
        relations = network.score_relations(states, heads).argmax(-1)
        found = {
            "tag": (network.heads["tag"](states).argmax(-1) == batch.tags, batch.tags != UNTOLD),
            "pos": (network.heads["pos"](states).argmax(-1) == batch.parts, batch.parts != UNTOLD),
            "start": ((network.heads["start"](states).squeeze(-1) > 0) == (batch.starts > 0), batch.real),
            "head": (heads == batch.heads, batch.heads != UNTOLD),
            "labelled": ((heads == batch.heads) & (relations == batch.relations), batch.heads != UNTOLD),
        }
        for name, (hits, where) in found.items():
            right[name] += int(hits[where].sum())
            told[name] += int(where.sum())
    return " ".join(f"{name} {100 * right[name] / max(told[name], 1):.2f}" for name in right)
