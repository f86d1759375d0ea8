"""The training loop: seeded, resumable at any step, the same weights however often it was interrupted.

Belongs here: steps, learning rate, checkpoints, progress. Does not belong here: where examples come from, and what a
good score is.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

Example = TypeVar("Example")


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn; a batch holds `batch_words` words or a little more."""

    steps: int
    learning_rate: float
    batch_words: int
    warmup_steps: int = 100
    turns: tuple[tuple[int, float], ...] = ()
    grad_clip: float = 5.0
    checkpoint_every: int = 250
    seed: int = 20261122

    def rate_at(self, step: int) -> float:
        """Return the learning rate of `step`: a linear rise over the warm-up, then a linear fall to nothing.

        With `turns`, steps and the share of the rate there, the way leads through them: after a fall to nothing, a new
        start can get out of where it led to (Loshchilov and Hutter 2017, "SGDR").
        """
        if step < self.warmup_steps:
            return self.learning_rate * (step + 1) / self.warmup_steps
        steps, shares = zip((self.warmup_steps, 1.0), *self.turns, (self.steps, 0.0), strict=True)
        return self.learning_rate * float(np.interp(step, steps, shares))


def train(
    network: nn.Module,
    epoch: Callable[[int], list[list[Example]]],
    loss: Callable[[list[Example]], Tensor],
    schedule: Schedule,
    checkpoint: Path,
    report: Callable[[int, float], None],
) -> None:
    """Train `network` in place.

    `epoch(number)` gives the batches of an epoch, the same for the same number; `loss(batch)` is what is to fall. After
    every `checkpoint_every` steps the state is written to `checkpoint` and `report(step, mean loss)` is called; an
    existing checkpoint is continued from.
    """
    torch.set_num_threads(1)
    optimizer = torch.optim.Adam(network.parameters(), lr=schedule.learning_rate, betas=(0.9, 0.95), eps=1e-8)
    step, at_epoch, at_batch = _restore(network, optimizer, checkpoint)
    total, counted, began = 0.0, 0, time.monotonic()
    while step < schedule.steps:
        batches = epoch(at_epoch)
        for at in range(at_batch, len(batches)):
            torch.manual_seed(schedule.seed + step)
            for group in optimizer.param_groups:
                group["lr"] = schedule.rate_at(step)
            network.train()
            optimizer.zero_grad()
            value = loss(batches[at])
            value.backward()  # pyright: ignore[reportUnknownMemberType]
            nn.utils.clip_grad_norm_(network.parameters(), schedule.grad_clip)
            optimizer.step()  # pyright: ignore[reportUnknownMemberType]
            step, total, counted = step + 1, total + float(value.detach()), counted + 1
            if step % schedule.checkpoint_every == 0 or step == schedule.steps:
                _save(network, optimizer, checkpoint, (step, at_epoch, at + 1))
                network.eval()
                print(
                    f"{checkpoint.stem} step {step}/{schedule.steps}, {(time.monotonic() - began) / counted:.2f} s each"
                )
                report(step, total / counted)
                total, counted, began = 0.0, 0, time.monotonic()
            if step == schedule.steps:
                break
        at_epoch, at_batch = at_epoch + 1, 0
    network.eval()


def batch_by_words(examples: Sequence[Example], words: Callable[[Example], int], most: int) -> list[list[Example]]:
    """Return `examples` in order, in batches of `most` words or a little more."""
    batches: list[list[Example]] = []
    size = most
    for example in examples:
        if size >= most:
            batches.append([])
            size = 0
        batches[-1].append(example)
        size += words(example)
    return batches


def _save(
    network: nn.Module, optimizer: torch.optim.Optimizer, checkpoint: Path, position: tuple[int, int, int]
) -> None:
    partial = checkpoint.with_suffix(".partial")
    state: dict[str, Any] = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "at": position}
    torch.save(state, partial)
    partial.replace(checkpoint)


def _restore(network: nn.Module, optimizer: torch.optim.Optimizer, checkpoint: Path) -> tuple[int, int, int]:
    if not checkpoint.exists():
        return 0, 0, 0
    state: dict[str, Any] = torch.load(  # pyright: ignore[reportUnknownMemberType]
        checkpoint, weights_only=True
    )
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    step, epoch, batch = state["at"]
    return step, epoch, batch
