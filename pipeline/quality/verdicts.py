"""Verdicts: what a check found, bound to the fingerprint of exactly the bytes it saw. One small JSON file a check."""

import hashlib
import os
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.quality.model import Baseline, Check
from pipeline.storage import Reader
from pipeline.tables import Severity
from pipeline.versions import code_version


class RuleVerdict(BaseModel):
    """The verdict on one rule."""

    model_config = ConfigDict(frozen=True)

    rule: str
    description: str
    passed: bool
    evaluated_count: int
    failed_count: int
    failed_sample: str | None


class Verdict(BaseModel):
    """The verdict of one check; it speaks only of data with this fingerprint."""

    model_config = ConfigDict(frozen=True)

    check: str
    table: str
    severity: Severity
    fingerprint: str
    judged_at: datetime
    rules: tuple[RuleVerdict, ...]

    @property
    def passed(self) -> bool:
        """Whether every rule holds; a verdict on no rule is none."""
        return bool(self.rules) and all(rule.passed for rule in self.rules)

    def explain(self) -> str:
        """Return what failed, naming check, table, rule and a sample row, or that all rules hold."""
        failed = [rule for rule in self.rules if not rule.passed]
        if not failed:
            return f"{self.check}: all {len(self.rules)} rules hold on table {self.table}"
        return "; ".join(
            f"check {self.check} failed on table {self.table}: {rule.failed_count} of {rule.evaluated_count} rows "
            f'break "{rule.description}" ({rule.rule}), e.g. {rule.failed_sample or "no sample"}'
            for rule in failed
        )


class VerdictStore:
    """Verdicts in a folder; a newer verdict of a check replaces the older one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, verdict: Verdict) -> None:
        """Write the verdict in one step, so that a reader sees the old one or the new one whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written = self.folder / f".{verdict.check}.{os.getpid()}"
        written.write_text(verdict.model_dump_json(indent=1), encoding="utf-8")
        written.replace(self._path(verdict.check))

    def load(self, check: str) -> Verdict | None:
        """Return the last verdict of the check; None where there is none or its file cannot be read as one."""
        try:
            return Verdict.model_validate_json(self._path(check).read_bytes())
        except (OSError, ValidationError):
            return None

    def _path(self, check: str) -> Path:
        return self.folder / f"{check}.json"


def fingerprint_inputs(reader: Reader, check: Check, baseline: Baseline | None) -> str:
    """Return the SHA-256 of all that a verdict rests on: tables read, last release, and the code of the checks."""
    parts = (reader.fingerprint(check.reads), baseline.release_id if baseline else "", code_version("quality"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
