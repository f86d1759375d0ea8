"""What good data is: checks as data, figures measured in the working file, verdicts, and the gate before a release.

A check is measured here and judged by Great Expectations in `checks`. What does not belong here: Dagster, Great
Expectations, and any repair of data.
"""
