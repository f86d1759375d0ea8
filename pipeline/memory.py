"""What steps made of single documents, kept so that only what changed is made again.

What belongs here: keys, and when a kept result is used, made or let go. What does not: where results are kept
(`pipeline.storage`), and what any step makes. A result is kept under a hash of all that it depends on: what it was made
from and the code that made it. Losing the memory costs time and nothing else.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Generic, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

_AT_ONCE: Final = 50

Result = TypeVar("Result")


class ResultStore(Protocol):
    """Keeps results as text, by step and key."""

    def recall(self, step: str, keys: Sequence[str]) -> dict[str, str]:
        """Return the kept results among `keys`."""
        ...

    def remember(self, step: str, results: Mapping[str, str]) -> None:
        """Keep results, in place of those of the same keys."""
        ...

    def keep_only(self, step: str, keys: Sequence[str]) -> None:
        """Let go of all results of the step but those of `keys`."""
        ...


class NoResults:
    """A store that keeps nothing."""

    def recall(self, step: str, keys: Sequence[str]) -> dict[str, str]:
        """Return nothing."""
        return {}

    def remember(self, step: str, results: Mapping[str, str]) -> None:
        """Keep nothing."""

    def keep_only(self, step: str, keys: Sequence[str]) -> None:
        """Let go of nothing."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of one step; `code` names the version of everything, but the input, that its results depend on."""

    step: str
    code: str
    store: ResultStore

    def recollect(self, adapter: TypeAdapter[Result], inputs: Sequence[str]) -> "Recollection[Result]":
        """Return the results for `inputs`, as far as they are kept; they are asked for in this order."""
        return Recollection(self, adapter, inputs)


NO_MEMORY: Final = Memory("", "", NoResults())


class Recollection(Generic[Result]):
    """Kept and new results of one run, as a context: left without an error, it lets go of what the run did not need."""

    def __init__(self, memory: Memory, adapter: TypeAdapter[Result], inputs: Sequence[str]) -> None:
        self._memory = memory
        self._adapter = adapter
        self._keys = [hashlib.sha256(f"{memory.code}\n{each}".encode()).hexdigest() for each in inputs]
        self._loaded = 0
        self._known: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def __enter__(self) -> "Recollection[Result]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._write()
        if kind is None:
            self._memory.store.keep_only(self._memory.step, self._keys)

    def find(self, index: int) -> Result | None:
        """Return the kept result for the input of this index, None where there is none that can be read."""
        if index >= self._loaded:
            self._loaded = index + _AT_ONCE
            self._known = self._memory.store.recall(self._memory.step, self._keys[index : self._loaded])
        found = self._known.get(self._keys[index])
        try:
            return None if found is None else self._adapter.validate_json(found)
        except ValidationError:
            return None

    def keep(self, index: int, result: Result) -> None:
        """Keep the new result for the input of this index."""
        self._made[self._keys[index]] = self._adapter.dump_json(result).decode()
        if len(self._made) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        if self._made:
            self._memory.store.remember(self._memory.step, self._made)
            self._made = {}
