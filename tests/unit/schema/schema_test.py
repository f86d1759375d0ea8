"""What is derived from a row model says what the model says."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

import polars as pl
import pytest
from pydantic import Field

from pipeline.schema import (
    SchemaMismatchError,
    check_schema,
    create_table_sql,
    create_working_table_sql,
    describe_table,
    empty_frame,
    polars_schema,
    rows_to_frame,
)
from pipeline.storage import Reader, open_database
from pipeline.tables import TABLES, Column, Row


class Thing(Row):
    """Things, one row a thing."""

    table: ClassVar[str] = "things"

    thing_id: Annotated[str, Field(min_length=1), Column(key=True)] = Field(description="Its id.")
    kind: Literal["big", "small"] | None = Field(description="Its 'size'.")
    share: Annotated[float, Field(ge=0, le=1)] | None = Field(description="Its share.")
    owner_id: Annotated[str, Field(pattern=r"^o\d$"), Column(references="owners.owner_id")] = Field(
        description="Owner."
    )
    made_on: date = Field(description="Day.")
    seen_at: Annotated[datetime, Column(volatile=True)] = Field(description="Time.")


def test_columns_are_described() -> None:
    table = describe_table(Thing)
    columns = {column.name: column for column in table.columns}
    assert table.description == "Things, one row a thing."
    assert table.key == ("thing_id",)
    assert table.content_columns == ("thing_id", "kind", "share", "owner_id", "made_on")
    assert columns["kind"].choices == ("big", "small")
    assert columns["kind"].is_nullable
    assert (columns["share"].low, columns["share"].high, columns["share"].is_nullable) == (0, 1, True)
    assert columns["owner_id"].references == ("owners", "owner_id")
    assert columns["owner_id"].pattern == r"^o\d$"
    assert columns["thing_id"].min_length == 1


def test_a_type_that_no_column_can_have_is_refused() -> None:
    class Bag(Row):
        """Bags."""

        table: ClassVar[str] = "bags"
        content: list[str]

    with pytest.raises(TypeError, match=r"Bag\.content"):
        describe_table(Bag)


def test_ddl_makes_the_table_with_its_comments() -> None:
    with open_database(None) as connection:
        for statement in create_table_sql(Thing):
            connection.execute(statement)
        found = Reader(connection).query(
            "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE table_name = 'things'"
        )
    assert found.rows()[1] == ("kind", "VARCHAR", True, "Its 'size'. One of: big, small.")
    assert found["is_nullable"].to_list() == [False, True, True, False, False, False]
    assert found["data_type"].to_list() == ["VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR", "DATE", "TIMESTAMP"]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_frames_and_tables_of_every_model_agree(model: type[Row]) -> None:
    with open_database(None) as connection:
        connection.execute(create_working_table_sql(model))
        stored = Reader(connection).table(model)
    assert stored.schema == polars_schema(model)
    assert stored.equals(empty_frame(model))


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_every_table_has_a_key_and_every_column_a_description(model: type[Row]) -> None:
    table = describe_table(model)
    assert table.key
    assert all(column.description for column in table.columns)


def test_rows_become_a_frame() -> None:
    moment = datetime(2026, 1, 1)  # noqa: DTZ001 - timestamps of tables are naive
    thing = Thing(thing_id="t", kind=None, share=0.5, owner_id="o1", made_on=date(2026, 1, 1), seen_at=moment)
    assert rows_to_frame(Thing, [thing]).rows() == [("t", None, 0.5, "o1", date(2026, 1, 1), moment)]
    assert rows_to_frame(Thing, []).schema == polars_schema(Thing)


WRONG_FRAMES: list[tuple[Callable[[pl.DataFrame], pl.DataFrame], str]] = [
    (lambda frame: frame.drop("kind"), "kind: expected String, found nothing"),
    (lambda frame: frame.with_columns(colour=pl.lit("red")), "colour: not declared"),
    (lambda frame: frame.with_columns(share=pl.lit("half")), "share: expected Float64, found String"),
    (lambda frame: frame.select(reversed(frame.columns)), "another order"),
]


@pytest.mark.parametrize(("change", "message"), WRONG_FRAMES)
def test_a_frame_of_other_columns_is_refused(change: Callable[[pl.DataFrame], pl.DataFrame], message: str) -> None:
    with pytest.raises(SchemaMismatchError, match=message):
        check_schema(Thing, change(empty_frame(Thing)))
