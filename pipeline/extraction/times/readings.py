"""The value that the readers of time expressions hand to each other.

Belongs here: the shape alone.
"""

from typing import NamedTuple

from pipeline.extraction.quantities.dates import CalendarDate
from pipeline.extraction.times.periods import Period


class Reading(NamedTuple):
    """A time expression over tokens `start` to `end` (exclusive).

    `parts` is the date as written, where it is one: a range may still give it its year. `is_weekday` marks days that
    only a weekday names.
    """

    start: int
    end: int
    period: Period
    parts: CalendarDate | None = None
    is_weekday: bool = False
