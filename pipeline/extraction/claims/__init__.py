"""Claims: matching the registry's patterns on an analysed article.

Belongs here: the engines and `find_claims`. Does not belong here: predicates and their patterns
(`pipeline.predicates`), and finding entities, quantities, times and attributions (packages beside this one).
"""

from pipeline.extraction.claims.find import ClaimFinder
from pipeline.extraction.claims.tree import sentence_spans
from pipeline.extraction.model import Analysis, ClaimDraft
from pipeline.predicates import Registry

__all__ = ["ClaimFinder", "find_claims", "sentence_spans"]


def find_claims(analysis: Analysis, registry: Registry) -> tuple[ClaimDraft, ...]:
    """Return the claims of one article in text order; `ClaimFinder` keeps the patterns for many."""
    return ClaimFinder(registry).find(analysis)
