"""What counts as running prose when sentence boundaries are measured."""

import gzip
from pathlib import Path

import pytest

from benchmarks.language.prose import read_prose

HEADING = ("newpar_block = head (1 s)", "decl")
CLAUSE = ("newpar_block = p (1 s)", "decl")
DATE = ("newpar_block = p (1 s)", "frag")
FIGURE = [("newpar_block = figure (2 s) | caption (2 s)", "decl"), ("", "frag")]
QUOTED = [("newpar_block = p (2 s) | quote (2 s)", "decl"), ("", "frag")]
CATEGORIES = [("newpar_block = p (2 s)", "frag"), ("", "other")]
LIST = [('newpar_block = list type:::"ordered" (2 s) | item (1 s) | p (1 s)', "decl"), CLAUSE]


def write_treebank(path: Path, sentences: list[tuple[str, str]]) -> Path:
    """Write a document of one sentence a pair of block and sentence type, each of the one word of its number."""
    lines = ["# newdoc id = GUM_news_one"]
    for number, (block, sentence_type) in enumerate(sentences):
        lines += ["# newpar", f"# {block}"] if block else []
        lines += [f"# s_type = {sentence_type}", f"1\t{number}\t{number}\tNUM\tCD\t_\t0\troot\t_\t_", ""]
    path.write_bytes(gzip.compress("\n".join([*lines, ""]).encode()))
    return path


def read_numbers(path: Path, prefix: str = "", length: int = 40) -> list[list[int]]:
    return [[int(sentence.words[0].text) for sentence in group] for group in read_prose(path, prefix, length)]


@pytest.mark.parametrize(
    ("added", "kept"),
    [
        ([HEADING], []),
        ([DATE], []),
        (FIGURE, []),
        (CATEGORIES, []),
        (LIST, []),
        (QUOTED, [1, 2]),
        ([CLAUSE], [1]),
    ],
)
def test_paragraphs_with_a_clause_are_prose_and_kept_whole(
    tmp_path: Path, added: list[tuple[str, str]], kept: list[int]
) -> None:
    path = write_treebank(tmp_path / "part.conllu.gz", [CLAUSE, *added, CLAUSE])
    assert read_numbers(path) == [[0, *kept, len(added) + 1]]


def test_documents_are_chosen_by_name_and_cut_to_length(tmp_path: Path) -> None:
    path = write_treebank(tmp_path / "part.conllu.gz", [CLAUSE, CLAUSE, CLAUSE])
    assert read_numbers(path, "GUM_news", 2) == [[0, 1], [2]]
    assert read_numbers(path, "GUM_voyage", 2) == []
