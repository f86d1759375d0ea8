"""Lists of words in data files say each word once: what stands twice was added without looking."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(ROOT.glob("pipeline/**/data/*.toml"))


def find_repeats(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield each word that a list below `value` holds more than once, with its place."""
    if isinstance(value, dict):
        for key, below in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from find_repeats(below, f"{place}.{key}")  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        words = [item for item in value if isinstance(item, str)]  # pyright: ignore[reportUnknownVariableType]
        yield from ((place, word) for word, count in Counter(words).items() if count > 1)
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from find_repeats(item, place)  # pyright: ignore[reportUnknownArgumentType]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "pipeline").as_posix())
def test_no_list_says_a_word_twice(path: Path) -> None:
    assert list(find_repeats(tomllib.loads(path.read_text(encoding="utf-8")), "")) == []


def test_a_repeat_is_told_with_its_place() -> None:
    assert list(find_repeats({"a": [{"b": ["x", "y", "x"]}]}, "")) == [(".a.b", "x")]
