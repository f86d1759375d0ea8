"""The interface behind which extractors stand, so that another can be configured beside or instead.

What belongs here: the protocol alone. Winnow's own extractor is `pipeline.extraction.own`.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline.extraction.model import Article, Extraction


class Extractor(Protocol):
    """Reads clean articles and returns what they say."""

    @property
    def version(self) -> str:
        """Name and version, as the claims table's `extractor` column has it."""
        ...

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Return one extraction per article, in order; every span lies within the article's text."""
        ...
