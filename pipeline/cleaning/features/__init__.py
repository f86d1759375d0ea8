"""What the segment models see of a text's segments, as named numbers.

What belongs here: turning segments into numbers: `wording` (a segment alone), `context` (its neighbours), `markup` (its
place in the page), `expectation` (how the first model judged it and those around it). What does not: weighing them. A
feature never depends on what a text had beside its segments, so that a clean text is seen the same way again.
"""

from pipeline.cleaning.features.containers import Stack
from pipeline.cleaning.features.context import CONTEXT_FEATURES, describe_context
from pipeline.cleaning.features.expectation import (
    PAGE_EXPECTATIONS,
    TEXT_EXPECTATIONS,
    describe_page_expectation,
    describe_text_expectation,
)
from pipeline.cleaning.features.markup import MARKUP_FEATURES, describe_markup
from pipeline.cleaning.features.matrix import Matrix, Numbers, Rows, on_grid
from pipeline.cleaning.features.wording import (
    WORDING_FEATURES,
    count_repetitions,
    count_words,
    describe_wording,
)
from pipeline.cleaning.features.words import Occurrences, Words

__all__ = [
    "CONTEXT_FEATURES",
    "MARKUP_FEATURES",
    "PAGE_EXPECTATIONS",
    "TEXT_EXPECTATIONS",
    "WORDING_FEATURES",
    "Matrix",
    "Numbers",
    "Occurrences",
    "Rows",
    "Stack",
    "Words",
    "count_repetitions",
    "count_words",
    "describe_context",
    "describe_markup",
    "describe_page_expectation",
    "describe_text_expectation",
    "describe_wording",
    "on_grid",
]
