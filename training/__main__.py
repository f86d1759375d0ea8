"""The command: build the language pipeline, or check our own labels."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.language import model
from training.data import TrainingDataError, add_data_option, find_data
from training.passages import TaggingError, read_tagged_file

HERE = Path(__file__).parent


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
            data = find_data(options.data)
            from training.build import build  # noqa: PLC0415  (needs PyTorch, which checking labels does not)

            build(data, options.work, options.target)
    except (TrainingDataError, TaggingError) as error:
        parser.exit(2, f"{error}\n")


if __name__ == "__main__":
    main()
