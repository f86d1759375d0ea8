"""Measures resolution on generated sets: `python -m benchmarks.resolution [--sets 20] [--first-seed 1] [--faults]`.

`--documents N` measures time and memory on random frames of N documents instead. `--write FOLDER` writes the articles
of the first set as text files, for runs of the whole pipeline.

Each set has at least forty articles over ten invented events, given to resolution as the entities, mentions and claims
that their text states, so that resolution is measured on its own. See `benchmarks.resolution_set`.
"""

import argparse
import resource
import time
from collections import Counter
from pathlib import Path

from benchmarks.resolution_set import Score, generate_set, score_set
from benchmarks.resolution_set.bulk import draw_frames
from pipeline.knowledge import load_knowledge
from pipeline.resolution import resolve


def measure(seeds: range) -> tuple[dict[str, Score], Counter[str], int]:
    """Return the added-up scores of the sets of all seeds, the faults by frequency, and the number of articles."""
    knowledge = load_knowledge()
    totals: dict[str, Score] = {}
    faults: Counter[str] = Counter()
    articles = 0
    for seed in seeds:
        made = generate_set(seed)
        resolved = resolve(made.documents, made.document_entities, made.mentions, made.claims, knowledge)
        findings = score_set(made, resolved)
        faults.update(findings.faults)
        articles += len(made.documents)
        for name, score in findings.scores.items():
            totals[name] = totals.get(name, Score()) + score
    return totals, faults, articles


def measure_cost(document_count: int) -> None:
    """Print what resolving so many random documents takes."""
    frames, knowledge = draw_frames(document_count), load_knowledge()
    started, processor = time.perf_counter(), time.process_time()
    resolved = resolve(*frames, knowledge)
    wall, processor = time.perf_counter() - started, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{document_count} documents, {len(frames.mentions)} mentions, {len(frames.claims)} claims")
    print(f"{len(resolved.entities)} entities, {len(resolved.facts)} facts, {len(resolved.fact_relations)} relations")
    print(f"{processor:.0f} s of processor time, {wall:.0f} s by the clock, {peak:.1f} GB at most, drawing included")


def write_articles(seed: int, folder: Path) -> None:
    """Write the articles of a set, one text file each, named as their source_uri."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, published_on, text in (
        generate_set(seed).documents.select("source_uri", "published_on", "clean_text").iter_rows()
    ):
        (folder / name).write_text(f"date {published_on} {text}\n", encoding="utf-8")


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20, help="how many sets to generate")
    parser.add_argument("--first-seed", type=int, default=1, help="seed of the first set; the others follow")
    parser.add_argument("--faults", action="store_true", help="list what was missed and what was extra")
    parser.add_argument("--documents", type=int, help="measure cost on so many random documents instead")
    parser.add_argument("--write", type=Path, help="write the articles of the first set to this folder instead")
    arguments = parser.parse_args()
    if arguments.documents:
        measure_cost(arguments.documents)
        return
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
