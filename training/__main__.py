"""The command: build the language pipeline, or check our own labels."""

import argparse
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.language import model
from training import assembly, names, syntax
from training.data import TrainingDataError, add_data_option, find_data
from training.name_lists import build_lists
from training.passages import TaggingError, read_tagged_file

HERE = Path(__file__).parent
SYNTAX_SOURCES = ("syntax.py", "syntax.cfg", "treebanks.py", "loop.py")


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
    syntax_files = [HERE / name for name in SYNTAX_SOURCES] + list((data / "parsing").rglob("*.gz"))
    all_files = [path for folder in (HERE, data / "entities", data / "gazetteers") for path in folder.rglob("*")]
    all_files = [*syntax_files, *(path for path in all_files if path.is_file() and path.suffix != ".pyc")]
    for stage, files in (("syntax", syntax_files), ("names", all_files)):
        (work / stage / fingerprint(files)).mkdir(parents=True, exist_ok=True)
    pipeline = syntax.train_syntax(data, work / "syntax" / fingerprint(syntax_files))
    assembly.add_lemmatizer(pipeline, syntax.read_training_sentences(data))
    names.train_names(pipeline, build_lists(data), data, work / "names" / fingerprint(all_files))
    assembly.write_pipeline(pipeline, target)
    print(f"written: {target}")


def check_labels(paths: Sequence[Path]) -> None:
    """Print how much each file of our own labels holds; raises TaggingError at the first wrong tag."""
    for path in paths:
        passages = list(read_tagged_file(path))
        print(f"{path.name}: {len(passages)} passages, {sum(len(passage.names) for passage in passages)} names")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add_data_option(parser)
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for checkpoints")
    parser.add_argument("--target", type=Path, default=model.SHIPPED_MODEL, help="where the pipeline is written")
    parser.add_argument("--check-labels", action="store_true", help="only check the tags of our own labels")
    options = parser.parse_args(arguments)
    try:
        if options.check_labels:
            check_labels(sorted((HERE / "labels").glob("*.txt")))
        else:
            build(find_data(options.data), options.work, options.target)
    except (TrainingDataError, TaggingError) as error:
        parser.exit(2, f"{error}\n")


if __name__ == "__main__":
    main()
