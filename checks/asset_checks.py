"""Dagster asset checks: one op a table, which judges all checks of that table and records their verdicts.

What does not belong here: what is checked (`pipeline.quality`), and how it is judged (`checks.judge`).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import dagster as dg

from checks.judge import judge_checks
from pipeline.quality.model import Check
from pipeline.quality.verdicts import Verdict, VerdictStore
from pipeline.steps import Steps
from pipeline.storage import WorkingStore

_SEVERITIES = {"block": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


def build_asset_checks(checks: Sequence[Check]) -> list[dg.AssetChecksDefinition]:
    """Return one definition per table, for checks ordered by table.

    The tables that a check reads besides its own are of the same step or an earlier one, so they need no dependency.
    """
    return [_check_table(table, tuple(group)) for table, group in groupby(checks, key=lambda check: check.table)]


def _check_table(table: str, checks: tuple[Check, ...]) -> dg.AssetChecksDefinition:
    specs = [
        dg.AssetCheckSpec(
            name=check.name,
            asset=check.table,
            description=check.description,
            blocking=check.severity == "block",
            metadata={"rules": dg.MetadataValue.md("\n".join(f"- {rule.description}" for rule in check.rules))},
        )
        for check in checks
    ]

    @dg.multi_asset_check(name=f"check_{table}", specs=specs)
    def judge_table(
        context: dg.AssetCheckExecutionContext,
        steps: dg.ResourceParam[Steps],
        store: dg.ResourceParam[WorkingStore],
        verdicts: dg.ResourceParam[VerdictStore],
    ) -> Iterator[dg.AssetCheckResult]:
        baseline = steps.read_baseline()
        with store.read() as reader:
            judged = judge_checks(reader, checks, baseline)
        for verdict in judged:
            verdicts.save(verdict)
            if not verdict.passed:
                context.log.error(verdict.explain())
            yield _to_result(verdict)

    return judge_table


def _to_result(verdict: Verdict) -> dg.AssetCheckResult:
    lines = ["| rule | rows | broken | sample |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {rule.description} | {rule.evaluated_count} | {rule.failed_count} | {_escape(rule.failed_sample)} |"
        for rule in verdict.rules
    ]
    return dg.AssetCheckResult(
        check_name=verdict.check,
        asset_key=verdict.table,
        passed=verdict.passed,
        severity=_SEVERITIES[verdict.severity],
        description=verdict.explain(),
        metadata={"rules": dg.MetadataValue.md("\n".join(lines)), "fingerprint": verdict.fingerprint},
    )


def _escape(sample: str | None) -> str:
    return (sample or "").replace("|", "\\|").replace("\n", " ")
