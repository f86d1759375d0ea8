"""Cross-validation: every page judged by a model that saw no page of its site.

What belongs here: splitting by site and judging held-out examples. What does not: learning, scoring.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.cleaning.pages import AnnotatedPage
from benchmarks.cleaning.training import page_model_of, text_model_of
from pipeline.cleaning.model import SegmentModel


class Fold(NamedTuple):
    """The indices of held-out pages and the models that did not see their sites."""

    held_out: list[int]
    page_model: SegmentModel
    text_model: SegmentModel


def split_by_site(pages: Sequence[AnnotatedPage], folds: int) -> list[list[int]]:
    """Return the indices of each fold; a site's pages are all in one, chosen by the hash of its name."""
    parts: list[list[int]] = [[] for _ in range(folds)]
    for index, page in enumerate(pages):
        parts[int(hashlib.sha256(page.site.encode()).hexdigest(), 16) % folds].append(index)
    return parts


def cross_validate(pages: Sequence[AnnotatedPage], folds: int) -> Iterator[Fold]:
    """Yield each fold with models trained on the pages of all others."""
    for held_out in split_by_site(pages, folds):
        seen = [page for index, page in enumerate(pages) if index not in set(held_out)]
        yield Fold(held_out, page_model_of(seen), text_model_of(seen))
