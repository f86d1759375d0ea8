"""What the neighbours of a segment show, in the order of the text.

What belongs here: neighbours' wording, and where in the text's prose a segment stands. What does not: markup.
"""

from typing import Final

import numpy as np

from pipeline.cleaning.features.matrix import Matrix, average_windows, last_index, look_around, run_lengths
from pipeline.cleaning.features.wording import LOG_WORDS, RULE_OPENS_BLOCK, WORDING_FEATURES, find_prose

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


def describe_context(local: Matrix) -> Matrix:
    """Return what the neighbours of each segment show: one row a segment, columns as in `CONTEXT_FEATURES`.

    Prose is what `find_prose` calls so.
    """
    count = len(local)
    prose = find_prose(local)
    shown = local[:, _NEIGHBOUR_INDEX]
    words = np.expm1(local[:, LOG_WORDS])
    prose_words = words * prose
    before, total = np.cumsum(words) - words, max(float(words.sum()), 1.0)
    prose_before, prose_total = np.cumsum(prose_words) - prose_words, max(float(prose_words.sum()), 1.0)
    index = np.arange(count)
    since_prose = index - last_index(prose)
    until_prose = (index - last_index(prose[::-1]))[::-1]
    heading = last_index(local[:, RULE_OPENS_BLOCK] > 0)
    prose_at_heading = np.where(heading >= 0, prose_before[np.maximum(heading, 0)], 0)
    place = np.column_stack([
        index / max(count - 1, 1),
        before / total,
        prose_before / prose_total,
        (prose_total - prose_before - prose_words) / prose_total,
        np.log1p(since_prose),
        np.log1p(until_prose),
        np.log1p(run_lengths(prose)),
        np.where(heading >= 0, np.log1p(index - heading), 9),
        np.where(heading >= 0, (prose_before - prose_at_heading) / prose_total, -1),
        np.full(count, np.log1p(count)),
        np.full(count, prose_words.sum() / total),
        index == 0,
    ]).astype(np.float32)  # fmt: skip
    return np.concatenate([look_around(shown, _NEIGHBOURS), average_windows(shown, _WINDOWS), place], axis=1)
