"""Which words mean more and which mean less: verbs, nouns and adverbs of change.

Belongs here: the direction that one word has where it stands. Does not belong here: what changed and by how much
(`steps`, `changes`).
"""

from pipeline.extraction.claims.page import Page
from pipeline.tables import Direction

_WITHOUT_DIRECTION = frozenset(
    {"make", "set", "end", "sign", "open", "give", "take", "line", "buy", "wind", "come", "put"}
)


def find_noun_direction(page: Page, token: int) -> Direction | None:
    """Return whether a noun means more ("growth") or less ("decline"); None where it means neither."""
    lemma = page.tree.lemma[token]
    if lemma in page.vocabulary.increase_nouns:
        return "increase"
    return "decrease" if lemma in page.vocabulary.decrease_nouns else None


def find_direction(page: Page, token: int) -> Direction | None:
    """Return whether a verb means more or less; None where it means neither."""
    tree, vocabulary = page.tree, page.vocabulary
    names = [tree.lemma[token], *(f"{tree.lemma[token]} {tree.lower[i]}" for i in tree.children[token])]
    if any(name in vocabulary.increase_verbs for name in names):
        return "increase"
    return "decrease" if any(name in vocabulary.decrease_verbs for name in names) else None


def find_word_direction(page: Page, token: int) -> Direction | None:
    """Return whether an adverb or adjective means more ("up", "higher") or less; None where it means neither."""
    lower = page.tree.lower[token]
    verb = page.tree.head[token]
    if page.tree.dep[token] == "compound:prt" and page.tree.lemma[verb] in _WITHOUT_DIRECTION:
        return None
    if token and (page.tree.tag[token - 1] in {"DT", "PRP$"} or page.tree.lower[token - 1] == "-"):
        return None
    if lower in page.vocabulary.increase_words:
        return "increase"
    return "decrease" if lower in page.vocabulary.decrease_words else None
