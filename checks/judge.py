"""Lets Great Expectations judge the figures of a check: one suite a check, one expectation a rule.

The suite runs on a one-row frame of metrics that DuckDB computed (`pipeline.quality`), because Great Expectations
knows no polars and its SQL engine fails on DuckDB 2 (great_expectations issues 10738 and 11579). Importing it takes
seconds, so it is imported where it is used. What does not belong here: how figures are measured, and Dagster.
"""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportPrivateImportUsage=false

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.quality.model import Baseline, Check, Figures
from pipeline.quality.verdicts import RuleVerdict, Verdict, fingerprint_inputs
from pipeline.storage import Reader

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

_NOT_MEASURED = Figures(0, 0, "the rule was not measured")


def judge_check(reader: Reader, check: Check, baseline: Baseline | None) -> Verdict:
    """Return the verdict on what `reader` reads now.

    A rule without figures, and one that Great Expectations cannot evaluate, has failed.
    """
    figures = check.measure(reader, baseline)
    held = _run_suite(check, figures)
    verdicts: list[RuleVerdict] = []
    for rule in check.rules:
        found = figures.get(rule.name, _NOT_MEASURED)
        verdicts.append(
            RuleVerdict(
                rule=rule.name,
                description=rule.description,
                passed=rule.name in held,
                evaluated_count=found.evaluated_count,
                failed_count=found.failed_count,
                failed_sample=found.failed_sample,
            )
        )
    return Verdict(
        check=check.name,
        table=check.table,
        severity=check.severity,
        fingerprint=fingerprint_inputs(reader, check, baseline),
        judged_at=datetime.now(UTC),
        rules=tuple(verdicts),
    )


def build_suite(check: Check) -> "ExpectationSuite":
    """Return the check's suite over a metrics frame with a column per rule: the number of rows that break it is 0."""
    from great_expectations import ExpectationSuite  # noqa: PLC0415
    from great_expectations.expectations import ExpectColumnMaxToBeBetween  # noqa: PLC0415

    return ExpectationSuite(
        name=check.name,
        expectations=[
            ExpectColumnMaxToBeBetween(column=rule.name, min_value=0, max_value=0, notes=rule.description)
            for rule in check.rules
        ],
    )


def _run_suite(check: Check, figures: Mapping[str, Figures]) -> frozenset[str]:
    """Return the names of the rules that hold."""
    import great_expectations as gx  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    metrics = pd.DataFrame({name: [figure.failed_count] for name, figure in figures.items()})
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    asset = context.data_sources.add_pandas("metrics").add_dataframe_asset(check.table)
    definition = gx.ValidationDefinition(
        name=check.name,
        data=asset.add_batch_definition_whole_dataframe("figures"),
        suite=context.suites.add(build_suite(check)),
    )
    result = context.validation_definitions.add(definition).run(batch_parameters={"dataframe": metrics})
    return frozenset(
        str(outcome.expectation_config.kwargs["column"])
        for outcome in result.results
        if bool(outcome.success) and outcome.expectation_config is not None
    )
