"""Which of the times in a sentence a statement happened at.

Belongs here: choosing by clause and distance. Does not belong here: reading and resolving times
(`pipeline.extraction.times`).
"""

from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.model import Span, TimeExpression


def find_time(page: Page, trigger: int, held: tuple[Span | None, ...]) -> TimeExpression | None:
    """Return the time nearest to the trigger in its clause, else the one that opens its sentence; None without either.

    Times inside the `held` spans (names of parties, say) are theirs and no times of the statement.
    """
    tree = page.tree
    sentence = tree.sentence[trigger]
    clause = tree.clause(trigger)
    best: tuple[int, Placed[TimeExpression]] | None = None
    for placed in page.times:
        if tree.sentence[placed.anchor] != sentence or any(span and placed.value.span.within(span) for span in held):
            continue
        if placed.value.start is None and placed.value.end is None:
            continue
        if tree.clause(placed.anchor) == clause or _opens_sentence(page, placed):
            distance = abs(placed.anchor - trigger) + (50 if tree.clause(placed.anchor) != clause else 0)
            if best is None or distance < best[0]:
                best = (distance, placed)
    return best[1].value if best else None


def _opens_sentence(page: Page, placed: Placed[TimeExpression]) -> bool:
    return placed.first - page.tree.sentences[page.tree.sentence[placed.anchor]][0] <= 1
