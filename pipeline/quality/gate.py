"""The gate: nothing is released whose verdicts are missing, failed, or about other bytes. Every release asks."""

from collections.abc import Iterable

from pipeline.quality.model import Baseline, Check
from pipeline.quality.verdicts import Verdict, VerdictStore, fingerprint_inputs
from pipeline.storage import Reader


class GateError(RuntimeError):
    """The data may not be released; the message names each check, table and sample row at fault."""


def assert_releasable(
    reader: Reader, checks: Iterable[Check], verdicts: VerdictStore, baseline: Baseline | None
) -> tuple[Verdict, ...]:
    """Return the verdicts of all checks, each passed (or only warning) and about what `reader` reads now.

    Raises GateError, listing every fault, otherwise.
    """
    accepted: list[Verdict] = []
    faults: list[str] = []
    for check in checks:
        verdict = verdicts.load(check.name)
        if verdict is None:
            faults.append(
                f"check {check.name} on table {check.table} has no verdict: materialize {check.table} with its checks"
            )
        elif verdict.fingerprint != fingerprint_inputs(reader, check, baseline):
            faults.append(
                f"check {check.name} on table {check.table} judged other data than stands there now: run it again"
            )
        elif not verdict.passed and check.severity == "block":
            faults.append(verdict.explain())
        else:
            accepted.append(verdict)
    if faults:
        raise GateError("nothing is released:\n" + "\n".join(f"- {fault}" for fault in faults))
    return tuple(accepted)
