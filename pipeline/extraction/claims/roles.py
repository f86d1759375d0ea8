"""From a token of the tree to the parties it stands for.

Belongs here: resolving a phrase to the entity it names or refers to, distributing over coordination, and opening up
lists of examples ("rivals like Tencent and Baidu"). Does not belong here: finding the token (`clauses`, `events`).
"""

from pipeline.extraction.claims.countries import find_country
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.instruments import is_instrument_code
from pipeline.extraction.model import MentionDraft, Role, Span

_EXAMPLE_MARKERS = frozenset({"like", "including", "such"})
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves"})
_EMPTY = frozenset(
    {
        "it",
        "this",
        "that",
        "these",
        "those",
        "which",
        "who",
        "what",
        "there",
        "one",
        "they",
        "he",
        "she",
        "them",
        "him",
        "her",
        "some",
        "many",
        "most",
        "all",
        "its",
        "their",
        "his",
        "both",
        "each",
        "everyone",
        "anyone",
        "nobody",
        "something",
        "nothing",
        "anything",
        "everything",
    }
)


def resolve_parties(page: Page, token: int) -> list[Role]:
    """Return the parties that the phrase under `token` stands for, one per conjunct or named example."""
    examples = _named_examples(page, token)
    if examples and page.name(token) is None:
        return examples
    parties: list[Role] = []
    for member in _conjuncts(page, token):
        role = resolve_role(page, member)
        if role is not None and role not in parties:
            parties.append(role)
    return parties


def _conjuncts(page: Page, token: int) -> list[int]:
    tree = page.tree
    mention = page.mention(token)
    members = [token]
    for member in members:
        for child in tree.children_by(member, "conj"):
            same_name = mention is not None and mention.first <= child <= mention.last
            if not same_name and not tree.is_verb(child) and not _is_past_bracket(tree, token, child):
                members.append(child)
    return members


def _is_past_bracket(tree: Tree, first: int, last: int) -> bool:
    """Whether a bracket that opened before `first` closes before `last`: they are joined in no phrase then."""
    between = tree.lower[first:last]
    return between.count(")") > between.count("(")


def is_exemplified(page: Page, token: int) -> bool:
    """Return whether the phrase under `token` gives named examples of what it means."""
    return bool(_named_examples(page, token))


def _named_examples(page: Page, token: int) -> list[Role]:
    tree = page.tree
    found: list[Role] = []
    for child in tree.children_by(token, "nmod", "obl", "appos", "acl"):
        if tree.case(child) in _EXAMPLE_MARKERS or tree.lower[child] in _EXAMPLE_MARKERS:
            members = _conjuncts(page, child) if tree.case(child) else list(tree.children_by(child, "obj"))
            roles = (resolve_role(page, member) for member in members)
            found.extend(role for role in roles if role and role.entity is not None)
    return found


def resolve_role(page: Page, token: int) -> Role | None:
    """Return the one party that `token` heads; None for a pronoun whose reference the document leaves open."""
    tree = page.tree
    placed = page.mention(token)
    if placed is not None and placed.value.entity is not None and _is_headed(page, token, placed.value):
        return Role(placed.value.span, placed.value.entity)
    if tree.lower[token] in _FIRST_PERSON:
        return _speaking_role(page, token)
    is_empty = tree.lower[token] in _EMPTY or tree.pos[token] in {"PRON", "DET", "ADV", "PUNCT", "AUX"}
    if is_empty or token in page.time_at or _is_amount(page, token):
        return None
    beside = (
        _apposed_name(page, token)
        or _copular_name(page, token)
        or _titled_person(page, token)
        or _name_of_kind(page, token)
        or _organization_of(page, token)
    )
    if beside is not None:
        return beside
    phrase = _cut_phrase(page, token)
    is_definite = tree.lower[tree.tokens_of(phrase)[0]] == "the"
    is_company = is_definite and tree.lower[token] in page.vocabulary.company_nouns
    company = page.company_in_focus(token) if is_company else None
    return Role(phrase, company.value.entity if company is not None else None)


def _cut_phrase(page: Page, token: int) -> Span:
    """The phrase that `token` heads, from after any finite verb and up to an amount that a preposition adds."""
    tree = page.tree
    phrase = tree.phrase(token)
    covered = tree.tokens_of(phrase)
    finite = [i for i in covered if i < token and tree.tag[i] in {"VBD", "VBZ", "VBP", "MD"}]
    added = [i for i in covered if i > token and tree.lower[i] in {"by", "to", "from"} and i + 1 in page.quantity_at]
    stated = [i for i in covered if i > token and i in page.quantity_at and page.quantity_at[i].value.kind == "percent"]
    last = min([*added, *stated], default=covered[-1] + 1) - 1
    while last > token and is_instrument_code(page.text_of(last)):
        last -= 1
    return Span(tree.start[finite[-1] + 1] if finite else phrase.start, tree.end[last])


def is_unresolved(page: Page, role: Role) -> bool:
    """Return whether the words mean somebody that the document names, but nobody can say whom: "the company"."""
    tokens = page.tree.tokens_of(role.span)
    nouns = page.vocabulary.company_nouns | page.vocabulary.organ_nouns
    is_definite = page.tree.lower[tokens[0]] in {"the", "this", "that", "its", "their", "his", "her"}
    return role.entity is None and is_definite and page.tree.lemma[tokens[-1]] in nouns


