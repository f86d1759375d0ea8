"""The query in the README has the result that the README shows."""

import re
from pathlib import Path

from pipeline.storage import Reader, open_database
from tests.end_to_end.conftest import Run

README = Path(__file__).parents[2] / "README.md"


def test_query_of_the_readme_gives_its_result(seeds_run: Run) -> None:
    text = README.read_text(encoding="utf-8")
    found = re.search(r"```sql\n(.+?)```\n\n((?:\|[^\n]*\n)+)", text, re.S)
    assert found is not None
    sql, table = found.groups()
    shown = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()]
    with open_database(seeds_run.settings.published_file, read_only=True) as connection:
        result = Reader(connection).query(sql)
    rows = [["" if value is None else str(value) for value in row] for row in result.iter_rows()]
    assert shown[0] == result.columns
    assert shown[2:] == rows
