"""Lets Great Expectations judge the figures of checks: one suite a table, one expectation a rule.

The suite runs on a one-row frame of metrics that DuckDB computed (`pipeline.quality`), because Great Expectations
knows no polars and its SQL engine fails on DuckDB 2 (great_expectations issues 10738 and 11579). Importing it takes
seconds, so it is imported where it is used. What does not belong here: how figures are measured, and Dagster.
"""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportPrivateImportUsage=false

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.quality.model import Baseline, Check, Figures, Rule
from pipeline.quality.verdicts import RuleVerdict, Verdict, fingerprint_inputs
from pipeline.storage import Reader

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

_NOT_MEASURED = Figures(0, 0, "the rule was not measured")


def judge_checks(reader: Reader, checks: Sequence[Check], baseline: Baseline | None) -> list[Verdict]:
    """Return the verdicts of checks of one table on what `reader` reads now.

    A rule without figures, and one that Great Expectations cannot evaluate, has failed.
    """
    figures = {
        name_metric(check, rule_name): found
        for check in checks
        for rule_name, found in check.measure(reader, baseline).items()
    }
    held = _run_suite(build_suite(checks), figures)
    return [
        Verdict(
            check=check.name,
            table=check.table,
            severity=check.severity,
            fingerprint=fingerprint_inputs(reader, check, baseline),
            judged_at=datetime.now(UTC),
            rules=tuple(_judge_rule(name_metric(check, rule.name), rule, figures, held) for rule in check.rules),
        )
        for check in checks
    ]


def name_metric(check: Check, rule_name: str) -> str:
    """Return the column of the metrics frame that holds the number of rows that break the rule."""
    return f"{check.name}.{rule_name}"


def build_suite(checks: Sequence[Check]) -> "ExpectationSuite":
    """Return the suite of checks of one table over a metrics frame: of each rule, the number of broken rows is 0."""
    from great_expectations import ExpectationSuite  # noqa: PLC0415
    from great_expectations.expectations import ExpectColumnMaxToBeBetween  # noqa: PLC0415

    return ExpectationSuite(
        name=checks[0].table,
        expectations=[
            ExpectColumnMaxToBeBetween(
                column=name_metric(check, rule.name), min_value=0, max_value=0, notes=rule.description
            )
            for check in checks
            for rule in check.rules
        ],
    )


def _judge_rule(metric: str, rule: Rule, figures: Mapping[str, Figures], held: frozenset[str]) -> RuleVerdict:
    found = figures.get(metric, _NOT_MEASURED)
    return RuleVerdict(
        rule=rule.name,
        description=rule.description,
        passed=metric in held,
        evaluated_count=found.evaluated_count,
        failed_count=found.failed_count,
        failed_sample=found.failed_sample,
    )


def _run_suite(suite: "ExpectationSuite", figures: Mapping[str, Figures]) -> frozenset[str]:
    """Return the metrics for which the suite's expectation is met."""
    import great_expectations as gx  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    metrics = pd.DataFrame({name: [figure.failed_count] for name, figure in figures.items()})
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    asset = context.data_sources.add_pandas("metrics").add_dataframe_asset(suite.name)
    definition = gx.ValidationDefinition(
        name=suite.name,
        data=asset.add_batch_definition_whole_dataframe("figures"),
        suite=context.suites.add(suite),
    )
    result = context.validation_definitions.add(definition).run(batch_parameters={"dataframe": metrics})
    return frozenset(
        str(outcome.expectation_config.kwargs["column"])
        for outcome in result.results
        if bool(outcome.success) and outcome.expectation_config is not None
    )
