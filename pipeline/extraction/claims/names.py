"""What the words between two names say: roles of persons, makers of products, parents of companies.

Belongs here: constructions inside one noun phrase or around an apposition, read from the order of words, which holds up
better there than a parser does. Does not belong here: verbs and their roles (`events`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.clauses import find_copula_subject
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.roles import resolve_parties
from pipeline.extraction.model import MentionDraft, Role
from pipeline.predicates import Predicate, Registry
from pipeline.predicates.model import Possessive, RoleNouns

_REACH = 9
_ROLE_PREPOSITIONS = frozenset({"of", "at", "for", "with"})
_PHRASE_STOPS = frozenset({".", ";", ":", "(", ")", "—", "–", "“", "”", '"', "\n"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB", "PUNCT", "PART"})


class NameMatcher:
    """The role nouns and possessives of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._roles: dict[str, list[tuple[tuple[str, ...], Predicate, RoleNouns]]] = {}
        self._members: list[tuple[Predicate, RoleNouns]] = []
        self._possessives: list[tuple[Predicate, int, Possessive]] = []
        for predicate in registry.predicates.values():
            for pattern in predicate.roles:
                for noun in sorted(pattern.nouns):
                    words = tuple(noun.split())
                    self._roles.setdefault(words[-1], []).append((words, predicate, pattern))
            self._members += [(predicate, pattern) for pattern in predicate.roles[:1]]
            for number, possessive in enumerate(predicate.possessives):
                self._possessives.append((predicate, number, possessive))

    def match(self, page: Page) -> Iterator[Finding]:
        """Yield what names beside each other state, in text order."""
        yield from self._match_roles(page)
        yield from self._match_possessives(page)

    def _match_roles(self, page: Page) -> Iterator[Finding]:
        tree = page.tree
        for token in range(tree.size):
            if tree.pos[token] in {"NOUN", "PROPN", "ADJ"} and tree.lemma[token] in self._roles:
                entries = [e for e in self._roles[tree.lemma[token]] if _ends_words(page, token, e[0])]
                if entries:
                    yield from self._describe(page, token, [(predicate, pattern) for _, predicate, pattern in entries])
        yield from self._match_members(page)

    def _describe(self, page: Page, token: int, entries: list[tuple[Predicate, RoleNouns]]) -> Iterator[Finding]:
        predicate = entries[0][0]
        entries = [*entries, *self._joined_entries(page, token)]
        for person, how in _find_people(page, token):
            stated = _find_organizations(page, token, person, predicate, is_title=how == "title")
            pattern = next((pattern for _, pattern in entries if pattern.is_corporate != bool(stated)), None)
            if not stated and pattern is not None and (company := page.company_in_focus(token)) is not None:
                stated = [_role(company)]
            for organization in stated if pattern is not None else []:
                yield Finding(
                    predicate=predicate.name,
                    trigger=token,
                    subject=person,
                    object=organization,
                    rule_id=f"{predicate.name}.{how}",
                    confidence=pattern.confidence if pattern is not None else 0.5,
                )

    def _joined_entries(self, page: Page, token: int) -> list[tuple[Predicate, RoleNouns]]:
        """The patterns of the role noun that this one is joined to: "COO and president"."""
        before = token - 2
        if before < 0 or page.tree.lower[token - 1] not in {"and", ","}:
            return []
        held = self._roles.get(page.tree.lemma[before], [])
        return [(predicate, pattern) for words, predicate, pattern in held if _ends_words(page, before, words)]

    def _match_members(self, page: Page) -> Iterator[Finding]:
        """ "Sam Altman of OpenAI"."""
        tree = page.tree
        for predicate, pattern in self._members:
            for placed in page.mentions:
                if page.entity_type(placed.value.entity) != "person" or placed.last + 2 >= tree.size:
                    continue
                organization = _is_type(page, placed.last + 2, "organization")
                is_linked = tree.lower[placed.last + 1] in {"of", "at"}
                if is_linked and organization is not None and organization.first == placed.last + 2:
                    yield Finding(
                        predicate=predicate.name,
                        trigger=placed.anchor,
                        subject=_role(placed),
                        object=_role(organization),
                        rule_id=f"{predicate.name}.member",
                        confidence=pattern.confidence,
                    )

    def _match_possessives(self, page: Page) -> Iterator[Finding]:
        for owner in page.mentions:
            if owner.value.entity is None:
                continue
            for predicate, number, pattern in self._possessives:
                if page.entity_type(owner.value.entity) not in pattern.owner_types:
                    continue
                for owned in _find_owned(page, owner, pattern):
                    subject = Role(owner.value.span, owner.value.entity)
                    object_ = Role(owned.value.span, owned.value.entity)
                    is_titled = any(page.tree.lemma[i] in self._roles for i in range(owned.first, owned.last + 1))
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
                        modality="actual",
                        polarity="affirmed",
                    )


def _ends_words(page: Page, token: int, words: tuple[str, ...]) -> bool:
    start = token - len(words) + 1
    return start >= 0 and all(
        page.tree.lower[start + k] == word or page.tree.lemma[start + k] == word for k, word in enumerate(words)
    )


def _role(placed: Placed[MentionDraft]) -> Role:
    return Role(placed.value.span, placed.value.entity)


