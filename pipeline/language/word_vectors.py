"""Pretrained vectors of the more frequent English words, for the networks to read beside what they learn themselves.

Belongs here: the table of words and vectors that a pipeline carries, looking words up, and the component that leaves
each document's vectors, and its spelling, for the networks. Does not belong here: where the vectors come from
(`training`), and the layer that reads them.
"""

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from pipeline.language.paragraph_runs import Words
from pipeline.language.spelling import Spelling
from pipeline.language.weights import Floats

NAME = "winnow_word_vectors"
VECTORS_KEY = "winnow_word_vectors"
SPELLING_KEY = "winnow_spelling"

STEPS_A_DEVIATION = 32
"""Steps of the table's whole numbers that make up one standard deviation of a dimension."""

_WORDS_FILE = "words.txt.gz"
_TABLE_FILE = "vectors.npy"
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "--", "…": "..."})


class VectorTable:
    """Words in lower case with a vector each, in whole numbers of STEPS_A_DEVIATION to the standard deviation."""

    def __init__(self, words: Sequence[str] = (), vectors: NDArray[np.int8] | None = None) -> None:
        """Take `words` and their `vectors`, a row a word; raises ValueError where their numbers differ."""
        self.words = tuple(words)
        self.vectors = np.zeros((0, 0), dtype=np.int8) if vectors is None else vectors
        if len(self.words) != len(self.vectors):
            raise ValueError(f"{len(self.words)} words, but {len(self.vectors)} vectors")
        self._rows = {word: row for row, word in enumerate(self.words)}
        self._unknown = len(self.words)
        nothing = np.zeros((1, self.vectors.shape[1]), dtype=np.int8)
        self._extended = np.concatenate([self.vectors, nothing])

    def find(self, words: Sequence[str]) -> NDArray[np.int8]:
        """Return the vectors of `words`, given in lower case, a row each; unknown words have zeros.

        Typographic quotes and dashes count as the keyboard's; a word unknown with its hyphens has the vector of its
        last part.
        """
        rows = self._rows
        return self._extended[[rows[word] if word in rows else self._find_variant(word) for word in words]]

    def _find_variant(self, word: str) -> int:
        plain = word.translate(_TYPOGRAPHY)
        for variant in (plain, plain.strip(".'"), plain.rpartition("-")[2]):
            if variant in self._rows:
                return self._rows[variant]
        return self._unknown


def gather_vectors(words: Words) -> Floats:
    """Return the vectors of `words` that WordVectors left, a row each, in standard deviations."""
    return words.gather(VECTORS_KEY) * np.float32(1 / STEPS_A_DEVIATION)


@SpacyPipeline.factory(NAME)  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
def make_word_vectors(nlp: SpacyPipeline, name: str) -> "WordVectors":
    """Return the component with an empty table; its data come with the pipeline it is part of."""
    return WordVectors()


class WordVectors:
    """The component that leaves what networks read of words, a row a token.

    Their vectors are in `doc.user_data[VECTORS_KEY]`, the rows of their spelling in `doc.user_data[SPELLING_KEY]`.
    """

    def __init__(self) -> None:
        self.table = VectorTable()
        self._spelling = Spelling()

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with vectors and spelling."""
        doc.user_data[SPELLING_KEY] = self._spelling.describe(doc)
        doc.user_data[VECTORS_KEY] = self.table.find([token.lower_ for token in doc])
        return doc

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the table into the directory `path`; the same table gives the same bytes."""
        path.mkdir(exist_ok=True)
        (path / _WORDS_FILE).write_bytes(gzip.compress("\n".join(self.table.words).encode(), mtime=0))
        np.save(path / _TABLE_FILE, self.table.vectors, allow_pickle=False)

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "WordVectors":
        """Read the table from the directory `path`; raises ValueError or OSError where it is missing or damaged."""
        words = gzip.decompress((path / _WORDS_FILE).read_bytes()).decode().split("\n")
        self.table = VectorTable(words, np.load(path / _TABLE_FILE, allow_pickle=False))
        return self

    def to_bytes(self, *, exclude: tuple[str, ...] = ()) -> bytes:
        """Return nothing: the table does not change in training, which is what keeps pipelines as bytes."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: tuple[str, ...] = ()) -> "WordVectors":
        """Keep the table as it is."""
        return self
