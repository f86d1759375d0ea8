"""Measures time and memory of resolution: `python -m benchmarks.resolution_cost --documents 100000`.

Random articles (`benchmarks.resolution_set.bulk`) are written to a working file by one process; another reads what
resolution reads, resolves, and writes the tables, as the asset does. The figures are those of the second process.
"""

import argparse
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import polars as pl

from benchmarks.resolution_set.bulk import draw_frames
from pipeline.resolution import RESOLUTION_INPUTS
from pipeline.settings import Settings
from pipeline.steps import build_steps
from pipeline.storage import WorkingStore
from pipeline.tables import Claim, Document, DocumentEntity, Mention, Row


class Cost(NamedTuple):
    """What one run of resolution took: seconds, gigabytes, and rows found."""

    processor: float
    wall: float
    peak: float
    entities: int
    facts: int
    relations: int


def draw(document_count: int, path: Path) -> dict[str, int]:
    """Write random articles to a working file; returns the rows of each table."""
    drawn = draw_frames(document_count)
    frames: dict[type[Row], pl.DataFrame] = {
        Document: drawn.documents,
        DocumentEntity: drawn.document_entities,
        Mention: drawn.mentions,
        Claim: drawn.claims,
    }
    WorkingStore(path).write(frames)
    return {model.table: len(frame) for model, frame in frames.items()}


def measure(path: Path) -> Cost:
    """Return what it costs to resolve the working file at `path`."""
    store, steps = WorkingStore(path), build_steps(Settings(data=path.parent))
    wall, processor = time.perf_counter(), time.process_time()
    resolved = steps.resolve({model: store.table(model, columns) for model, columns in RESOLUTION_INPUTS.items()})
    store.write(resolved.tables())
    return Cost(
        time.process_time() - processor,
        time.perf_counter() - wall,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        len(resolved.entities),
        len(resolved.facts),
        len(resolved.fact_relations),
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000, help="how many articles to draw")
    arguments = parser.parse_args()
    one_task_each = ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1)
    with tempfile.TemporaryDirectory() as folder, one_task_each as processes:
        path = Path(folder) / "work.duckdb"
        rows = processes.submit(draw, arguments.documents, path).result()
        cost = processes.submit(measure, path).result()
    print(", ".join(f"{count} {table}" for table, count in rows.items()))
    print(f"{cost.entities} entities, {cost.facts} facts, {cost.relations} relations")
    print(f"{cost.processor:.0f} s of processor time, {cost.wall:.0f} s by the clock, {cost.peak:.2f} GB at most")


if __name__ == "__main__":
    main()
