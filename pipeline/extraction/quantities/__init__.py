"""Quantities of a text: money, percentages, counts, ranks, ratios and durations, normalised, with exact spans.

Belongs here: everything from characters to `Quantity`, by a hand-written grammar over typed vocabularies (`data/`), in
linear time. Does not belong here: which claim a quantity fills, its direction, exchange rates, and dates, which
`pipeline.extraction.times` resolves with the same tokens, numbers and date notations.
"""

from pipeline.extraction.quantities.finder import find_quantities

__all__ = ["find_quantities"]
