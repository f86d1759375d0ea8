"""The command: measure a language pipeline and print a table."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.language.cost import measure_load, measure_size, measure_speed
from benchmarks.language.names import NamesByType, read_news, read_seeds, score_articles, score_spans, sum_tallies
from benchmarks.language.peers import score_splitters
from benchmarks.language.prose import read_prose
from benchmarks.language.syntax import SENTENCES_A_DOCUMENT, average, read_groups, score_by_spacy, score_strictly
from pipeline.language import DEFAULT_MODEL, Language, load_language
from training.data import add_data_option, find_data
from training.entity_sources import UNER, WIKIGOLD, read_columns, read_uner
from training.treebanks import Sentence

NEWS = "GUM_news"
PLAIN_TYPES = ("person", "organization", "place")


def _print_names(title: str, tallies: NamesByType) -> None:
    print(f"{title}: {sum_tallies(tallies.values())}")
    for kind, tally in tallies.items():
        print(f"    {kind:12} {tally}")


def _print_syntax(language: Language, parsing: Path) -> None:
    treebanks = {name: read_groups(parsing / name / "test.conllu.gz") for name in ("ewt", "gum")}
    for title, treebank_tokens in (("raw text", False), ("treebank tokens", True)):
        shares = [score_by_spacy(language, groups, treebank_tokens=treebank_tokens) for groups in treebanks.values()]
        figures = "; ".join(f"{name} {each}" for name, each in zip(treebanks, shares, strict=True))
        print(f"syntax from {title}, spaCy's scorer: mean {average(shares)}; {figures}")
    for name, groups in treebanks.items():
        print(f"{name} test, strictly: {score_strictly(language, groups)}")
        single = [[sentence] for group in groups for sentence in group]
        print(f"{name} test, strictly, sentences one by one: {score_strictly(language, single)}")
        _print_splitters(f"{name} test", groups)
    _print_boundaries(language, parsing / "gum")


def _print_splitters(title: str, groups: Sequence[Sequence[Sentence]]) -> None:
    for name, tally in score_splitters(groups):
        print(f"    {title}, sentences of {name}: {tally or 'not installed (dependency group peers)'}")


def _print_boundaries(language: Language, gum: Path) -> None:
    """Print the figures of news, and the sentences found in running prose alone.

    The dev part is trained on: its figure tells what was learned, not what to expect.
    """
    test, dev = gum / "test.conllu.gz", gum / "dev.conllu.gz"
    news = read_groups(test, NEWS)
    print(f"gum test, news, strictly: {score_strictly(language, news)}")
    _print_splitters("gum test, news", news)
    learned = score_strictly(language, read_groups(dev, NEWS))
    print(f"gum dev, news, which the shipped pipeline was trained on: sentences {learned.sentences}")
    for title, prefix in (("news", NEWS), ("all genres", "")):
        prose = read_prose(test, prefix, SENTENCES_A_DOCUMENT)
        print(f"gum test, {title}, running prose alone: sentences {score_strictly(language, prose).sentences}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every figure of the pipeline named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.language", description=__doc__)
    add_data_option(parser)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="the pipeline to measure (default: the shipped one)")
    parser.add_argument(
        "--gold", type=Path, help="folder with the annotated articles (news, seeds); left out if not given"
    )
    parser.add_argument(
        "--seeds", type=Path, default=Path("seeds"), help="folder of the seed documents (default: seeds)"
    )
    options = parser.parse_args(arguments)
    data = find_data(options.data)
    language = load_language(options.model)

    _print_syntax(language, data / "parsing")
    entities = data / "entities"
    uner = read_uner(entities / "uner_ewt" / "test.iob2", data / "parsing" / "ewt" / "test.conllu.gz", UNER, 1, 2)
    _print_names("uner_ewt test, exact spans", score_spans(language, list(uner), PLAIN_TYPES))
    wikigold = read_columns(entities / "wikigold" / "wikigold.tsv", WIKIGOLD)
    _print_names("wikigold, exact spans", score_spans(language, list(wikigold), PLAIN_TYPES))
    if options.gold:
        articles = list(read_news(options.gold / "news", data / "pages" / "aeb"))
        _print_names("gold news, distinct entities", score_articles(language, articles))
        articles = list(read_seeds(options.gold / "seeds", options.seeds))
        _print_names("gold seeds, distinct entities", score_articles(language, articles))
    pages = json.loads((data / "pages" / "aeb" / "ground-truth.json").read_text(encoding="utf-8"))
    speed = measure_speed(language, [page["articleBody"] for page in pages.values()])
    size, load = measure_size(options.model), measure_load(options.model)
    print(f"size {size / 1e6:.1f} MB; load {load:.2f} s; {speed:.0f} words/s on one core")


if __name__ == "__main__":
    main()