def _is_type(page: Page, token: int, *types: str) -> Placed[MentionDraft] | None:
    placed = page.mention(token) if 0 <= token < page.tree.size else None
    if placed is None or placed.value.entity is None:
        return None
    return placed if page.entity_type(placed.value.entity) in types else None


def _find_people(page: Page, token: int) -> Iterator[tuple[Role, str]]:
    """The persons whom the role noun describes: title before, apposition either side, copula."""
    tree = page.tree
    after = _is_type(page, token + 1, "person")
    if after is not None and after.first == token + 1 and page.name(token + 1) is not None:
        yield _role(after), "title"
        return
    apposed = _person_before_apposition(page, token) or _person_after_apposition(page, token)
    if apposed is not None:
        yield _role(apposed), "apposition"
        return
    subject = find_copula_subject(tree, token)
    if subject is not None:
        for role in resolve_parties(page, subject):
            if page.entity_type(role.entity) == "person":
                yield role, "copula"


def _person_before_apposition(page: Page, token: int) -> Placed[MentionDraft] | None:
    """ "Wei Sun, senior analyst at ...", "Tim Cook, Apple's chief executive"."""
    tree = page.tree
    for position in range(token - 1, max(token - _REACH, 0), -1):
        if tree.lower[position] in {",", "—", "–"}:
            placed = _is_type(page, position - 1, "person")
            if placed is not None:
                return placed
            if tree.lower[position - 1] not in {"chairman", "founder", "president", "ceo", "officer"}:
                return None
        elif (
            tree.lower[position] in _PHRASE_STOPS
            or (
                tree.pos[position] not in _MODIFIERS
                and tree.lower[position] not in {"the", "a", "an", "and", "of", "its", "at", "'s"}
            )
            or (tree.pos[position] == "VERB" and tree.tag[position] not in {"VBN", "VBG"})
        ):
            return None
    return None


def _person_after_apposition(page: Page, token: int) -> Placed[MentionDraft] | None:
    """ "Apple's chief executive, Tim Cook, said", "co-founder of Google, Sergey Brin"."""
    tree = page.tree
    for position in range(token + 1, min(token + _REACH, tree.size - 1)):
        if tree.lower[position] == ",":
            placed = _is_type(page, position + 1, "person")
            return placed if placed is not None and placed.first == position + 1 else None
        if tree.pos[position] in {"VERB", "AUX", "PRON", "SCONJ"} or tree.lower[position] in _PHRASE_STOPS:
            return None
    return None


def _find_organizations(page: Page, token: int, person: Role, predicate: Predicate, *, is_title: bool) -> list[Role]:
    """The organization before the role noun, else after it; a title is followed by its person alone."""
    before = _organization_before(page, token, predicate)
    if before is not None:
        return [before]
    return [] if is_title else _organization_after(page, token, person, predicate)


def _organization_before(page: Page, token: int, predicate: Predicate) -> Role | None:
    """ "Apple CEO", "Alibaba's longtime chief", "its chairman"."""
    tree = page.tree
    for position in range(token - 1, max(token - _REACH, -1), -1):
        placed = page.mention(position)
        if placed is not None and placed.value.entity is not None:
            kind = page.entity_type(placed.value.entity)
            if kind in predicate.range_ and (kind != "person"):
                return _role(placed)
            return None
        if tree.lower[position] in {"and", "-", "’s", "'s", "'", "&", "/"}:
            continue
        if tree.lower[position] in {"co", "vice", "ex"}:
            continue
        if tree.pos[position] not in {"ADJ", "NOUN", "PROPN", "ADV"} and tree.tag[position] not in {"VBN", "VBG"}:
            return None
    return None


def _organization_after(page: Page, token: int, person: Role, predicate: Predicate) -> list[Role]:
    """ "chief executive of the chip maker Nvidia", "analyst at Wedbush"."""
    tree = page.tree
    linked = False
    for position in range(token + 1, min(token + _REACH + 3, tree.size)):
        placed = page.mention(position)
        if tree.lower[position] in _ROLE_PREPOSITIONS:
            linked = True
        elif placed is not None and placed.value.entity is not None and linked:
            return _employers_at(page, placed, person, predicate)
        elif _ends_description(page, position) or (tree.lower[position] == "," and not linked):
            break
    return []


def _employers_at(page: Page, placed: Placed[MentionDraft], person: Role, predicate: Predicate) -> list[Role]:
    """The organizations that a name after "of" or "at" stands for; of "X at Y" it is Y."""
    further = _is_type(page, placed.last + 2, "organization")
    if further is not None and page.tree.lower[placed.last + 1] == "at":
        return [_role(further)]
    kind = page.entity_type(placed.value.entity)
    if kind not in predicate.range_ or placed.value.entity == person.entity:
        return []
    return [role for role in resolve_parties(page, placed.anchor) if page.entity_type(role.entity) == kind][:2]


def _ends_description(page: Page, position: int) -> bool:
    tree = page.tree
    is_finite = tree.pos[position] == "VERB" and tree.tag[position] not in {"VBN", "VBG"}
    return is_finite or tree.lower[position] in _PHRASE_STOPS or tree.pos[position] in {"AUX", "SCONJ", "PRON"}


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
