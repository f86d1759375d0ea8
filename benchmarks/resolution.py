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

import polars as pl

from benchmarks.resolution_set import Score, generate_set, score_set
from pipeline.knowledge import load_knowledge
from pipeline.resolution import resolve

_PADDING = (
    "It had been a {mood} {time} until then, and few people in the {place} took any notice of it at first.",
    "Those who follow such things had talked of {little} else in the {place} since the {time} before.",
    "Nobody who was asked about it that {time} had a {mood} view of what would come of it in the {place}.",
    "The mood among the people in the {place} was {mood}, and most of them went home before the {time} was over.",
    "It is the kind of {mood} story that comes up every other {time} in the {place} and is then forgotten.",
    "There was {little} that could be learned in the {place} before the {time} ended, and all of it was {mood}.",
    "For people in the {place} {little} will change, at least while the {mood} {time} lasts.",
)
_FILLING = {
    "mood": (
        "calm",
        "clear",
        "cold",
        "common",
        "dull",
        "gentle",
        "hopeful",
        "kind",
        "long",
        "quiet",
        "strange",
        "warm",
    ),
    "time": ("afternoon", "autumn", "evening", "month", "morning", "night", "spring", "summer", "week", "winter"),
    "place": ("cafés", "fields", "harbour", "markets", "old town", "park", "port", "square", "streets", "suburbs"),
    "little": ("a lot", "hardly anything", "little", "much", "nothing", "not much", "something", "very little"),
}
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

    A paragraph that claims nothing, the same in copies, makes them long enough to be read as articles, and as English.
    """
    folder.mkdir(parents=True, exist_ok=True)
    documents = (
        generate_set(seed)
        .documents.with_columns(original=pl.coalesce("duplicate_group_id", "document_id"))
        .select("source_uri", "published_on", "clean_text", "original")
    )
    for name, published_on, text, original in documents.iter_rows():
        random = Random(f"{seed} {original}")
        padding = " ".join(
            sentence.format(**{slot: random.choice(words) for slot, words in _FILLING.items()})
            for sentence in random.sample(_PADDING, 3)
        )
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
