"""The command line: `python -m pipeline run` (or `winnow run`) does the whole job and says what came out of it.

What belongs here: arguments, exit codes, words for errors. What does not: any step, and anything the Dagster UI needs.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console

from pipeline.publication.history import PublishedFileError, read_last_release
from pipeline.reading import SourceError, find_documents
from pipeline.reporting.summary import print_summary
from pipeline.settings import Settings

EXIT_FAILED = 1
EXIT_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code: 0 done, 1 refused or failed, 2 cannot begin."""
    options = _parse(arguments)
    try:
        settings = Settings(**{name: path for name in ("source", "data") if (path := getattr(options, name, None))})
    except ValidationError as error:
        fault = error.errors()[0]
        return _fail(f"the setting WINNOW_{str(fault['loc'][0]).upper()} is wrong: {fault['msg']}", EXIT_USAGE)
    return _write_dictionary() if options.command == "dictionary" else _run(settings)


def _run(settings: Settings) -> int:
    try:
        listing = find_documents(settings.source)
        before = read_last_release(settings.published_file)
    except (SourceError, PublishedFileError) as error:
        return _fail(str(error), EXIT_USAGE)
    console = Console()
    console.print(f"{len(listing.documents)} documents in {settings.source}; starting Dagster ...", highlight=False)

    from pipeline.definitions import build_definitions, run_refresh  # noqa: PLC0415 - takes seconds to import

    if not run_refresh(build_definitions(settings)).success:
        return _fail(f"the run failed for the reasons above; {settings.published_file} is as it was", EXIT_FAILED)
    print_summary(settings, is_new=read_last_release(settings.published_file) != before, console=console)
    return 0


def _write_dictionary() -> int:
    from pipeline.reporting.dictionary import DICTIONARY_PATH, render_dictionary  # noqa: PLC0415

    DICTIONARY_PATH.write_text(render_dictionary(), encoding="utf-8")
    Console().print(f"wrote {DICTIONARY_PATH}")
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="winnow", description="Raw news pages in, data you can trust out.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    defaults = Settings.model_fields
    about = "Read the source folder and publish a release if its content changed and passes every check."
    job = commands.add_parser("run", help="read the source folder and publish a release", description=about)
    job.add_argument("--source", type=Path, help=f"{defaults['source'].description} [{defaults['source'].default}]")
    job.add_argument("--data", type=Path, help=f"{defaults['data'].description} [{defaults['data'].default}]")
    commands.add_parser("dictionary", help="write docs/data-dictionary.md from the row models")
    return parser.parse_args(arguments)


def _fail(message: str, code: int) -> int:
    print(f"winnow: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
