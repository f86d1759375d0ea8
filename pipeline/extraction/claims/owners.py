"""Whose a figure is: the party that has what is measured, said or left unsaid.

Belongs here: possessors, names before a measure, the company in focus, and noun phrases for unnamed owners. Does not
belong here: the constructions themselves (`steps`, `levels`, `ranks`).
"""

from pipeline.extraction.claims.amounts import Reading
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.roles import resolve_parties, resolve_role
from pipeline.extraction.instruments import is_instrument_code
from pipeline.extraction.mentions.vocabulary import load_vocabulary
from pipeline.extraction.model import Quantity, Role, Span
from pipeline.predicates.model import Measure

_OWNER_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "on"})
_LARGE_COUNT = 100
_INDEXES = load_vocabulary().not_names.indexes
_WHOLE = frozenset(
    {
        "quarter",
        "year",
        "full",
        "month",
        "store",
        "group",
        "company",
        "net",
        "operating",
        "half",
        "share",
        "stock",
        "comparable",
        "same",
        "adjusted",
        "organic",
        "global",
        "worldwide",
        "total",
        "overall",
        "gross",
        "quarterly",
        "annual",
        "strong",
        "weak",
        "record",
        "first",
        "second",
        "third",
        "fourth",
        "last",
        "core",
        "international",
        "domestic",
    }
)


def find_owners(page: Page, reading: Reading) -> list[Role]:
    """Return the entities that have what is measured: owners of the measure, else the reading's holder."""
    tree = page.tree
    starts = (reading.measure, reading.trigger) if reading.construction != "rank" else ()
    if reading.construction == "share_of" and reading.holder is not None and _is_part(page, reading.holder):
        starts = ()
    if reading.construction == "counted" and _is_bought(page, reading):
        starts = ()
    for start in starts:
        if start is None or not tree.is_noun(start) or start in page.quantity_at:
            continue
        owners = find_owners_of_noun(page, start)
        if owners:
            return owners
    if reading.holder is not None:
        holder = reading.holder
        roles = [role for role in resolve_parties(page, holder) if role.entity is not None]
        is_of_owner = reading.construction != "rank" or tree.lemma[holder] in page.vocabulary.kind_nouns
        return roles or (find_owners_of_noun(page, holder) if tree.is_noun(holder) and is_of_owner else [])
    return []


def _is_part(page: Page, holder: int) -> bool:
    """Whether the holder of a share is told, so that whoever has the whole has no claim to it."""
    is_thing = page.tree.pos[holder] == "NOUN" and holder not in page.quantity_at and page.mention(holder) is None
    return is_thing or page.name(holder) is not None


def _is_bought(page: Page, reading: Reading) -> bool:
    """Whether a name between the number and the noun only says what the holder has: "Delta bought 40 Boeing planes"."""
    tree, noun, holder = page.tree, reading.measure, reading.holder
    if noun is None or holder is None or noun < 1 or page.mention(holder) is None:
        return False
    named = page.name(noun - 1)
    return (
        named is not None
        and named.first > 0
        and named.first - 1 in page.quantity_at
        and not tree.has_child(noun, "nmod:poss")
    )


def find_owners_of_noun(page: Page, noun: int) -> list[Role]:
    """Return the entities that have what the noun names: possessor, name before it, phrase with "of", "at" ..."""
    tree = page.tree
    for child in tree.children_by(noun, "nmod:poss"):
        return [role for role in resolve_parties(page, child) if role.entity is not None]
    for child in tree.children_by(noun, "compound", "nmod:desc", "nmod:unmarked"):
        named = page.name(child)
        if named is not None and child < noun and page.entity_type(named.value.entity) in {"organization", "product"}:
            return [Role(named.value.span, named.value.entity)]
    before = _name_before(page, noun)
    if before is not None:
        return [before]
    for child in tree.children_by(noun, "nmod", "obl"):
        if tree.case(child) in _OWNER_PREPOSITIONS and child not in page.time_at:
            roles = [role for role in resolve_parties(page, child) if role.entity is not None]
            if page.mention(child) is None and len(roles) > 1:
                continue
            if roles and (tree.case(child) == "of" or page.entity_type(roles[0].entity) not in {"place", "event"}):
                return roles
    return []


def _name_before(page: Page, noun: int) -> Role | None:
    """The organization or product right before the noun, across a ticker in brackets: "Lowe's (LOW) stock"."""
    tree = page.tree
    position = noun - 1
    if position > 2 and tree.lower[position] == ")":
        position = next((i - 1 for i in range(position, max(position - 5, 0), -1) if tree.lower[i] == "("), position)
    named = page.name(position) if position >= 0 else None
    if named is None or page.entity_type(named.value.entity) not in {"organization", "product"}:
        return None
    return Role(named.value.span, named.value.entity)


def is_of_kind(page: Page, measure: int | None) -> bool:
    """Whether the measure is said of a kind of thing ("sedan sales"), so that it is no company's as a whole."""
    tree = page.tree
    if measure is None:
        return False
    kinds = {*tree.children_by(measure, "compound", "conj"), measure - 1} - {-1}
    return any(
        tree.pos[c] in {"NOUN", "PROPN", "ADJ"}
        and tree.lemma[c] not in _WHOLE
        and c not in page.time_at
        and page.mention(c) is None
        for c in kinds
    )


