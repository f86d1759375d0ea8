"""Dagster assets: read, call a pipeline step, write, report metadata. No logic lives here, and no check is imported."""
