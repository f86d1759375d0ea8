"""Where the training data are: one folder, named on the command line or in the environment.

Belongs here: finding the folder and saying what is missing. Does not belong here: reading what is in it.
"""

import argparse
import os
from pathlib import Path

VARIABLE = "WINNOW_TRAINING_DATA"
FOLDERS = ("parsing/ewt", "parsing/gum", "entities", "gazetteers", "text")


class TrainingDataError(Exception):
    """The training data are not where they were looked for; the message says what to do."""


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Add the option --data, whose default is the environment variable WINNOW_TRAINING_DATA."""
    named = os.environ.get(VARIABLE)
    parser.add_argument(
        "--data", type=Path, default=Path(named) if named else None, help=f"data folder (default: ${VARIABLE})"
    )


def find_data(folder: Path | None) -> Path:
    """Return `folder` if it holds the public sources; raises TrainingDataError otherwise."""
    if folder is None:
        raise TrainingDataError(
            f"No data folder is named. Give --data or set {VARIABLE}; "
            "docs/language-model.md says where each source is fetched from."
        )
    missing = [name for name in FOLDERS if not (folder / name).is_dir()]
    if missing:
        raise TrainingDataError(
            f"{folder} lacks {', '.join(missing)}; docs/language-model.md says where each source is fetched from."
        )
    return folder
