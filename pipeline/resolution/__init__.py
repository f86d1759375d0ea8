"""One world from many documents: which document entities are one entity, and which claims make one fact.

`resolve` is the step; `load_corrections` reads a person's decisions about names. What does not belong here: anything
about a single text (`pipeline.extraction`), and how results are stored or published.
"""

from pipeline.resolution.corrections import (
    CorrectionError,
    Corrections,
    CorrectionVerdict,
    Merge,
    Split,
    load_corrections,
    parse_corrections,
)
from pipeline.resolution.resolver import RESOLUTION_INPUTS, Resolved, resolve

__all__ = [
    "RESOLUTION_INPUTS",
    "CorrectionError",
    "CorrectionVerdict",
    "Corrections",
    "Merge",
    "Resolved",
    "Split",
    "load_corrections",
    "parse_corrections",
    "resolve",
]
