"""What must hold of the definitions as a whole, without running them."""

import dagster as dg
from dagster._core.definitions.metadata import TableMetadataSet

from pipeline.definitions import build_definitions
from pipeline.quality.catalog import list_checks
from pipeline.quality.coverage import VolumeBounds
from pipeline.schema import describe_table
from pipeline.storage.working import WORKING_TABLES

DEFINITIONS = build_definitions()
GRAPH = DEFINITIONS.resolve_asset_graph()
CHECKS = list_checks(VolumeBounds())


def test_there_is_an_asset_for_every_working_table_and_the_release() -> None:
    names = {key.to_user_string() for key in GRAPH.get_all_asset_keys()}
    assert names == {model.table for model in WORKING_TABLES} | {"release"}


def test_every_check_is_in_the_graph_on_an_asset_of_the_graph() -> None:
    keys = {(key.asset_key.to_user_string(), key.name) for key in GRAPH.asset_check_keys}
    assert keys == {(check.table, check.name) for check in CHECKS}
    assert {asset for asset, _ in keys} <= {key.to_user_string() for key in GRAPH.get_all_asset_keys()}


def test_checks_read_tables_that_exist() -> None:
    tables = {model.table for model in WORKING_TABLES}
    assert {name for check in CHECKS for name in check.reads} <= tables


def test_every_table_has_blocking_checks() -> None:
    blocking = {check.table for check in CHECKS if check.severity == "block"}
    assert blocking == {model.table for model in WORKING_TABLES}


def test_release_depends_on_every_table() -> None:
    parents = {key.to_user_string() for key in GRAPH.get(dg.AssetKey("release")).parent_keys}
    assert parents == {model.table for model in WORKING_TABLES}


def test_assets_tell_group_kinds_columns_and_code_version() -> None:
    for model in WORKING_TABLES:
        node = GRAPH.get(dg.AssetKey(model.table))
        assert node.group_name in {"raw", "clean", "extract", "resolve"}
        assert node.kinds == {"duckdb", "polars"}
        assert node.code_version
        assert describe_table(model).description in (node.description or "")
        shown = TableMetadataSet.extract(node.metadata).column_schema
        assert shown is not None
        assert [column.name for column in shown.columns] == list(model.model_fields)


def test_automation_is_there_and_off() -> None:
    repository = DEFINITIONS.get_repository_def()
    (schedule,), (sensor,) = repository.schedule_defs, repository.sensor_defs
    assert (schedule.name, schedule.job_name, schedule.default_status.value) == ("daily", "refresh", "STOPPED")
    assert (sensor.name, sensor.default_status.value) == ("source_folder", "STOPPED")
