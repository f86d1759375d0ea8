"""What a person is to an organization or a country, said beside the name: titles, appositions, copulas, "X of Y".

Belongs here: constructions around the noun of an office, read from the order of words, which holds up better there than
a parser does. Does not belong here: possessives between two names (`possessives`), verbs and their roles (`events`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.clauses import find_copula_subject
from pipeline.extraction.claims.countries import find_country
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.roles import resolve_parties
from pipeline.extraction.model import MentionDraft, Role
from pipeline.predicates import Predicate, Registry
from pipeline.predicates.model import RoleNouns
from pipeline.tables import EntityType

Types = frozenset[EntityType]

_REACH = 9
_ROLE_PREPOSITIONS = frozenset({"of", "at", "for", "with"})
_PHRASE_STOPS = frozenset({".", ";", ":", "(", ")", "—", "–", "“", "”", '"', "\n"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB", "PUNCT", "PART"})


class OfficeMatcher:
    """The nouns of offices of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._roles: dict[str, list[tuple[tuple[str, ...], Predicate, RoleNouns]]] = {}
        self._members: list[tuple[Predicate, RoleNouns]] = []
        for predicate in registry.predicates.values():
            for pattern in predicate.roles:
                for noun in sorted(pattern.nouns):
                    words = tuple(noun.split())
                    self._roles.setdefault(words[-1], []).append((words, predicate, pattern))
            self._members += [(predicate, pattern) for pattern in predicate.roles[:1]]

    def match(self, page: Page) -> Iterator[Finding]:
        """Yield which person has which office where, in text order; "X of Y" last."""
        tree = page.tree
        for token in range(tree.size):
            if tree.pos[token] in {"NOUN", "PROPN", "ADJ"} and tree.lemma[token] in self._roles:
                entries = [e for e in self._roles[tree.lemma[token]] if _ends_words(page, token, e[0])]
                if entries and not self._goes_on(page, token):
                    yield from self._describe(page, token, [(predicate, pattern) for _, predicate, pattern in entries])
        yield from self._match_members(page)

    def _describe(self, page: Page, token: int, entries: list[tuple[Predicate, RoleNouns]]) -> Iterator[Finding]:
        predicate = entries[0][0]
        entries = [*entries, *self._joined_entries(page, token)]
        is_public = any(pattern.is_public for _, pattern in entries)
        types = predicate.range_ if is_public else predicate.range_ - {"place"}
        for person, how in _find_people(page, token):
            stated = _find_organizations(page, token, person, types, is_title=how == "title")
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

    def _goes_on(self, page: Page, token: int) -> bool:
        """Whether the next word completes a longer office: "attorney general"."""
        tree = page.tree
        following = tree.lower[token + 1] if token + 1 < tree.size else ""
        return any((tree.lower[token], following) == entry[0] for entry in self._roles.get(following, ()))

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
                before = max(placed.first - 2, 0)
                is_passing = any(tree.pos[i] == "ADP" for i in range(before, placed.first))
                is_linked = tree.lower[placed.last + 1] == "of" or (
                    tree.lower[placed.last + 1] == "at" and not is_passing
                )
                if is_linked and organization is not None and organization.first == placed.last + 2:
                    yield Finding(
                        predicate=predicate.name,
                        trigger=placed.anchor,
                        subject=_role(placed),
                        object=_role(organization),
                        rule_id=f"{predicate.name}.member",
                        confidence=pattern.confidence,
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


def _find_organizations(page: Page, token: int, person: Role, types: Types, *, is_title: bool) -> list[Role]:
    """The organization before the role noun, else after it; a title is followed by its person alone."""
    before = _organization_before(page, token, types)
    if before is not None:
        return [before]
    return [] if is_title else _organization_after(page, token, person, types)


def _organization_before(page: Page, token: int, types: Types) -> Role | None:
    """ "Apple CEO", "Alibaba's longtime chief", "its chairman", "Chinese President"."""
    tree = page.tree
    for position in range(token - 1, max(token - _REACH, -1), -1):
        placed = page.mention(position)
        if placed is not None and placed.value.entity is not None:
            kind = page.entity_type(placed.value.entity)
            is_place_of = placed.last + 1 < token and tree.lower[placed.last + 1] in {"-", "–"}
            return _role(placed) if kind in types and kind != "person" and not is_place_of else None
        if "place" in types and (country := find_country(page, position)) is not None:
            return country
        if tree.lower[position] in {"and", "-", "'s", "'", "&", "/", "co", "vice", "ex"}:
            continue
        if tree.pos[position] not in {"ADJ", "NOUN", "PROPN", "ADV"} and tree.tag[position] not in {"VBN", "VBG"}:
            return None
    return None


def _organization_after(page: Page, token: int, person: Role, types: Types) -> list[Role]:
    """ "chief executive of the chip maker Nvidia", "analyst at Wedbush", "head of platforms for Ascom".

    What comes after "at", "for" or "with" is the organization, whatever the role is of; else what comes after "of" is.
    """
    tree = page.tree
    preposition = None
    found: list[Role] = []
    for position in range(token + 1, min(token + _REACH + 3, tree.size)):
        placed = page.mention(position)
        if tree.lower[position] in _ROLE_PREPOSITIONS:
            preposition = tree.lower[position]
        elif placed is not None and position == placed.first and preposition is not None:
            is_better = not found or (preposition != "of" and not _is_institution(page, found[0]))
            if is_better and not _modifies(page, placed) and page.entity_type(placed.value.entity) in types:
                found = _employers_at(page, placed, person) or found
        elif _ends_description(page, position) or tree.lower[position] == ",":
            break
    return found


def _is_institution(page: Page, role: Role) -> bool:
    """Whether a name is surely an organization's: by its own words or by what is known of it."""
    rules = {placed.value.rule_id for placed in page.mentions if placed.value.span == role.span}
    return bool(rules & {"mention.head", "mention.knowledge", "mention.legal_form"})


def _modifies(page: Page, placed: Placed[MentionDraft]) -> bool:
    """Whether the name only describes what comes after it: "London-based", "Amazon sellers"."""
    tree = page.tree
    after = placed.last + 1
    if after >= tree.size:
        return False
    is_noun = tree.pos[after] == "NOUN" and tree.lemma[after] not in page.vocabulary.kind_nouns
    return tree.lower[after] in {"-", "–"} or is_noun


def _employers_at(page: Page, placed: Placed[MentionDraft], person: Role) -> list[Role]:
    """The organizations of one type that a name after a preposition stands for, but for the person."""
    kind = page.entity_type(placed.value.entity)
    if placed.value.entity is None or placed.value.entity == person.entity:
        return []
    return [role for role in resolve_parties(page, placed.anchor) if page.entity_type(role.entity) == kind][:2]


def _ends_description(page: Page, position: int) -> bool:
    tree = page.tree
    is_finite = tree.pos[position] == "VERB" and tree.tag[position] not in {"VBN", "VBG"}
    return is_finite or tree.lower[position] in _PHRASE_STOPS or tree.pos[position] in {"AUX", "SCONJ", "PRON"}
