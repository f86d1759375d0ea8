"""Size on disk, time to load, speed.

Belongs here: what a pipeline costs. Does not belong here: what it gives.
"""

import gc
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from pipeline.language import DEFAULT_MODEL, Language
from pipeline.language import model as loading

_LOAD = """
import time
from pipeline.language import load_language
began = time.perf_counter()
load_language({name!r})
print(time.perf_counter() - began)
"""


def measure_size(name: str) -> int:
    """Return the bytes of the pipeline directory `name`."""
    folder = Path(loading.__file__).parent / name if name == DEFAULT_MODEL else Path(name)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure_load(name: str, repeats: int = 3) -> float:
    """Return the median seconds that a new process takes to load the pipeline, imports not counted."""
    runs = [
        subprocess.run([sys.executable, "-c", _LOAD.format(name=name)], capture_output=True, text=True, check=True)
        for _ in range(repeats)
    ]
    return median(float(run.stdout) for run in runs)


def measure_speed(language: Language, texts: Sequence[str]) -> float:
    """Return words (tokens that are no white space) a second of processor time, over `texts` parsed once after a warm-
    up; what is loaded is left out of garbage collection, as extraction does.
    """
    gc.freeze()
    for _ in language.parse(texts[:5]):
        pass
    began = time.process_time()
    words = sum(1 for doc in language.parse(texts) for token in doc if not token.is_space)
    return words / (time.process_time() - began)
