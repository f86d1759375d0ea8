"""Which of the times in a sentence a statement happened at.

Belongs here: choosing by clause and distance. Does not belong here: reading and resolving times
(`pipeline.extraction.times`).
"""

from pipeline.extraction.claims.page import Page
from pipeline.extraction.model import Quantity, TimeExpression

_OTHER_CLAUSE = 12
_COMPARISON_REACH = 8


def find_time(page: Page, trigger: int, quantity: Quantity | None, is_earlier: bool) -> TimeExpression | None:
    """Return the time in the trigger's sentence that is nearest to the trigger or its value; None without any.

    A time that is only compared with ("from $622 million a year earlier") counts for what `is_earlier` alone. Times of
    other clauses count as further away.
    """
    tree = page.tree
    sentence = tree.sentence[trigger]
    clause = tree.clause(trigger)
    at = trigger
    if quantity is not None and (placed := page.quantity_at.get(_first_token(page, quantity))) is not None:
        at = placed.last
    best: tuple[int, int, TimeExpression] | None = None
    for placed_time in page.times:
        time = placed_time.value
        if tree.sentence[placed_time.anchor] != sentence or (time.start is None and time.end is None):
            continue
        if _is_compared(page, placed_time.first) != is_earlier and (is_earlier or quantity is not None):
            continue
        distance = min(abs(placed_time.anchor - trigger), abs(placed_time.anchor - at))
        if tree.clause(placed_time.anchor) != clause:
            distance += _OTHER_CLAUSE
        if best is None or (distance, placed_time.first) < best[:2]:
            best = (distance, placed_time.first, time)
    return best[2] if best else None


def _first_token(page: Page, quantity: Quantity) -> int:
    return next(iter(page.tree.tokens_of(quantity.span)), -1)


def _is_compared(page: Page, first: int) -> bool:
    """Whether the time is what something is compared with: after "from" or "than", with at most an amount between."""
    lower = page.tree.lower
    for position in range(first - 1, max(first - _COMPARISON_REACH, -1), -1):
        if lower[position] in {"from", "than", "versus", "against"}:
            return True
        if page.tree.pos[position] in {"VERB", "AUX", "PUNCT", "ADP"} and lower[position] not in {"in", "$", "%"}:
            return False
    return False
