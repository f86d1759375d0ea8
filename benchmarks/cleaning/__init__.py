"""Cleaning measured against annotated pages and other tools, in one run: `python -m benchmarks.cleaning`."""
