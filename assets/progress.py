"""Tells the log how far a long step has come, a line every few seconds."""

import time
from collections.abc import Callable

import dagster as dg

_SECONDS_BETWEEN_LINES = 5.0


def log_progress(context: dg.AssetExecutionContext, what: str) -> Callable[[int, int], None]:
    """Return a function of (done, total) that logs at most every few seconds, and at the end."""
    last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        if done == total or time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            context.log.info(f"{what}: {done} of {total} documents")

    return report
