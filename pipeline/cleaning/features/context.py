"""What the neighbours of a segment show, in the order of the text.

What belongs here: neighbours' wording, and where in the text's prose a segment stands. What does not: markup.
"""

from typing import Final

import numpy as np

from pipeline.cleaning.features.matrix import Matrix, Rows
from pipeline.cleaning.features.wording import RULE_OPENS_BLOCK, WORDING_FEATURES, count_words, find_prose

_NEIGHBOUR_COLUMNS: Final = ("log_words", "ends_as_sentence", "function_word_ratio", "residue_word_ratio", "rule")
_NEIGHBOURS: Final = (-3, -2, -1, 1, 2, 3)
_WINDOWS: Final = (2, 5)
CONTEXT_FEATURES: Final = (
    *(f"{name}{offset:+d}" for offset in _NEIGHBOURS for name in _NEIGHBOUR_COLUMNS),
    *(f"{name}_within_{width}" for width in _WINDOWS for name in _NEIGHBOUR_COLUMNS),
    "position", "words_before_ratio", "prose_before_ratio", "prose_after_ratio", "since_prose", "until_prose",
    "prose_run", "since_block_heading", "prose_since_block_heading", "log_segments", "prose_ratio", "is_first",
)  # fmt: skip
_NEIGHBOUR_INDEX: Final = [WORDING_FEATURES.index(name) for name in _NEIGHBOUR_COLUMNS]


def describe_context(local: Matrix, rows: Rows) -> Matrix:
    """Return what the neighbours of each segment show: one row a segment, columns as in `CONTEXT_FEATURES`.

    Prose is what `find_prose` calls so.
    """
    prose = find_prose(local)
    shown = local[:, _NEIGHBOUR_INDEX]
    words = count_words(local)
    prose_words = words * prose
    counts = rows.counts[rows.texts]
    total = np.maximum(rows.total(words), 1)[rows.texts]
    prose_total = np.maximum(rows.total(prose_words), 1)[rows.texts]
    prose_before = rows.sum_before(prose_words)
    heading = rows.last(local[:, RULE_OPENS_BLOCK] > 0)
    place = np.column_stack([
        rows.places / np.maximum(counts - 1, 1),
        rows.sum_before(words) / total,
        prose_before / prose_total,
        (prose_total - prose_before - prose_words) / prose_total,
        np.log1p(rows.since_last(prose)),
        np.log1p(rows.until_next(prose)),
        np.log1p(rows.run_lengths(prose)),
        np.where(heading >= 0, np.log1p(rows.numbers - heading), 9),
        np.where(heading >= 0, (prose_before - prose_before[heading]) / prose_total, -1),
        np.log1p(counts),
        rows.total(prose_words)[rows.texts] / total,
        rows.places == 0,
    ]).astype(np.float32)  # fmt: skip
    return np.concatenate([rows.look_around(shown, _NEIGHBOURS), rows.average_windows(shown, _WINDOWS), place], axis=1)
