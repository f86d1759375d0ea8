"""Rules written as SQL, and the checks that measure them: conditions on rows of one table, and queries for bad rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.quality.model import Baseline, Check, Figures, Rule
from pipeline.schema import describe_table
from pipeline.storage import Reader
from pipeline.tables import Row, Severity

_SAMPLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class RowRule(Rule):
    """A rule on single rows: `broken_if` is an SQL condition that is true of a bad row; `shown` are columns to tell."""

    broken_if: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryRule(Rule):
    """A rule over several rows or tables: `bad_rows` selects what breaks it, `evaluated` counts what it looked at."""

    bad_rows: str
    evaluated: str


def row_check(
    name: str, model: type[Row], description: str, rules: Sequence[RowRule], severity: Severity = "block"
) -> Check:
    """Return a check of row rules, all measured in one scan of the table."""

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        counts = ", ".join(f"count(*) FILTER (WHERE {rule.broken_if})" for rule in rules)
        (row,) = reader.query(f'SELECT count(*), {counts} FROM "{model.table}"').rows()
        return {
            rule.name: Figures(int(row[0]), int(failed), _sample_row(reader, model, rule) if failed else None)
            for rule, failed in zip(rules, row[1:], strict=True)
        }

    return Check(name, model, description, severity, (model.table,), tuple(rules), measure)


def query_check(
    name: str,
    model: type[Row],
    description: str,
    rules: Sequence[QueryRule],
    *,
    reads: tuple[str, ...],
    severity: Severity = "block",
) -> Check:
    """Return a check of query rules; `reads` names every table that their queries touch."""

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        return {rule.name: _measure_query(reader, rule) for rule in rules}

    return Check(name, model, description, severity, reads, tuple(rules), measure)


def _sample_row(reader: Reader, model: type[Row], rule: RowRule) -> str | None:
    order = ", ".join(f'"{column}"' for column in describe_table(model).key)
    shown = ", ".join(f'"{column}"' for column in dict.fromkeys((*describe_table(model).key, *rule.shown)))
    return _first_as_json(reader, f'SELECT {shown} FROM "{model.table}" WHERE {rule.broken_if} ORDER BY {order}')


def _measure_query(reader: Reader, rule: QueryRule) -> Figures:
    failed = reader.count(f"SELECT count(*) FROM ({rule.bad_rows})")
    sample = _first_as_json(reader, rule.bad_rows) if failed else None
    return Figures(reader.count(rule.evaluated), failed, sample)


def _first_as_json(reader: Reader, sql: str) -> str | None:
    frame = reader.query(f"SELECT left(to_json(r)::VARCHAR, {_SAMPLE_CHARACTERS}) FROM ({sql}) r LIMIT 1")
    return str(frame.item()) if len(frame) else None
