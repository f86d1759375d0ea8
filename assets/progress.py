"""Tells how far a run has come: lines for long steps, and a logger that shows these lines and failures alone.

What does not belong here: figures about results, which are metadata of the assets.
"""

import logging
import time
from collections.abc import Callable

import dagster as dg

PROGRESS_LOGGER = "progress"
_SECONDS_BETWEEN_LINES = 5.0
_NOT_REACHED = "Dependencies for step"


def log_progress(context: dg.AssetExecutionContext, what: str) -> Callable[[int, int], None]:
    """Return a function of (done, total) that logs at most every few seconds, and at the end."""
    last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        if done == total or time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            context.log.info(f"{what} {done} of {total} documents")

    return report


@dg.logger(config_schema=None, description="Progress and failures, a line each, on standard error.")
def progress_lines(context: dg.InitLoggerContext) -> logging.Logger:
    """Return the logger that `make run` shows a run with."""
    del context
    logger = logging.Logger("winnow", level=logging.INFO)
    handler = logging.StreamHandler()
    handler.addFilter(_is_told)
    handler.setFormatter(_ProgressFormatter())
    logger.addHandler(handler)
    return logger


def _is_told(record: logging.LogRecord) -> bool:
    """Whether it is a line that an asset or check wrote, or the failure of a step; not what Dagster says of itself."""
    event = _meta(record).get("dagster_event")
    if isinstance(event, dg.DagsterEvent):
        return event.is_step_failure
    return not str(_meta(record).get("orig_message")).startswith(_NOT_REACHED)


def _meta(record: logging.LogRecord) -> dict[str, object]:
    return getattr(record, "dagster_meta", {})


class _ProgressFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        meta = _meta(record)
        step = f"{meta['step_key']}: " if meta.get("step_key") else ""
        moment = time.strftime("%H:%M:%S", time.localtime(record.created))
        return f"{moment} {step}{meta.get('orig_message') or record.getMessage()}{_explain(meta.get('dagster_event'))}"


def _explain(event: object) -> str:
    """Return what a failed step raised, which says what to do; neither what Dagster wraps it in nor what caused it."""
    if not isinstance(event, dg.DagsterEvent) or not event.is_step_failure:
        return ""
    error = event.step_failure_data.error
    while error is not None and error.cause is not None and (error.cls_name or "").startswith("Dagster"):
        error = error.cause
    return f" {error.message.strip()}" if error is not None else ""
