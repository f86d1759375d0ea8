"""Checks derived from a row model alone: columns and types, completeness, validity, uniqueness, references.

One check per dimension of data quality and table, so that a verdict says what kind of thing is wrong.
"""

from collections.abc import Mapping

from pipeline.quality.model import Baseline, Check, Figures, Rule
from pipeline.quality.sql_rules import QueryRule, RowRule, query_check, row_check
from pipeline.schema import ColumnSpec, TableSpec, describe_table
from pipeline.schema.duckdb import quote, sql_type
from pipeline.storage import Reader
from pipeline.tables import Row

LOCAL_REFERENCES: Mapping[tuple[str, str], tuple[str, str] | None] = {
    ("mentions", "entity_id"): ("document_entities", "document_entity_id"),
    ("claims", "subject_entity_id"): ("document_entities", "document_entity_id"),
    ("claims", "object_entity_id"): ("document_entities", "document_entity_id"),
    ("claims", "speaker_entity_id"): ("document_entities", "document_entity_id"),
    ("claims", "fact_id"): None,
}
"""References that mean something else in the working file than in the published one; None: filled at publication."""


def contract_checks(model: type[Row]) -> tuple[Check, ...]:
    """Return the checks that the model's declarations amount to; a dimension without a rule has no check."""
    table = describe_table(model)
    checks = [_schema_check(model, table)]
    if completeness := [_not_null(column) for column in table.columns if not column.is_nullable]:
        checks.append(
            row_check(f"{table.name}_completeness", model, "No value is missing where there must be one.", completeness)
        )
    if validity := [rule for column in table.columns for rule in _validity_rules(column)]:
        checks.append(
            row_check(f"{table.name}_validity", model, "Values keep to their vocabulary, bounds and form.", validity)
        )
    checks.append(_uniqueness_check(model, table))
    if references := [(column, target) for column in table.columns if (target := _target(table, column))]:
        checks.append(
            query_check(
                f"{table.name}_references",
                model,
                "What a row refers to exists.",
                [_reference(table, column, target) for column, target in references],
                reads=tuple(sorted({table.name, *(target[0] for _, target in references)})),
            )
        )
    return tuple(checks)


def _schema_check(model: type[Row], table: TableSpec) -> Check:
    rule = Rule("columns", "the table has exactly the declared columns, in order and type")
    expected = [(column.name, sql_type(column)) for column in table.columns]

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        found = reader.query(
            "SELECT column_name, data_type FROM duckdb_columns() "
            "WHERE table_name = ? AND database_name = current_database() ORDER BY column_index",
            [table.name],
        ).rows()
        wrong = [f"{name} {kind}" for name, kind in found if (name, kind) not in expected]
        wrong += [f"{name} {kind} is missing" for name, kind in expected if (name, kind) not in found]
        if not wrong and found != expected:
            wrong = ["columns stand in another order"]
        return {rule.name: Figures(len(expected), len(wrong), wrong[0] if wrong else None)}

    return Check(
        f"{table.name}_schema",
        model,
        "Columns and types are the declared ones.",
        "block",
        (table.name,),
        (rule,),
        measure,
    )


def _not_null(column: ColumnSpec) -> RowRule:
    return RowRule(f"{column.name}_present", f"{column.name} is not null", f'"{column.name}" IS NULL', (column.name,))


def _validity_rules(column: ColumnSpec) -> list[RowRule]:
    quoted = f'"{column.name}"'
    rules: list[RowRule] = []

    def add(suffix: str, description: str, broken_if: str) -> None:
        rules.append(RowRule(f"{column.name}_{suffix}", f"{column.name} {description}", broken_if, (column.name,)))

    if column.choices:
        choices = ", ".join(quote(choice) for choice in column.choices)
        add("in_vocabulary", f"is one of {', '.join(column.choices)}", f"{quoted} NOT IN ({choices})")
    if column.low is not None:
        add("not_below", f"is at least {column.low:g}", f"{quoted} < {column.low}")
    if column.high is not None:
        add("not_above", f"is at most {column.high:g}", f"{quoted} > {column.high}")
    if column.scalar is float:
        add("finite", "is a finite number", f"NOT isfinite({quoted})")
    if column.pattern:
        add(
            "form", f"matches {column.pattern}", f"NOT regexp_full_match({quoted}, {quote(column.pattern.strip('^$'))})"
        )
    if column.min_length:
        add("not_empty", "is not empty", f"length({quoted}) < {column.min_length}")
    return rules


def _uniqueness_check(model: type[Row], table: TableSpec) -> Check:
    key = ", ".join(f'"{name}"' for name in table.key)
    named = " and ".join(table.key)
    rule = QueryRule(
        "key_unique",
        f"{named} is unique" if len(table.key) == 1 else f"{named} are unique together",
        f'SELECT {key}, count(*) AS row_count FROM "{table.name}" GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL',
        f'SELECT count(*) FROM "{table.name}"',
    )
    return query_check(f"{table.name}_uniqueness", model, "Keys are unique.", [rule], reads=(table.name,))


def _target(table: TableSpec, column: ColumnSpec) -> tuple[str, str] | None:
    if column.references is None:
        return None
    return LOCAL_REFERENCES.get((table.name, column.name), column.references)


def _reference(table: TableSpec, column: ColumnSpec, target: tuple[str, str]) -> QueryRule:
    key = ", ".join(f't."{name}"' for name in dict.fromkeys((*table.key, column.name)))
    return QueryRule(
        f"{column.name}_exists",
        f"{column.name} is in {target[0]}.{target[1]}",
        f'SELECT {key} FROM "{table.name}" t ANTI JOIN "{target[0]}" r ON t."{column.name}" = r."{target[1]}" '
        f'WHERE t."{column.name}" IS NOT NULL ORDER BY ALL',
        f'SELECT count("{column.name}") FROM "{table.name}"',
    )
