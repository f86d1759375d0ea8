"""The names stage: the entity recogniser, which learns from tagged passages.

Belongs here: how the sources are weighed and varied, how long, and what is reported on the way. Does not belong here:
reading the sources, and the network itself.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from pipeline.language import names as recogniser
from pipeline.language.name_lists import KINDS
from pipeline.language.names import LABELS, OUTSIDE, Names, gather_inputs
from pipeline.language.paragraph_runs import gather_words
from pipeline.language.word_vectors import SPELLING_KEY
from training.entity_sources import read_own, read_public
from training.loop import Schedule, batch_by_words, train
from training.networks import NameNetwork
from training.passages import UNKNOWN, Passage, align_names
from training.variation import pool_names, swap_names, vary_typography

SCHEDULE = Schedule(steps=2000, learning_rate=0.002, batch_words=1500)
DROPOUT = 0.35
LONGEST = 250
"""Words of a paragraph at most: longer ones are not learned from."""

VARIANTS = 3
"""How many variations of each of our own passages an epoch holds."""

SHARE_SWAPPED = 0.5
"""How many names the variations after the first exchange for others."""

SHARES = {"btc": 0.2, "wnut17": 0.5, "sec_filings": 0.3}
"""How much of a source an epoch takes, drawn anew: tweets and contracts are many and unlike news."""

SHARE_OF_NAMELESS = 0.3
"""How many of the public passages without a name an epoch takes."""

UNMARKED = {
    "uner": ("product", "event", "law"),
    "btc": ("product", "event", "law"),
    "sec_filings": ("product", "event", "law"),
    "wnut17": ("event", "law"),
    "gum": ("law",),
}
"""Kinds of names that a source does not mark: where it marks nothing, there may be some."""

HELD_OUT = 12
"""Of our own passages every twelfth is kept out of training, to report on."""


@dataclass(frozen=True)
class Paragraph:
    """What the network reads of a paragraph, the numbers of the labels of its words (-1: open), and its source."""

    rows: NDArray[np.int32]
    others: NDArray[np.float16]
    labels: NDArray[np.int8]
    source: str

    def __len__(self) -> int:
        return len(self.rows)


class ParagraphMaker:
    """Turns passages into paragraphs, with all that the network reads."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline

    def analyse(self, passages: Sequence[Passage]) -> Iterator[tuple[Doc, Passage]]:
        """Yield the documents of `passages` as the components before the recogniser leave them."""
        docs = self._pipeline.pipe((passage.text for passage in passages), batch_size=64)
        return zip(docs, passages, strict=True)

    def make(self, passages: Sequence[Passage]) -> Iterator[list[Paragraph]]:
        """Yield the paragraphs of each of `passages`."""
        for doc, passage in self.analyse(passages):
            words = gather_words([doc])
            rows, others = words.gather(SPELLING_KEY), gather_inputs(words).astype(np.float16)
            labels = _number_labels(doc, passage)[words.places[0]]
            paragraphs: list[Paragraph] = []
            start = 0
            for length in words.lengths:
                here = slice(start, start + length)
                if length <= LONGEST:
                    paragraphs.append(Paragraph(rows[here], others[here], labels[here], passage.source))
                start += length
            yield paragraphs


def _number_labels(doc: Doc, passage: Passage) -> NDArray[np.int8]:
    labels = np.zeros(len(doc), dtype=np.int8)
    for start, end, kind in align_names(doc, passage):
        if kind == UNKNOWN:
            labels[start:end] = -1
        elif end - start == 1:
            labels[start] = LABELS.index(f"S-{kind}")
        else:
            labels[start:end] = LABELS.index(f"I-{kind}")
            labels[start], labels[end - 1] = LABELS.index(f"B-{kind}"), LABELS.index(f"E-{kind}")
    return labels


def _tell_allowed(source: str) -> NDArray[np.bool_]:
    """Return, for each label that `source` gives and last for none, which labels may be meant."""
    allowed = np.eye(len(LABELS) + 1, len(LABELS), dtype=np.bool_)
    allowed[-1] = True
    unmarked = UNMARKED.get(source, ())
    allowed[LABELS.index(OUTSIDE)] = [label == OUTSIDE or label[2:] in unmarked for label in LABELS]
    return allowed


