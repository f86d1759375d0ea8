"""When an article was published, and what says so.

What belongs here: the order in which statements of the date are believed. What does not: reading the page's own
statements, which is `metadata`, and reading a date, which is `dates`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from htmldate import find_date

from pipeline.cleaning.dates import read_date
from pipeline.cleaning.metadata import PageMetadata
from pipeline.tables import PublishedOnBasis

_LABEL: Final = re.compile(r"\b(?:published|posted|updated|date)\b", re.IGNORECASE)


def find_published_on(
    metadata: PageMetadata | None, particulars: Sequence[str], source: str
) -> tuple[date | None, PublishedOnBasis]:
    """Return the date of publication of an article and what it was read from.

    `metadata` is what its page states, None for a bare text; `particulars` are lines beside the article that tell of
    it; `source` is the page or text. A date that the page states of itself comes first, then lines that say "published"
    or the like, what htmldate suggests (Barbaresi 2020, https://doi.org/10.21105/joss.02439), other lines with dates,
    and last a stated date that is not clearly a day.
    """
    if metadata is not None and metadata.published_on is not None:
        return metadata.published_on, metadata.published_on_basis
    found = (
        _first_date(line for line in particulars if _LABEL.search(line))
        or (_guess(source) if metadata is not None else None)
        or _first_date(particulars)
    )
    if found is not None:
        return found, "text"
    found = read_date(metadata.unclear_date) if metadata is not None and metadata.unclear_date else None
    return found, "none" if found is None else "metadata"


def _first_date(lines: Iterable[str]) -> date | None:
    return next((found for line in lines if (found := read_date(line)) is not None), None)


def _guess(source: str) -> date | None:
    """Return the date that the marked-up times and the wording of an HTML page suggest, None where nothing does."""
    guessed = find_date(source, original_date=True, extensive_search=False)
    return date.fromisoformat(guessed) if guessed else None
