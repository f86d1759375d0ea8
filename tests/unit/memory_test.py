"""A kept result is used for the same input and code alone, and what a run did not need is let go."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from pipeline.memory import NO_MEMORY, Memory
from pipeline.storage import ResultFile, StoreError

NUMBERS = TypeAdapter(list[int])


def double(memory: Memory, *inputs: str) -> tuple[list[list[int]], list[str]]:
    """Return the results for inputs, and the inputs that one was made for."""
    results: list[list[int]] = []
    made: list[str] = []
    with memory.recollect(NUMBERS, inputs) as known:
        for index, each in enumerate(inputs):
            result = known.find(index)
            if result is None:
                result = [2 * int(each)]
                made.append(each)
                known.keep(index, result)
            results.append(result)
    return results, made


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory("double", "code 1", ResultFile(tmp_path / "deep" / "results.duckdb"))


def test_what_is_known_is_not_made_again(memory: Memory) -> None:
    assert double(memory, "1", "2") == ([[2], [4]], ["1", "2"])
    assert double(memory, "2", "3", "1") == ([[4], [6], [2]], ["3"])


def test_results_come_in_the_order_of_inputs_however_many(memory: Memory) -> None:
    inputs = [str(number) for number in range(130)]
    assert double(memory, *inputs)[1] == inputs
    assert double(memory, *inputs) == ([[2 * number] for number in range(130)], [])


def test_other_code_makes_all_again(memory: Memory) -> None:
    double(memory, "1")
    assert double(Memory(memory.step, "code 2", memory.store), "1")[1] == ["1"]


def test_steps_do_not_see_each_others_results(memory: Memory) -> None:
    double(memory, "1")
    other = Memory("other", memory.code, memory.store)
    assert double(other, "1")[1] == ["1"]
    assert double(memory, "1")[1] == []


def test_what_a_run_did_not_need_is_let_go(memory: Memory) -> None:
    double(memory, "1", "2")
    double(memory, "2")
    assert double(memory, "1", "2")[1] == ["1"]


def test_a_run_that_stops_keeps_what_it_made(memory: Memory) -> None:
    with pytest.raises(ValueError, match="x"):
        double(memory, "1", "x")
    assert double(memory, "1")[1] == []


def test_a_result_that_cannot_be_read_is_made_again(memory: Memory) -> None:
    double(memory, "1")
    strings = TypeAdapter(list[list[str]])
    with memory.recollect(strings, ["1"]) as known:
        assert known.find(0) is None


def test_without_memory_all_is_made() -> None:
    assert double(NO_MEMORY, "1")[1] == ["1"]
    assert double(NO_MEMORY, "1")[1] == ["1"]


def test_a_damaged_file_says_what_to_do(memory: Memory, tmp_path: Path) -> None:
    double(memory, "1")
    (tmp_path / "deep" / "results.duckdb").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="move it away"):
        double(memory, "1")
