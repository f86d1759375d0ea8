"""Winnow's product code: what happens to a news page between the source folder and the published file.

Pure functions over typed tables, one module or package a step. Nothing here knows Dagster but `definitions`, nothing
opens DuckDB but `storage`, nothing opens source files but `reading`.
"""
