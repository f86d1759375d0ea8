"""A bidirectional long short-term memory over many sequences at once, without training.

Belongs here: the arithmetic, as in Hochreiter and Schmidhuber (1997) and Graves and Schmidhuber (2005), and how
sequences of different lengths share it. Does not belong here: what the sequences are made of.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Steps(NamedTuple):
    """Sequences that stand one after another in the rows of a matrix, laid out by steps in time.

    `forward` and `backward` are row numbers, those of the first step before those of the second, read from the start
    and from the end of each sequence; `sizes` says how many sequences are still running at each step.
    """

    forward: NDArray[np.intp]
    backward: NDArray[np.intp]
    sizes: list[int]


def lay_out_steps(lengths: Sequence[int]) -> Steps:
    """Return the steps through sequences of `lengths`, none of them 0."""
    of = np.asarray(lengths, dtype=np.intp)
    starts = np.cumsum(of) - of
    order = np.argsort(-of, kind="stable")
    of, starts = of[order], starts[order]
    longest = int(of[0]) if len(of) else 0
    sizes = (len(of) - np.searchsorted(of[::-1], np.arange(longest), side="right")).tolist()
    forward = [starts[:size] + step for step, size in enumerate(sizes)]
    backward = [starts[:size] + of[:size] - 1 - step for step, size in enumerate(sizes)]
    empty = np.zeros(0, dtype=np.intp)
    return Steps(np.concatenate([empty, *forward]), np.concatenate([empty, *backward]), sizes)


class RecurrentLayer:
    """One layer with its weights; gates stand in the order input, forget, output, candidate.

    `inputs` is (both directions' gates, width of the input), `state` (direction, width of a state, gates), `bias` as
    long as the first axis of `inputs`.
    """

    def __init__(self, inputs: Floats, state: Floats, bias: Floats) -> None:
        self.width = state.shape[1]
        scale = np.ones(4 * self.width, dtype=np.float32)
        scale[: 3 * self.width] = 0.5  # sigmoid(x) = (1 + tanh(x / 2)) / 2: one function for all gates
        self._inputs = [np.ascontiguousarray((half * scale[:, None]).T) for half in np.split(inputs, 2)]
        self._bias = bias.reshape(2, 1, -1) * scale
        self._state = np.ascontiguousarray(state * scale)

    def __call__(self, rows: Floats, steps: Steps) -> Floats:
        """Return the states for `rows`: first those read forward, then those read backward, `2 * width` columns."""
        width = self.width
        given = np.empty((2, len(rows), 4 * width), dtype=np.float32)
        for direction, order in enumerate((steps.forward, steps.backward)):
            np.matmul(rows[order], self._inputs[direction], out=given[direction])
        given += self._bias
        states = np.empty((2, len(rows), width), dtype=np.float32)
        most = steps.sizes[0] if steps.sizes else 0
        memory = np.zeros((2, most, width), dtype=np.float32)
        state = np.zeros((2, most, width), dtype=np.float32)
        at = 0
        for size in steps.sizes:
            gate = given[:, at : at + size]
            gate += np.matmul(state[:, :size], self._state)
            np.tanh(gate, out=gate)
            switches = gate[..., : 3 * width]
            switches *= 0.5
            switches += 0.5
            memory = memory[:, :size] * switches[..., width : 2 * width]
            memory += switches[..., :width] * gate[..., 3 * width :]
            state = np.tanh(memory)
            state *= switches[..., 2 * width :]
            states[:, at : at + size] = state
            at += size
        result = np.empty((len(rows), 2 * width), dtype=np.float32)
        result[steps.forward, :width] = states[0]
        result[steps.backward, width:] = states[1]
        return result
