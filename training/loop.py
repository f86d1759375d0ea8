"""The training loop: seeded, resumable at any step, the same weights however often it was interrupted.

Belongs here: steps, learning rate, checkpoints, progress. Does not belong here: where examples come from, and what a
good score is.
"""

import pickle
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, Model, Optimizer, fix_random_seed


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn; batch sizes are words, growing from the first to the second over the first
    `warmup_steps * 4` steps.
    """

    steps: int
    learning_rate: float = 0.001
    warmup_steps: int = 250
    batch_words: tuple[int, int] = (200, 1000)
    dropout: float = 0.1
    checkpoint_every: int = 500
    seed: int = 20261122

    def rate_at(self, step: int) -> float:
        """Return the learning rate of `step`: a linear rise over the warm-up, then a linear fall to nothing."""
        if step < self.warmup_steps:
            return self.learning_rate * (step + 1) / self.warmup_steps
        return self.learning_rate * (self.steps - step) / (self.steps - self.warmup_steps)


def train(
    pipeline: Language,
    epoch: Callable[[int], list[Example]],
    schedule: Schedule,
    checkpoint: Path,
    report: Callable[[int, dict[str, float], float], None],
) -> None:
    """Train `pipeline` in place and leave the averaged weights in it.

    `epoch(number)` gives the examples of an epoch, the same for the same number. After every `checkpoint_every` steps
    the state is written to
    `checkpoint` and `report(step, losses, words per second)` is called; an existing checkpoint is continued from.
    """
    optimizer = Adam(schedule.learning_rate, L2=0.01, grad_clip=1.0, use_averages=True)
    start, at_epoch, at_batch = _restore(pipeline, optimizer, checkpoint)
    losses: dict[str, float] = {}
    step, words, began = start, 0, time.monotonic()
    while step < schedule.steps:
        random.seed(schedule.seed + at_epoch)
        examples = epoch(at_epoch)
        batches = list(_batches(examples, schedule, step - at_batch))
        for at in range(at_batch, len(batches)):
            fix_random_seed(schedule.seed + step)
            optimizer.learn_rate = schedule.rate_at(step)
            pipeline.update(batches[at], sgd=optimizer, drop=schedule.dropout, losses=losses)
            words += sum(len(example.predicted) for example in batches[at])
            step += 1
            if step % schedule.checkpoint_every == 0 or step == schedule.steps:
                _save(pipeline, optimizer, checkpoint, (step, at_epoch, at + 1))
                with pipeline.use_params(optimizer.averages):  # pyright: ignore[reportUnknownMemberType]
                    report(step, losses, words / (time.monotonic() - began))
                losses, words, began = {}, 0, time.monotonic()
            if step == schedule.steps:
                break
        at_epoch, at_batch = at_epoch + 1, 0
    set_averages(pipeline, optimizer)


def _batches(examples: list[Example], schedule: Schedule, first_step: int) -> Iterator[list[Example]]:
    low, high = schedule.batch_words
    batch: list[Example] = []
    size, number = 0, first_step
    for example in examples:
        batch.append(example)
        size += len(example.predicted)
        if size >= min(high, low + (high - low) * number / (schedule.warmup_steps * 4)):
            yield batch
            batch, size, number = [], 0, number + 1
    if batch:
        yield batch


def set_averages(pipeline: Language, optimizer: Optimizer) -> None:
    """Replace the weights of `pipeline` by their averages over the steps so far."""
    averages = optimizer.averages or {}
    for node in _nodes(pipeline):
        for name in node.param_names:
            if node.has_param(name) and (node.id, name) in averages:
                node.set_param(name, averages[(node.id, name)])


_STATE = ("mom1", "mom2", "averages", "nr_update", "last_seen")


def _nodes(pipeline: Language) -> list[Model[Any, Any]]:
    nodes: list[Model[Any, Any]] = []
    for _, component in pipeline.pipeline:
        model: Model[Any, Any] | None = getattr(component, "model", None)
        if model is not None:
            nodes.extend(model.walk())  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return nodes


def _save(pipeline: Language, optimizer: Optimizer, checkpoint: Path, position: tuple[int, int, int]) -> None:
    """Write weights and optimizer; parameters are named by their place in the network, as node numbers differ between
    processes.
    """
    places = {node.id: place for place, node in enumerate(_nodes(pipeline))}
    state = {
        kind: {(places[key[0]], key[1]): value for key, value in getattr(optimizer, kind).items()} for kind in _STATE
    }
    partial = checkpoint.with_suffix(".partial")
    partial.write_bytes(pickle.dumps((position, pipeline.to_bytes(), state)))
    partial.replace(checkpoint)


def _restore(pipeline: Language, optimizer: Optimizer, checkpoint: Path) -> tuple[int, int, int]:
    if not checkpoint.exists():
        return 0, 0, 0
    position, weights, state = pickle.loads(checkpoint.read_bytes())
    pipeline.from_bytes(weights)
    numbers = [node.id for node in _nodes(pipeline)]
    for kind in _STATE:
        getattr(optimizer, kind).update({(numbers[key[0]], key[1]): value for key, value in state[kind].items()})
    return position