_ALLOWED = {source: _tell_allowed(source) for source in UNMARKED}
_MARKS_ALL = _tell_allowed("")


def measure_loss(network: NameNetwork, paragraphs: Sequence[Paragraph]) -> Tensor:
    """Return the loss of `network` over `paragraphs`."""

    def pad(arrays: Iterable[NDArray[np.generic]], kind: torch.dtype) -> Tensor:
        return pad_sequence([torch.from_numpy(array).to(kind) for array in arrays], batch_first=True)

    lengths = torch.tensor([len(paragraph) for paragraph in paragraphs])
    rows = pad((paragraph.rows for paragraph in paragraphs), torch.long)
    others = pad((paragraph.others for paragraph in paragraphs), torch.float32)
    allowed = pad((_ALLOWED.get(p.source, _MARKS_ALL)[p.labels] for p in paragraphs), torch.bool)
    return network.measure_loss(network(rows, others, lengths), allowed, lengths)


def train_names(pipeline: Language, data: Path, work: Path, schedule: Schedule = SCHEDULE) -> None:
    """Add the recogniser to `pipeline`, which gives word vectors and name features, and train it; F1 by type on the
    held-out passages is printed on the way.
    """
    maker = ParagraphMaker(pipeline)
    own = list(read_own(data))
    held_out = list(maker.analyse(own[::HELD_OUT]))
    kept = [passage for number, passage in enumerate(own) if number % HELD_OUT]
    chance = random.Random(schedule.seed)
    pool = pool_names(kept)
    open_passages = [vary_typography(passage, chance) for passage in read_public(data)]
    public = list(zip(map(_share, open_passages), maker.make(open_passages), strict=True))
    variants = [
        vary_typography(swap_names(passage, pool, SHARE_SWAPPED if number else 0.0, chance), chance)
        for number in range(VARIANTS)
        for passage in kept
    ]
    ours = [paragraph for paragraphs in maker.make(variants) for paragraph in paragraphs]

    def epoch(number: int) -> list[list[Paragraph]]:
        drawn = random.Random(f"{schedule.seed} {number}")
        chosen = [paragraph for share, paragraphs in public if drawn.random() < share for paragraph in paragraphs]
        chosen = sorted([*chosen, *ours], key=lambda paragraph: len(paragraph) + drawn.random() * 8)
        batches = batch_by_words(chosen, len, schedule.batch_words)
        drawn.shuffle(batches)
        return batches

    torch.manual_seed(schedule.seed)
    network = NameNetwork(ours[0].others.shape[1], DROPOUT)
    component = pipeline.add_pipe(recogniser.NAME)
    assert isinstance(component, Names)

    def report(step: int, loss: float) -> None:
        component.take(network.weights())
        figures = " ".join(f"{kind} {100 * f1:.1f}" for kind, f1 in _score(component, held_out).items())
        print(f"    loss {loss:.4f} F1 {figures}", flush=True)

    train(network, epoch, lambda batch: measure_loss(network, batch), schedule, work / "names.checkpoint", report)
    component.take(network.weights())


def _share(passage: Passage) -> float:
    return SHARES.get(passage.source, 1.0) * (1.0 if passage.names else SHARE_OF_NAMELESS)


def _score(component: Names, tests: Sequence[tuple[Doc, Passage]]) -> dict[str, float]:
    """Return F1 of exact spans of all types, and by type."""
    wanted: set[tuple[int, int, int, str]] = set()
    found: set[tuple[int, int, int, str]] = set()
    for number, (doc, passage) in enumerate(tests):
        unknown = {
            i for name in align_names(doc, passage) if name.label == UNKNOWN for i in range(name.start, name.end)
        }
        wanted |= {(number, n.start, n.end, n.label) for n in align_names(doc, passage) if n.label != UNKNOWN}
        found |= {
            (number, ent.start, ent.end, ent.label_)
            for ent in component(doc).ents
            if unknown.isdisjoint(range(ent.start, ent.end))
        }

    def f1(kind: str | None) -> float:
        left = {item for item in wanted if kind in (None, item[3])}
        right = {item for item in found if kind in (None, item[3])}
        return 2 * len(left & right) / max(len(left) + len(right), 1)

    return {"all": f1(None), **{kind: f1(kind) for kind in KINDS}}