def find_generic_owners(
    page: Page, placed: Placed[Quantity], reading: Reading, pattern: Measure, is_named: bool
) -> list[Role]:
    """The noun phrase that stands for an unnamed owner: of what a price is paid, who sold so many, or the measure."""
    tree, measure = page.tree, reading.measure
    token = measure
    if measure is not None and pattern.is_of_goods:
        goods = (
            c for c in tree.children_by(measure, "nmod") if tree.case(c) in {"of", "for"} and c not in page.time_at
        )
        token = next(goods, measure)
    elif reading.holder is not None and reading.construction in {"counted", "trailing"}:
        is_large = placed.value.kind != "count" or placed.value.low >= _LARGE_COUNT
        token = reading.holder if is_large and tree.pos[reading.holder] == "NOUN" else None
    elif measure is not None and not tree.is_noun(measure):
        token = reading.holder
    if token is None or not (is_named or token == reading.holder or _is_measurable(page, measure)):
        return []
    role = resolve_role(page, token)
    if role is None or role.entity is not None:
        return [role] if role is not None else []
    return [Role(_cut_to_index(page, role.span), None)]


def _is_measurable(page: Page, measure: int | None) -> bool:
    return measure is not None and page.tree.lemma[measure] in page.vocabulary.measurable_nouns


def find_corporate_owners(page: Page, owners: list[Role], reading: Reading) -> list[Role]:
    """The owners that can be companies; where there is none, the company that the text is speaking of."""
    owners = [owner for owner in owners if page.entity_type(owner.entity) in {"organization", "product", "person"}]
    if not owners and (stated := _company_after(page, reading)) is not None:
        return [stated]
    is_of_others = reading.measure is not None and (
        _is_of_others(page, reading.measure) or _is_of_goods(page, reading.measure)
    )
    company = page.company_in_focus(reading.trigger) if not owners and not is_of_others else None
    return [Role(company.value.span, company.value.entity)] if company is not None else owners


def _is_of_goods(page: Page, measure: int) -> bool:
    """Whether the measure is said of unnamed goods, so that it is nobody's as a whole: "sales of imported cars"."""
    tree = page.tree
    goods = (child for child in tree.children_by(measure, "nmod") if tree.case(child) == "of")
    return any(tree.tag[child] == "NNS" and child not in page.quantity_at for child in goods)


def _is_of_others(page: Page, measure: int) -> bool:
    """Whether the measure describes somebody else: "those with incomes of more than $5 million"."""
    tree = page.tree
    head = tree.head[measure]
    is_described = tree.dep[measure] == "nmod" and tree.case(measure) == "with"
    is_absolute = any(tree.tag[child] == "VBG" for child in tree.children_by(measure, "acl"))
    return is_described and not is_absolute and (tree.pos[head] in {"PRON", "DET"} or tree.tag[head] == "NNS")


def _company_after(page: Page, reading: Reading) -> Role | None:
    """The company that the clause names last: "Profit jumped 34% to $26.3 billion at Alphabet"."""
    tree = page.tree
    end = tree.sentences[tree.sentence[reading.trigger]][1]
    for index in range(reading.trigger + 1, end - 1):
        if tree.lower[index] in {",", ";", ":"} or tree.pos[index] in {"SCONJ", "CCONJ"}:
            return None
        named = page.name(index + 1) if tree.lower[index] == "at" else None
        if named is not None and page.entity_type(named.value.entity) == "organization":
            return Role(named.value.span, named.value.entity)
    return None


def span_full_phrase(page: Page, measure: int) -> Span:
    """The measure with all names, numbers and adjectives right before it ("the pan-European STOXX 600 index")."""
    tree = page.tree
    phrase = tree.phrase(measure)
    first = tree.tokens_of(phrase)[0]
    while first > 0 and (
        tree.pos[first - 1] in {"PROPN", "NOUN", "ADJ", "NUM", "DET"} or tree.lower[first - 1] in {"-", "&"}
    ):
        if tree.sentence[first - 1] != tree.sentence[measure] or first - 1 in page.time_at:
            break
        first -= 1
    last = tree.tokens_of(phrase)[-1]
    while last > first and is_instrument_code(page.text_of(last)):
        last -= 1
    return _cut_to_index(page, Span(tree.start[first], tree.end[last]))


def _cut_to_index(page: Page, span: Span) -> Span:
    """The name of a known index alone, where the words hold one: "the pan-European STOXX 600 index"."""
    words = page.analysis.article.text[span.start : span.end]
    found = [name for name in _INDEXES if name in words]
    if not found:
        return span
    name = max(found, key=len)
    start = words.index(name)
    rest = words[start + len(name) :].split()
    is_all = all(word.casefold() == "index" or is_instrument_code(word) for word in rest)
    return Span(span.start + start, span.start + start + len(name)) if is_all else span
