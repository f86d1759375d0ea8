"""The words of time expressions, as typed data: what `data/times.toml` may hold, read once and checked on import.

Belongs here: the shape of the vocabulary alone.
"""

from pydantic import Field

from pipeline.extraction.quantities.vocabulary import Vocabulary, read_toml


class TimeContext(Vocabulary):
    """Sets of lower-case words; the file says what each is for."""

    units: frozenset[str]
    backward: frozenset[str]
    forward: frozenset[str]
    vague_numbers: frozenset[str]
    rolling: frozenset[str]
    early: frozenset[str]
    parts_of_day: frozenset[str]
    before_weekday_names: frozenset[str]
    after_weekday_names: frozenset[str]
    before_month: frozenset[str]
    also_names: frozenset[str]
    ahead: frozenset[str]
    behind: frozenset[str]
    deadline: frozenset[str]
    before_comparison: frozenset[str]
    fiscal: frozenset[str]


class Limits(Vocabulary):
    """Thresholds of resolution."""

    near_future_days: int = Field(ge=0, le=180)
    far_future_days: int = Field(ge=180, le=366)


class TimeWords(Vocabulary):
    """Everything in `times.toml`."""

    weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    seasons: dict[str, int]
    days: dict[str, int]
    deictics: dict[str, int]
    words: TimeContext
    limits: Limits


TIMES = read_toml(__name__, "times.toml", TimeWords)
