"""How good, how small and how fast the language pipeline is. Run `python -m benchmarks.language --help`.

Belongs here: measuring a pipeline on public test sets that it was not trained on. Does not belong here: training, and
figures of whole extractions.
"""
