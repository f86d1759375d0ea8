"""Measures resolution on generated sets: `python -m benchmarks.resolution [--sets 20] [--first-seed 1] [--faults]`.

`--write FOLDER` writes the articles of the first set as text files instead, for runs of the whole pipeline.

Each set has at least forty articles over ten invented events, given to resolution as the entities, mentions and claims
that their text states, so that resolution is measured on its own. See `benchmarks.resolution_set`.
"""

import argparse
from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random

from benchmarks.resolution_set import Score, generate_set, score_set
from pipeline.knowledge import load_knowledge
from pipeline.resolution import resolve

_PADDING = (
    "It had been a quiet day until then, and few people in the street took any notice of it at first.",
    "Those who follow such things closely had talked of little else for a good many weeks.",
    "Nobody who was asked about it in the morning had a clear view of what would come of it.",
    "The mood among the people who were there was calm, and most of them went home early.",
    "It is the kind of story that comes up every few years and is then forgotten again.",
    "There was much that could not be learned in the short time before the evening.",
    "For most people little will change, at least for as long as the summer lasts.",
)
_NOW = datetime.fromisoformat("2026-01-01T00:00:00")


def measure(seeds: range) -> tuple[dict[str, Score], Counter[str], int]:
    """Return the added-up scores of the sets of all seeds, the faults by frequency, and the number of articles."""
    knowledge = load_knowledge()
    totals: dict[str, Score] = {}
    faults: Counter[str] = Counter()
    articles = 0
    for seed in seeds:
        made = generate_set(seed)
        resolved = resolve(made.documents, made.document_entities, made.mentions, made.claims, knowledge, now=_NOW)
        findings = score_set(made, resolved)
        faults.update(findings.faults)
        articles += len(made.documents)
        for name, score in findings.scores.items():
            totals[name] = totals.get(name, Score()) + score
    return totals, faults, articles


def write_articles(seed: int, folder: Path) -> None:
    """Write the articles of a set, one text file each, named as their source_uri.

    A paragraph that claims nothing makes them long enough to be read as articles, and as English.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    for name, published_on, text in (
        generate_set(seed).documents.select("source_uri", "published_on", "clean_text").iter_rows()
    ):
        padding = " ".join(random.sample(_PADDING, 3))
        (folder / name).write_text(f"date {published_on} {text}\n{padding}\n", encoding="utf-8")


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20, help="how many sets to generate")
    parser.add_argument("--first-seed", type=int, default=1, help="seed of the first set; the others follow")
    parser.add_argument("--faults", action="store_true", help="list what was missed and what was extra")
    parser.add_argument("--write", type=Path, help="write the articles of the first set to this folder instead")
    arguments = parser.parse_args()
    if arguments.write:
        write_articles(arguments.first_seed, arguments.write)
        return
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.sets)
    totals, faults, articles = measure(seeds)
    print(f"{len(seeds)} sets, {articles} articles")
    print(f"{'':22}precision  recall     F1")
    for name, score in totals.items():
        print(f"{name:22}{score.precision:9.4f}{score.recall:8.4f}{score.f1:7.4f}")
    if arguments.faults:
        for fault, count in faults.most_common():
            print(f"{count:4} x {fault}")


if __name__ == "__main__":
    main()
