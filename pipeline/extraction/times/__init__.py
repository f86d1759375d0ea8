"""Times of a text: dates and periods, absolute and relative to the publication date, resolved, with exact spans.

Belongs here: everything from characters to `TimeExpression`, over the tokens, numbers and date notations of
`pipeline.extraction.quantities`. Does not belong here: which claim a time belongs to, and durations as values.
"""

from pipeline.extraction.times.finder import find_times

__all__ = ["find_times"]
