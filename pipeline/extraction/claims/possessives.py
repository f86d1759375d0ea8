"""What a possessive between two names says: makers of products, parents of companies.

Belongs here: constructions inside one noun phrase, read from the order of words, which holds up better there than a
parser does. Does not belong here: what persons are to organizations (`offices`), verbs and their roles (`events`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.model import MentionDraft, Role
from pipeline.predicates import Predicate, Registry
from pipeline.predicates.model import Possessive


class PossessiveMatcher:
    """The possessives of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._office_words = {
            noun.split()[-1]
            for predicate in registry.predicates.values()
            for pattern in predicate.roles
            for noun in pattern.nouns
        }
        self._possessives: list[tuple[Predicate, int, Possessive]] = [
            (predicate, number, possessive)
            for predicate in registry.predicates.values()
            for number, possessive in enumerate(predicate.possessives)
        ]

    def match(self, page: Page) -> Iterator[Finding]:
        """Yield what possessives state, in text order of the owners."""
        for owner in page.mentions:
            if owner.value.entity is None:
                continue
            for predicate, number, pattern in self._possessives:
                if page.entity_type(owner.value.entity) not in pattern.owner_types:
                    continue
                for owned in _find_owned(page, owner, pattern):
                    subject = Role(owner.value.span, owner.value.entity)
                    object_ = Role(owned.value.span, owned.value.entity)
                    is_titled = any(
                        page.tree.lemma[i] in self._office_words for i in range(owned.first, owned.last + 1)
                    )
                    if subject.entity == object_.entity or is_titled:
                        continue
                    if pattern.is_reversed:
                        subject, object_ = object_, subject
                    yield Finding(
                        predicate=predicate.name,
                        trigger=owned.anchor,
                        subject=subject,
                        object=object_,
                        rule_id=f"{predicate.name}.possessive{number + 1}",
                        confidence=pattern.confidence,
                    )


def _find_owned(page: Page, owner: Placed[MentionDraft], pattern: Possessive) -> Iterator[Placed[MentionDraft]]:
    """The owned names right of the owner: after its possessive mark, or after a possessive pronoun."""
    tree = page.tree
    position = owner.last
    is_pronoun = tree.tag[owner.last] == "PRP$"
    if not is_pronoun:
        if tree.lower[owner.last] not in {"'s", "'"}:
            position += 1
        if position >= tree.size or tree.lower[position] not in {"'s", "'"}:
            return
    for index in range(position + 1, min(position + 6, tree.size)):
        placed = page.name(index)
        if placed is not None:
            is_named_kind = not pattern.nouns or any(tree.lemma[i] in pattern.nouns for i in range(position, index))
            if not is_named_kind:
                return
            if page.entity_type(placed.value.entity) in pattern.owned_types and _ends_phrase(page, placed, pattern):
                yield placed
            return
        if tree.lower[index] in pattern.without_words:
            return
        if tree.lower[index] == "," and tree.lemma[index - 1] in page.vocabulary.kind_nouns:
            continue
        if tree.lemma[index] in pattern.nouns:
            continue
        if tree.pos[index] not in {"ADJ", "NOUN", "PROPN", "NUM"} and tree.tag[index] not in {
            "VBN",
            "VBG",
            "RBS",
            "HYPH",
            "RB",
        }:
            return


def _ends_phrase(page: Page, placed: Placed[MentionDraft], pattern: Possessive) -> bool:
    """Whether the owned name is what is owned, and not a modifier of another noun (but for kinds of thing)."""
    tree = page.tree
    after = placed.last + 1
    if after >= tree.size or tree.pos[after] not in {"NOUN", "PROPN"}:
        return True
    return tree.lemma[after] in page.vocabulary.kind_nouns or "product" in pattern.owned_types
