"""Matching the verb and noun triggers of the registry and filling their roles and values.

Belongs here: which triggers stand on a page and whether their roles and values are met. Does not belong here: where
roles stand (`places`), figures of owners (`figures`), offices and possessives, reported speech (`speech`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extraction.claims.amounts import find_per_unit
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.places import find_place, is_joined
from pipeline.extraction.claims.roles import is_unresolved, resolve_parties
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Attribution, Quantity, Role, Span
from pipeline.predicates import Predicate, Registry
from pipeline.predicates.model import Trigger
from pipeline.tables import EntityType, Stance

_LEFT_VALUE_REACH = 7
_TURNING = frozenset({"make", "render"})


@dataclass(frozen=True, slots=True)
class _Lexeme:
    words: tuple[str, ...]
    predicate: Predicate
    trigger: Trigger
    number: int


class EventMatcher:
    """The verb and noun triggers of a registry, indexed by lemma."""

    def __init__(self, registry: Registry) -> None:
        self._verbs: dict[str, list[_Lexeme]] = {}
        self._nouns: dict[str, list[_Lexeme]] = {}
        for predicate in registry.predicates.values():
            for number, trigger in enumerate(predicate.verbs):
                for lemma in sorted(trigger.lemmas):
                    words = tuple(lemma.split())
                    self._verbs.setdefault(words[0], []).append(_Lexeme(words, predicate, trigger, number))
            for number, trigger in enumerate(predicate.nouns):
                for lemma in sorted(trigger.lemmas):
                    words = tuple(lemma.replace("-", " - ").split())
                    self._nouns.setdefault(words[-1], []).append(_Lexeme(words, predicate, trigger, number))

    def match(self, page: Page) -> Iterator[Finding]:
        """Yield what the triggers on the page state, in text order."""
        tree = page.tree
        for token in range(tree.size):
            if tree.pos[token] == "VERB" and (tree.dep[token] != "amod" or is_joined(page, token)):
                yield from self._match_verb(page, token)
            elif tree.pos[token] in {"NOUN", "PROPN", "ADJ"}:
                held = self._nouns.get(tree.lemma[token]) or self._nouns.get(tree.lower[token], ())
                for lexeme in held:
                    if _has_words_before(page, token, lexeme.words[:-1]):
                        yield from _fill(page, token, lexeme, "noun")

    def _match_verb(self, page: Page, token: int) -> Iterator[Finding]:
        for form in dict.fromkeys(_verb_forms(page.tree, token)):
            lexemes = [held for held in self._verbs.get(form, ()) if _has_particles(page, token, held.words[1:])]
            for lexeme in lexemes:
                yield from _fill(page, token, lexeme, "verb")
            if lexemes:
                return


def _verb_forms(tree: Tree, token: int) -> Iterator[str]:
    """The lemma, and what the form could be an inflection of where the lemma is in no pattern."""
    form = tree.lower[token]
    yield tree.lemma[token]
    yield form
    for ending in ("ed", "ing", "es", "s"):
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            yield stem
            yield stem + "e"
            yield stem[:-1]


def _has_particles(page: Page, token: int, particles: tuple[str, ...]) -> bool:
    tree = page.tree
    position = token
    for particle in particles:
        near = range(position + 1, min(position + 6, tree.size))
        found = next((i for i in near if tree.lower[i] == particle and tree.pos[i] != "VERB"), None)
        if found is None:
            return False
        position = found
    return True


def _has_words_before(page: Page, token: int, words: tuple[str, ...]) -> bool:
    start = token - len(words)
    return start >= 0 and all(page.tree.lower[start + k] == word for k, word in enumerate(words))


def _fill(page: Page, token: int, lexeme: _Lexeme, kind: str) -> Iterator[Finding]:
    trigger, predicate = lexeme.trigger, lexeme.predicate
    if page.name(token) is not None and kind == "noun":
        return
    if predicate.group == "product" and _is_made_into(page, token):
        return
    quantity = _find_value(page, token, predicate, trigger)
    if quantity is not None and predicate.name != "price" and _is_per_share(page, quantity):
        return
    subjects = _fill_role(page, token, trigger.subject, trigger.subject_types | predicate.domain, trigger, None)
    subjects = [role for role in subjects if _is_subject(page, role, predicate, quantity)]
    subjects = [role for role in subjects if role.entity is not None] or subjects
    if not subjects:
        return
    taken = {role.entity for role in subjects if role.entity is not None}
    objects = [
        role
        for role in _fill_role(page, token, trigger.object, predicate.range_, trigger, quantity)
        if role not in subjects and not (role.entity is not None and role.entity in taken)
    ]
    pairs = [(subject, held) for subject in subjects for held in objects or [None]]
    if predicate.is_symmetric and not objects and len(subjects) > 1:
        objects = [role for role in subjects[1:] if role.entity is not None]
        pairs = [(subjects[0], other) for other in objects]
    if not _is_needed_met(trigger, objects, quantity):
        return
    rule_id = f"{predicate.name}.{kind}{lexeme.number + 1}"
    for subject, held in pairs:
        yield Finding(
            predicate=predicate.name,
            trigger=token,
            subject=subject,
            object=held,
            quantity=quantity,
            direction=trigger.direction,
            polarity=trigger.polarity,
            attribution=_attribute_to(page, token, subject, trigger.stance) if trigger.stance is not None else None,
            modality=trigger.modality,
            rule_id=rule_id,
            confidence=trigger.confidence,
        )


def _is_made_into(page: Page, verb: int) -> bool:
    """Whether a verb of making turns its object into something else: "made AI a priority", "made the app free"."""
    tree = page.tree
    if tree.lemma[verb] not in _TURNING:
        return False
    objects = [child for child in tree.children_by(verb, "obj") if child not in page.time_at]
    return len(objects) > 1 or tree.has_child(verb, "xcomp")


def _is_per_share(page: Page, quantity: Quantity) -> bool:
    placed = next((placed for placed in page.quantities if placed.value is quantity), None)
    return placed is not None and find_per_unit(page, placed) == "share"


def _attribute_to(page: Page, token: int, subject: Role, stance: Stance) -> Attribution:
    span = Span(page.tree.start[token], page.tree.end[token])
    return Attribution(
        content=span,
        kind="indirect_speech",
        speaker=subject.span,
        cue=span,
        rule_id="claims.trigger",
        entity=subject.entity,
        stance=stance,
    )


def _is_needed_met(trigger: Trigger, objects: list[Role], quantity: Quantity | None) -> bool:
    met = {"object": bool(objects), "value": quantity is not None}
    return all(any(met[role] for role in need.split("|")) for need in trigger.needs)


def _is_subject(page: Page, role: Role, predicate: Predicate, quantity: Quantity | None) -> bool:
    if role.entity is None:
        return quantity is not None and not is_unresolved(page, role)
    return page.entity_type(role.entity) in predicate.domain


def _fill_role(
    page: Page,
    token: int,
    places: tuple[str, ...],
    types: frozenset[EntityType],
    trigger: Trigger,
    quantity: Quantity | None,
) -> list[Role]:
    """Return the parties at the first place that holds any acceptable one."""
    is_object = places is trigger.object
    for place in places:
        for found in find_place(page, token, place):
            if is_object and not _is_object_word(page, found, trigger, quantity):
                continue
            roles = [_complement_role(page, found)] if place == "complement" else resolve_parties(page, found)
            if is_object:
                roles = [role for role in roles if _is_object(page, found, role, types, trigger)]
            elif trigger.subject_types:
                roles = [role for role in roles if page.entity_type(role.entity) in trigger.subject_types]
            if roles:
                return roles
    return []


def _complement_role(page: Page, verb: int) -> Role:
    tree = page.tree
    below = [i for i in tree.subtree(verb) if i >= verb or tree.lower[i] == "to"]
    last = below[-1]
    while last > verb and tree.pos[last] == "PUNCT":
        last -= 1
    return Role(Span(tree.start[verb], tree.end[last]), None)


def _is_object_word(page: Page, token: int, trigger: Trigger, quantity: Quantity | None) -> bool:
    if page.tree.lemma[token] in trigger.without_objects or token in page.time_at:
        return False
    placed = page.quantity_at.get(token)
    if placed is None or placed.value.kind == "rank":
        return True
    is_count = placed.value.kind == "count"
    return is_count and (placed.anchor != token or placed.value is not quantity)


def _is_object(page: Page, token: int, role: Role, types: frozenset[EntityType], trigger: Trigger) -> bool:
    kind = page.entity_type(role.entity)
    if kind is not None and kind not in types:
        return False
    if not trigger.object_types and not trigger.object_nouns:
        return True
    if kind is not None and kind in trigger.object_types:
        return True
    own = page.tree.anchor(role.span)
    heads = {token} if own is None or own in page.tree.tokens_of(page.tree.phrase(token)) else {own}
    words = {word for head in heads for word in (page.tree.lemma[head], page.tree.lower[head])}
    return role.entity is None and not words.isdisjoint(trigger.object_nouns)


def _find_value(page: Page, token: int, predicate: Predicate, trigger: Trigger) -> Quantity | None:
    if trigger.rank is not None:
        span = Span(page.tree.start[token], page.tree.end[token])
        return Quantity(span=span, kind="rank", low=trigger.rank, high=trigger.rank, comparator="eq")
    for place in trigger.value:
        found = (
            _value_before(page, token, predicate) if place == "modifier" else _value_at(page, token, place, predicate)
        )
        if found is not None:
            return found
    return None


def _value_before(page: Page, token: int, predicate: Predicate) -> Quantity | None:
    tree = page.tree
    for position in range(token - 1, max(token - _LEFT_VALUE_REACH, -1), -1):
        placed = page.quantity_at.get(position)
        if placed is not None and placed.value.kind in predicate.value_kinds:
            return placed.value
        if (
            tree.pos[position] not in {"NOUN", "ADJ", "PROPN", "PUNCT", "NUM", "SYM", "VERB"}
            or tree.lower[position] == ","
        ):
            return None
    return None


def _amounts_after(page: Page, noun: int) -> Iterator[int]:
    """What a noun is worth: "in a deal worth $1.7 billion", "a transaction valued at $5 billion"."""
    tree = page.tree
    if tree.lower[noun] == "worth":
        yield from range(noun + 1, min(noun + 4, tree.size))
    elif noun + 1 < tree.size and tree.lower[noun + 1] in {"worth", "valued", "of", "totalling", "totaling"}:
        yield from range(noun + 2, min(noun + 5, tree.size))


def _value_at(page: Page, token: int, place: str, predicate: Predicate) -> Quantity | None:
    if place == "object":
        for right in (page.quantity_at.get(token + 1), page.quantity_at.get(token + 2)):
            if right is not None and right.value.kind in predicate.value_kinds:
                return right.value
    for found in find_place(page, token, place):
        near = [
            found,
            *_amounts_after(page, found),
            *page.tree.children_by(found, "nummod", "compound", "nmod:unmarked", "amod", "appos"),
        ]
        near += [child for child in page.tree.children_by(found, "nmod") if page.tree.case(child) == "of"]
        near += page.tree.children_by(token, "obj") if place == "object" else []
        for position in near:
            placed = page.quantity_at.get(position)
            if placed is not None and placed.value.kind in predicate.value_kinds:
                return placed.value
    return None
