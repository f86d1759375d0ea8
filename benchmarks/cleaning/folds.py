"""Cross-validation: every page judged by a model that saw no page of its site.

What belongs here: which pages are held out of which models. What does not: learning, scoring.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.cleaning.pages import AnnotatedPage, split_by_site
from benchmarks.cleaning.training import page_model_of, text_model_of
from pipeline.cleaning.model import SegmentModel


class Fold(NamedTuple):
    """The indices of held-out pages and the models that did not see their sites."""

    held_out: list[int]
    page_model: SegmentModel
    text_model: SegmentModel


def cross_validate(pages: Sequence[AnnotatedPage], folds: int) -> Iterator[Fold]:
    """Yield each fold with models trained on the pages of all others."""
    for held_out in split_by_site(pages, folds):
        seen = [page for index, page in enumerate(pages) if index not in set(held_out)]
        yield Fold(held_out, page_model_of(seen), text_model_of(seen))
