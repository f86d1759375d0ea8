"""The data dictionary: docs/data-dictionary.md, generated from the row models and the published views."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.publication.sources import load_views
from pipeline.schema import ColumnSpec, describe_table
from pipeline.schema.duckdb import sql_type
from pipeline.tables import PUBLISHED_TABLES, TABLES, Row

DICTIONARY_PATH = Path("docs") / "data-dictionary.md"


def render_dictionary() -> str:
    """Return the dictionary as markdown: a section per published table and view, then the tables between steps."""
    working = [model for model in TABLES if not model.is_published]
    lines = [
        "# Data dictionary",
        "",
        "Generated from `pipeline/tables.py` by `make dictionary`; a test fails when it is stale.",
        "",
        "Spans are half-open, in Unicode code points: `substr(clean_text, start_char + 1, end_char - start_char)` is",
        "the text of a span. Times are UTC. Key columns are **bold**.",
        "",
        "## Published tables",
        "",
        *(line for model in PUBLISHED_TABLES for line in _render_table(model)),
        "## Published views",
        "",
        *(f"- `{view.name}`: {view.comment}" for view in load_views()),
        "",
        "## Tables between steps",
        "",
        "These stand in the working file only.",
        "",
        *(line for model in working for line in _render_table(model)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _render_table(model: type[Row]) -> Iterator[str]:
    table = describe_table(model)
    yield from (f"### {table.name}", "", table.description, "")
    yield from ("| column | type | meaning |", "| --- | --- | --- |")
    for column in table.columns:
        name = f"**{column.name}**" if column.is_key else column.name
        yield f"| {name} | {sql_type(column)}{'' if column.is_nullable else ', not null'} | {_render_meaning(column)} |"
    yield ""


def _render_meaning(column: ColumnSpec) -> str:
    parts = [column.description]
    if column.choices:
        parts.append("One of: " + ", ".join(f"`{choice}`" for choice in column.choices) + ".")
    if column.low is not None or column.high is not None:
        low = "" if column.low is None else f"from {column.low:g}"
        high = "" if column.high is None else f"to {column.high:g}"
        parts.append(f"Bounds: {f'{low} {high}'.strip()}.")
    if column.pattern:
        parts.append(f"Form: `{column.pattern}`.")
    if column.references:
        parts.append(f"Refers to `{'.'.join(column.references)}`.")
    return " ".join(parts).replace("|", "\\|")