def is_deal(page: Page, role: Role) -> bool:
    """Return whether the words mean a deal, which has a price and no valuation: "a contract worth $4 billion"."""
    tree, head = page.tree, page.tree.anchor(role.span)
    if role.entity is not None or head is None:
        return False
    words = tree.tokens_of(role.span) if tree.lower[head] == "worth" else (head,)
    return any(tree.lemma[index] in page.vocabulary.deal_nouns for index in words)


def _name_of_kind(page: Page, token: int) -> Role | None:
    """The name beside a noun that only says what it is: "the Doubao app", "intelligence firm ThreatConnect"."""
    words, lemma = page.vocabulary, page.tree.lemma[token]
    if lemma not in words.kind_nouns and lemma not in words.product_nouns:
        return None
    role = _find_name_beside(page, token)
    is_thing = lemma in words.kind_nouns or (role is not None and page.entity_type(role.entity) == "product")
    return role if is_thing else None


def _find_name_beside(page: Page, token: int) -> Role | None:
    after = page.name(token + 1) if token + 1 < page.tree.size else None
    if after is not None and page.tree.head[after.anchor] in {token, page.tree.head[token]}:
        return Role(after.value.span, after.value.entity)
    for child in page.tree.children_by(token, "compound", "nmod:desc", "flat", "nmod:unmarked", "amod"):
        named = page.name(child)
        if named is not None:
            return Role(named.value.span, named.value.entity)
    return None


def _organization_of(page: Page, token: int) -> Role | None:
    """The organization for which its organ acts: "OpenAI's board", "a spokesperson for Nvidia", "Ford executives"."""
    tree = page.tree
    if tree.lemma[token] in page.vocabulary.authority_nouns:
        return _authority_of(page, token)
    if tree.lemma[token] not in page.vocabulary.organ_nouns:
        return None
    for child in tree.children_by(token, "nmod:poss", "compound", "nmod:desc", "nmod"):
        placed = page.mention(child)
        is_of = tree.dep[child] != "nmod" or tree.case(child) in {"of", "for", "at"}
        if placed is not None and is_of and page.entity_type(placed.value.entity) in {"organization", "place"}:
            return Role(placed.value.span, placed.value.entity)
    return None


def _authority_of(page: Page, token: int) -> Role | None:
    """The country or city whose authority acts: "the Chinese government", "New York state attorney general"."""
    tree = page.tree
    phrase = tree.phrase(token)
    for index in tree.tokens_of(phrase):
        if index > token and tree.case(index) not in {"of", "in"}:
            continue
        named = page.name(index)
        if named is not None and page.entity_type(named.value.entity) == "place":
            return Role(phrase, named.value.entity)
        country = find_country(page, index)
        if country is not None and country.entity is not None:
            return Role(phrase, country.entity)
    return None


def _is_amount(page: Page, token: int) -> bool:
    """Whether the token is an amount itself, or what one is counted by ("$55 a barrel")."""
    if token in page.quantity_at and page.tree.pos[token] in {"NUM", "SYM"}:
        return True
    return token - 2 in page.quantity_at and page.tree.lower[token - 1] in {"a", "an", "per"}


def _is_headed(page: Page, token: int, mention: MentionDraft) -> bool:
    """Whether `token` heads the mention's words, rather than the mention only modifying a further noun."""
    tree = page.tree
    covered = tree.tokens_of(mention.span)
    return token in covered and (tree.head[token] not in covered or tree.pos[tree.head[token]] != "VERB")


def _apposed_name(page: Page, token: int) -> Role | None:
    if page.tree.dep[token] == "appos" and (above := page.name(page.tree.head[token])) is not None:
        return Role(above.value.span, above.value.entity)
    for child in page.tree.children_by(token, "appos", "flat"):
        named = page.name(child)
        if named is not None:
            return Role(named.value.span, named.value.entity)
    return None


def _copular_name(page: Page, token: int) -> Role | None:
    """The name of which the noun is said: "the Switch is a console made by Nintendo"."""
    subject = page.tree.child(token, "nsubj") if page.tree.has_child(token, "cop") else None
    named = page.name(subject) if subject is not None else None
    return Role(named.value.span, named.value.entity) if named is not None else None


def _titled_person(page: Page, token: int) -> Role | None:
    """The person named right after a noun that is their title: "Chipotle boss Brian Niccol"."""
    after = page.name(token + 1) if token + 1 < page.tree.size and page.tree.pos[token] == "NOUN" else None
    is_person = after is not None and page.entity_type(after.value.entity) == "person"
    return Role(after.value.span, after.value.entity) if after is not None and is_person else None


def _speaking_role(page: Page, token: int) -> Role | None:
    """The speaker of the quotation for "I"; for "we" only a speaking organization."""
    span = Span(page.tree.start[token], page.tree.end[token])
    held = page.attribution(span)
    if held is None or held.entity is None:
        return None
    is_person = page.entity_type(held.entity) == "person"
    is_singular = page.tree.lower[token] in {"i", "me", "my", "myself"}
    return Role(span, held.entity) if is_person == is_singular else None
