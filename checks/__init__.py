"""Dagster asset checks: Great Expectations judges what `pipeline.quality` measures. No asset is imported here."""
