"""Amounts in their phrase: what they count or modify, what they hang on, and the reading that a construction gives.

Belongs here: what the constructions of `steps`, `levels` and `ranks` share. Does not belong here: whose an amount is
(`owners`) and which predicate it makes (`figures`).
"""

from dataclasses import dataclass

from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.model import Quantity
from pipeline.tables import Direction

_PER = frozenset({"a", "an", "per", "each"})
_SHARE_KINDS = frozenset({"diluted", "adjusted", "common", "ordinary", "basic"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity's construction: the token that states it, what is measured, by whom it is had, and the direction."""

    trigger: int
    measure: int | None
    holder: int | None
    direction: Direction | None
    construction: str


def is_amount(page: Page, token: int) -> bool:
    """Whether the token is a quantity, a time, or a noun that a quantity counts."""
    tree = page.tree
    if token in page.quantity_at or token in page.time_at:
        return True
    return any(child in page.quantity_at for child in tree.children_by(token, "nummod", "compound"))


def head_of_amount(page: Page, placed: Placed[Quantity]) -> int:
    """The token by which the amount hangs on its clause: the counted noun, else the quantity itself."""
    tree = page.tree
    head = tree.head[placed.anchor]
    counted = tree.dep[placed.anchor] in {"nummod", "compound"} and placed.last < head <= placed.last + 3
    return head if counted and tree.pos[head] in {"NOUN", "PROPN", "SYM"} else placed.anchor


def find_counted_noun(page: Page, placed: Placed[Quantity]) -> int | None:
    """The noun that the quantity stands before: by the tree, or as the next noun of the same phrase."""
    tree = page.tree
    head = tree.head[placed.anchor]
    is_apart = any(tree.pos[i] == "CCONJ" or tree.lower[i] == "," for i in range(placed.last + 1, head))
    is_modifier = not is_apart and tree.dep[placed.anchor] in {"nummod", "compound", "amod", "nmod:unmarked", "nmod"}
    if is_modifier and placed.last < head <= placed.last + 5 and tree.pos[head] in {"NOUN", "PROPN"}:
        return head
    if placed.value.unit is None:
        return None
    reach = range(placed.first, min(placed.last + 5, tree.size))
    return next((i for i in reach if tree.lemma[i] == placed.value.unit or tree.lower[i] == placed.value.unit), None)


def find_noun_before(page: Page, placed: Placed[Quantity], prepositions: frozenset[str]) -> int | None:
    """Return the noun that the amount follows across one of the prepositions: "revenue of $5bn"."""
    tree = page.tree
    before = placed.first - 1
    if before < 1 or tree.lower[before] not in prepositions or tree.pos[before - 1] not in {"NOUN", "PROPN"}:
        return None
    return before - 1 if page.name(before - 1) is None else None


def find_per_unit(page: Page, placed: Placed[Quantity]) -> str | None:
    """Return what an amount is counted by: "$1.10 a share", "per diluted share"."""
    tree = page.tree
    after = placed.last + 1
    if after >= tree.size or tree.lower[after] not in _PER:
        return None
    position = after + 1
    while position < tree.size and tree.lower[position] in _SHARE_KINDS:
        position += 1
    return tree.lemma[position] if position < tree.size else None
