"""The stages of building the pipeline, in order, and what of them need not be done again.

Belongs here: the order, and the fingerprints under which work in progress is kept. Does not belong here: the stages.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.language import spelling
from training import assembly, names, syntax
from training.name_lists import build_lists
from training.word_vectors import SOURCE

HERE = Path(__file__).parent
SYNTAX_SOURCES = ("syntax.py", "networks.py", "tokenization.py", "treebanks.py", "word_vectors.py", "loop.py")


def fingerprint(files: Iterable[Path]) -> str:
    """Return a short hash of the content of `files`: work done with other content is not continued."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def build(data: Path, work: Path, target: Path) -> None:
    """Train the pipeline from `data` and write it to `target`; what was done before, and kept in `work`, is not done
    again.
    """
    syntax_files = [*(HERE / name for name in SYNTAX_SOURCES), Path(spelling.__file__), data / SOURCE]
    syntax_files += (data / "parsing").rglob("*.gz")
    all_files = [path for folder in (HERE, data / "entities", data / "gazetteers") for path in folder.rglob("*")]
    all_files = [*syntax_files, *(path for path in all_files if path.is_file() and path.suffix != ".pyc")]
    for stage, files in (("syntax", syntax_files), ("names", all_files)):
        (work / stage / fingerprint(files)).mkdir(parents=True, exist_ok=True)
    pipeline = assembly.begin_pipeline(data)
    syntax.train_syntax(pipeline, data, work / "syntax" / fingerprint(syntax_files))
    assembly.add_lemmatizer(pipeline, syntax.read_training_sentences(data))
    assembly.add_name_features(pipeline, build_lists(data))
    names.train_names(pipeline, data, work / "names" / fingerprint(all_files))
    assembly.write_pipeline(pipeline, target)
    print(f"written: {target}")
