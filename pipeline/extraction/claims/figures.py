"""Figures of owners: from every quantity in the text to what it measures, whose it is, and whether it is a level or change.

Belongs here: the constructions in which news states a figure ("an 8% increase in revenue", "shares fell 3%", "revenue
reached $5bn", "has 300 stores"). Which predicate a measure makes is data: the registry's measures. Does not belong here:
amounts that fill the value of an event (`events`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.extraction.claims.clauses import (
    find_copula_subject,
    find_nearest_subject,
    find_object,
    find_subject,
    find_support,
)
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.roles import resolve_parties, resolve_role
from pipeline.extraction.model import Quantity, Role, Span
from pipeline.predicates import Predicate, Registry
from pipeline.predicates.model import Measure
from pipeline.tables import Direction, ValueKind

_ANY = "*"
_OWNER_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "on"})
_MEASURE_PREPOSITIONS = frozenset({"in", "of", "for", "on", "to"})
_FORMER_LEVEL = frozenset({"from", "versus", "against", "since", "than", "after", "compared", "until", "within"})
_DOWNWARD = frozenset(
    {
        "obj",
        "obl",
        "obl:unmarked",
        "nmod",
        "nmod:unmarked",
        "obl:agent",
        "advmod",
        "xcomp",
        "ccomp",
        "dep",
        "appos",
        "conj",
    }
)
_COUNTERS = frozenset({"number", "total", "amount", "volume", "count", "rest", "level", "rate"})
_NAMES_ITS_MEASURE = frozenset({"metric", "metric_change", "rank"})
_UNRANKED = frozenset(
    {
        "time",
        "year",
        "quarter",
        "day",
        "week",
        "month",
        "half",
        "place",
        "thing",
        "step",
        "chance",
        "round",
        "shareholder",
        "investor",
        "backer",
        "stakeholder",
    }
)
_LEVEL_PREPOSITIONS = frozenset({None, "at", "to", "below", "above", "around", "near", "under", "over", "about"})
_COPULAS = frozenset({"be", "remain", "stay", "'s", "'re", "close", "end", "finish", "trade", "open"})
_PART_VERBS = frozenset({"represent", "account", "comprise", "make", "constitute", "control", "capture", "hold"})
_LARGE_COUNT = 100
_GENERIC = frozenset({"counted", "trailing", "level"})
_WHOLE = frozenset(
    {
        "quarter", "year", "full", "month", "store", "group", "company", "net", "operating", "half", "share", "stock",
        "comparable", "same", "adjusted", "organic", "global", "worldwide", "total", "overall", "gross", "quarterly",
        "annual", "strong", "weak", "record", "first", "second", "third", "fourth", "last", "core", "international",
        "domestic",
    }
)
_VERB_REACH = 12
_NO_STEP = frozenset({"for", "in", "on", "after", "during", "over", "with", "of", "since", "until"})
_PER = frozenset({"a", "an", "per", "each"})
_SHARE_KINDS = frozenset({"diluted", "adjusted", "common", "ordinary", "basic"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A quantity's construction: the token that states it, what is measured, by whom it is had, and the direction."""

    trigger: int
    measure: int | None
    holder: int | None
    direction: Direction | None
    construction: str


class FigureMatcher:
    """The measures of a registry, by noun."""

    def __init__(self, registry: Registry) -> None:
        self._measures: dict[tuple[str, str], list[tuple[Predicate, Measure]]] = {}
        for predicate in registry.predicates.values():
            for measure in predicate.measures:
                for noun in sorted(measure.nouns):
                    self._measures.setdefault((measure.reading, noun), []).append((predicate, measure))

    def match(self, page: Page, taken: set[Quantity]) -> Iterator[Finding]:
        """Yield the figures that quantities outside `taken` state, in text order."""
        for placed in [*page.quantities, *_find_superlatives(page)]:
            if placed.value in taken or placed.anchor in page.time_at:
                continue
            reading = read_quantity(page, placed)
            if reading is not None:
                yield from self._make(page, placed, reading)

    def name_change(self, page: Page, noun: int) -> str | None:
        """Return the predicate for a change, without a figure, of what the noun names."""
        lemma = page.tree.lemma[noun]
        held = self._measures.get(("change", lemma)) or self._measures.get(("change", _ANY))
        return held[0][0].name if held else None

    def _make(self, page: Page, placed: Placed[Quantity], reading: _Reading) -> Iterator[Finding]:
        owners = _find_owners(page, reading)
        measure = reading.measure
        kind = "level" if reading.direction is None else "change"
        classified = self._classify(page, placed, reading, kind, owners)
        if classified is None:
            return
        predicate, pattern, is_named = classified
        if pattern.names_itself and measure is not None:
            owners = [Role(_full_phrase(page, measure), None)]
        elif pattern.is_of_kinds and not owners and measure is not None and _is_of_kind(page, measure):
            owners = [Role(page.tree.phrase(measure), None)]
        elif pattern.is_corporate:
            owners = _corporate_owners(page, owners, reading)
        if not owners and not pattern.is_corporate and reading.construction not in {"share_of", "noun_of"}:
            owners = _generic_owners(page, placed, reading, pattern, is_named)
        object_ = None
        if measure is not None and predicate.name in _NAMES_ITS_MEASURE:
            object_ = Role(page.tree.phrase(measure), None)
        for owner in owners:
            kind_of_owner = page.entity_type(owner.entity)
            if kind_of_owner == "person" and reading.construction == "level":
                continue
            if kind_of_owner is not None and kind_of_owner not in predicate.domain:
                continue
            yield Finding(
                predicate=predicate.name,
                trigger=reading.trigger,
                subject=owner,
                object=object_ if object_ is None or object_.span != owner.span else None,
                quantity=placed.value,
                direction=reading.direction,
                rule_id=f"{predicate.name}.{reading.construction}",
                confidence=pattern.confidence,
            )

    def _classify(
        self, page: Page, placed: Placed[Quantity], reading: _Reading, kind: str, owners: list[Role]
    ) -> tuple[Predicate, Measure, bool] | None:
        if reading.construction == "priced" and (found := self._lookup(kind, "price", placed.value.kind)):
            return (*found, True)
        for name in _measure_names(page, placed, reading.measure):
            found = self._lookup(kind, name, placed.value.kind)
            if found is None:
                continue
            is_of_kind = found[1].is_corporate and not owners and _is_of_kind(page, reading.measure)
            if not is_of_kind or found[1].is_of_kinds:
                return (*found, True)
        if reading.measure is not None:
            for name in _words_of_phrase(page, reading.measure):
                found = self._lookup(kind, name, placed.value.kind)
                if found is not None and found[1].names_itself:
                    return (*found, True)
        unit = placed.value.unit
        if reading.measure is None and unit is not None and (found := self._lookup(kind, unit, placed.value.kind)):
            return (*found, True)
        if reading.measure is None and kind == "change" and placed.value.kind == "percent" and owners:
            if all(page.entity_type(owner.entity) == "organization" for owner in owners):
                found = self._lookup(kind, "share", placed.value.kind)
                return (*found, True) if found else None
        found = self._lookup(kind, _ANY, placed.value.kind)
        is_figure = owners or reading.construction in _GENERIC or reading.construction.startswith("change")
        is_step = reading.construction.startswith(("change", "trailing"))
        return (*found, is_step) if found and is_figure else None

    def _lookup(self, reading: str, noun: str, kind: ValueKind) -> tuple[Predicate, Measure] | None:
        for predicate, measure in self._measures.get((reading, noun), ()):
            if kind in predicate.value_kinds:
                return predicate, measure
        return None


def _is_of_kind(page: Page, measure: int | None) -> bool:
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


def _generic_owners(
    page: Page, placed: Placed[Quantity], reading: _Reading, pattern: Measure, is_named: bool
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
    return [role] if role is not None else []


def _is_measurable(page: Page, measure: int | None) -> bool:
    return measure is not None and page.tree.lemma[measure] in page.vocabulary.measurable_nouns


def _corporate_owners(page: Page, owners: list[Role], reading: _Reading) -> list[Role]:
    """The owners that can be companies; where there is none, the company that the text is speaking of."""
    owners = [owner for owner in owners if page.entity_type(owner.entity) in {"organization", "product"}]
    company = page.company_in_focus(reading.trigger) if not owners else None
    return [Role(company.value.span, company.value.entity)] if company is not None else owners


def _measure_names(page: Page, placed: Placed[Quantity], measure: int | None) -> Iterator[str]:
    """The measure's names from the most to the least specific: with the word before it, its lemma, its form."""
    tree = page.tree
    per = _per_unit(page, placed)
    if per is not None:
        yield f"per {per}"
    if measure is None:
        return
    if tree.lower[max(measure - 3, 0) : measure] == ["per", "-", "share"]:
        yield "per share"
    lemma, form = tree.lemma[measure], tree.lower[measure]
    if lemma in _COUNTERS:
        for child in tree.children_by(measure, "nmod"):
            if tree.case(child) == "of":
                yield tree.lemma[child]
    if measure > 0:
        yield f"{tree.lower[measure - 1]} {lemma}"
    yield lemma
    if form != lemma:
        yield form


def _full_phrase(page: Page, measure: int) -> Span:
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
    return Span(tree.start[first], phrase.end)


def _words_of_phrase(page: Page, measure: int) -> Iterator[str]:
    """The nouns of the measure's phrase, for names that end in a code or a number ("S&P 500", "Brent LCOc1")."""
    tree = page.tree
    words = tree.tokens_of(_full_phrase(page, measure))
    yield from (tree.lemma[i] for i in words if tree.pos[i] in {"NOUN", "PROPN"} and page.mention(i) is None)
    yield from (f"{tree.lower[i]}&{tree.lower[i + 2]}" for i in words if i + 2 in words and tree.lower[i + 1] == "&")


def _per_unit(page: Page, placed: Placed[Quantity]) -> str | None:
    """What an amount is counted by: "$1.10 a share", "per diluted share"."""
    tree = page.tree
    after = placed.last + 1
    if after >= tree.size or tree.lower[after] not in _PER:
        return None
    position = after + 1
    while position < tree.size and tree.lower[position] in _SHARE_KINDS:
        position += 1
    return tree.lemma[position] if position < tree.size else None


def read_quantity(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """Return the construction that the quantity stands in; None where it is none that states a figure."""
    if placed.value.kind == "rank":
        return _read_rank(page, placed)
    for read in _READINGS:
        reading = read(page, placed)
        if reading is not None:
            return reading
    return None


def _direction_of_noun(page: Page, token: int) -> Direction | None:
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


def _direction_of_word(page: Page, token: int) -> Direction | None:
    lower = page.tree.lower[token]
    if lower in page.vocabulary.increase_words:
        return "increase"
    return "decrease" if lower in page.vocabulary.decrease_words else None


def _read_change_noun(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    tree = page.tree
    noun = _modified_noun(page, placed)
    direction = _direction_of_noun(page, noun) if noun is not None else None
    if noun is None or direction is None:
        noun = _noun_before_of(page, placed, frozenset({"of", "by"}))
        direction = _direction_of_noun(page, noun) if noun is not None else None
    is_counted = placed.value.kind == "count" and noun == _modified_noun(page, placed)
    if noun is None or direction is None or is_counted or tree.lemma[noun] == "loss":
        return None
    measure = None
    for child in sorted([*tree.children[noun], *_right_phrases(page, noun)]):
        if child != placed.anchor and child > noun and tree.case(child) in _MEASURE_PREPOSITIONS:
            if child not in page.time_at and child not in page.quantity_at:
                measure = child
                break
    if measure is None:
        before = noun - 1
        if before >= 0 and tree.pos[before] == "NOUN" and before not in page.quantity_at:
            measure = before
    holder = find_support(tree, noun, None)
    return _Reading(noun, measure, holder, direction, "change_noun")


def _right_phrases(page: Page, noun: int) -> list[int]:
    tree = page.tree
    if noun + 2 < tree.size and tree.dep[noun + 1] == "case" and tree.lower[noun + 1] in {"in", "of"}:
        return [tree.head[noun + 1]]
    return []


def _read_predicative_change(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """Return the reading of "shares were down 5.4%", "sales are up 3 percent"."""
    tree = page.tree
    word = placed.first - 1
    while word > 0 and tree.lower[word] in {"about", "nearly", "by", "roughly", "around", "almost"}:
        word -= 1
    direction = _direction_of_word(page, word) if word > 0 else None
    copula = word - 1
    while copula > 0 and tree.pos[copula] == "ADV":
        copula -= 1
    if direction is None or copula < 1 or tree.lemma[copula] not in _COPULAS:
        return None
    measured = find_nearest_subject(tree, copula)
    if measured is None:
        return None
    return _Reading(word, _measured_noun(page, measured), None, direction, "change_verb")


def _measured_noun(page: Page, token: int) -> int:
    """The noun that is measured, where a coordination before it was taken for the head ("Truck and SUV sales")."""
    tree = page.tree
    if tree.lemma[token] in page.vocabulary.measurable_nouns:
        return token
    joined = (c for c in tree.children_by(token, "conj") if tree.lemma[c] in page.vocabulary.measurable_nouns)
    return next(joined, token)


def _read_change_verb(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    tree = page.tree
    anchor = placed.anchor
    if placed.value.kind in {"duration", "rank"}:
        return None
    preposition = tree.case(anchor) or _preposition_before(page, placed)
    if preposition in _NO_STEP and tree.lower[placed.first - 1] == preposition:
        return None
    for verb in _verbs_above(page, _head_of_amount(page, placed)):
        direction = find_direction(page, verb) if tree.is_verb(verb) else None
        if direction is None:
            words = _words_near(page, verb, placed)
            direction = next((found for found in (_direction_of_word(page, w) for w in words) if found), None)
        if direction is None:
            continue
        measured = tree.child(verb, "nsubj", "nsubj:pass", "nsubj:outer")
        if measured is None:
            measured = find_object(tree, verb) if tree.is_passive(verb) else find_subject(tree, verb)
        patient = tree.child(verb, "obj")
        holder = None
        if patient is not None and not _is_amount(page, patient) and tree.pos[patient] in {"NOUN", "PROPN"}:
            holder, measured = measured, patient
        return _read_step(page, placed, _Reading(verb, measured, holder, direction, "change_verb"), preposition)
    return None


def _read_step(page: Page, placed: Placed[Quantity], reading: _Reading, preposition: str | None) -> _Reading | None:
    """A change by so much, or the level that it leads to or starts from."""
    if preposition == "at" and placed.value.kind == "count":
        return None
    if preposition == "from" or (preposition in {"to", "at"} and placed.value.kind != "ratio"):
        step = "change_from" if preposition == "from" else "change_to"
        return _Reading(reading.trigger, reading.measure, reading.holder, None, step)
    if preposition in _FORMER_LEVEL or _is_points_beside_percent(page, placed):
        return None
    return reading


def _is_points_beside_percent(page: Page, placed: Placed[Quantity]) -> bool:
    """Whether this is the points of a move that the text gives in percent as well ("102 points, or 0.4%")."""
    if placed.value.kind != "count":
        return False
    near = range(placed.last + 1, min(placed.last + 6, page.tree.size))
    return any(page.quantity_at[i].value.kind == "percent" for i in near if i in page.quantity_at)


def _read_trailing_change(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """ "settled at $55.21 a barrel, down 3.2%", "net income of $714m, up from $622m"."""
    tree = page.tree
    before = placed.first - 1
    preposition = None
    if before > 0 and tree.lower[before] in {"from", "to", "by"}:
        preposition = tree.lower[before]
        before -= 1
    if preposition == "from" and tree.lower[before] == "and":
        before = next((i for i in range(before, max(before - 8, 0), -1) if tree.lower[i + 1] == "from"), before)
    direction = _direction_of_word(page, before) if before > 0 else None
    if direction is None or before < 1 or tree.lower[before - 1] not in {",", "–", "—", "-", "but", "still"}:
        return None
    start = tree.sentences[tree.sentence[before]][0]
    for position in range(before - 1, start - 1, -1):
        if tree.pos[position] in {"VERB", "AUX"} and tree.tag[position] in {"VBD", "VBZ", "VBP", "VBN"}:
            reading = _measure_of_verb(page, position)
            return _read_step(page, placed, _Reading(before, *reading, direction, "trailing"), preposition)
    return None


def _measure_of_verb(page: Page, verb: int) -> tuple[int | None, int | None]:
    """What the clause measures and who has it: "the price settled", "Target posted net income of ..."."""
    tree = page.tree
    if tree.pos[verb] == "AUX":
        return find_nearest_subject(tree, verb), None
    subject = find_subject(tree, verb) if not tree.is_passive(verb) else find_object(tree, verb)
    patient = tree.child(verb, "obj")
    if patient is not None and patient not in page.quantity_at and tree.lemma[verb] in page.vocabulary.holding_verbs:
        return patient, subject
    return subject, None


def _is_amount(page: Page, token: int) -> bool:
    """Whether the token is a quantity, a time, or a noun that a quantity counts."""
    tree = page.tree
    if token in page.quantity_at or token in page.time_at:
        return True
    return any(child in page.quantity_at for child in tree.children_by(token, "nummod"))


def _head_of_amount(page: Page, placed: Placed[Quantity]) -> int:
    """The token by which the amount hangs on its clause: the counted noun, else the quantity itself."""
    tree = page.tree
    head = tree.head[placed.anchor]
    counted = tree.dep[placed.anchor] in {"nummod", "compound"} and placed.last < head <= placed.last + 3
    return head if counted and tree.pos[head] in {"NOUN", "PROPN", "SYM"} else placed.anchor


def _verbs_above(page: Page, anchor: int) -> Iterator[int]:
    tree = page.tree
    current = anchor
    for _ in range(4):
        head = tree.head[current]
        if head == current or tree.dep[current] not in _DOWNWARD:
            break
        if tree.dep[current] in {"conj", "appos"} and not _is_amount(page, head):
            break
        current = head
        if tree.is_verb(current) or tree.pos[current] in {"ADV", "ADJ", "ADP"}:
            yield current
    if tree.has_child(anchor, "cop", "nsubj"):
        yield anchor
    nearest = _verb_before(page, anchor)
    if nearest is not None:
        yield nearest


def _verb_before(page: Page, anchor: int) -> int | None:
    """The verb of change before the amount with no other verb or comma between, whatever the amount hangs on."""
    tree = page.tree
    start = tree.sentences[tree.sentence[anchor]][0]
    for position in range(anchor - 1, max(anchor - _VERB_REACH, start) - 1, -1):
        if tree.pos[position] in {"VERB", "AUX"}:
            return position if find_direction(page, position) is not None else None
        if tree.lower[position] in {",", ";", ":", "(", "while", "and"}:
            return None
    return None


def _words_near(page: Page, verb: int, placed: Placed[Quantity]) -> Iterator[int]:
    yield verb
    if placed.first > 0:
        yield placed.first - 1
    yield from (c for c in page.tree.children_by(verb, "advmod", "compound:prt", "xcomp") if c < placed.first)


def _preposition_before(page: Page, placed: Placed[Quantity]) -> str | None:
    before = placed.first - 1
    return page.tree.lower[before] if before >= 0 and page.tree.pos[before] in {"ADP", "SCONJ"} else None


def _read_share_of(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """ "$39bn in revenue", "40% of Alibaba's deals", "20% of the market"."""
    tree = page.tree
    after = placed.last + 1
    if after >= tree.size or tree.lower[after] not in {"in", "of"} or placed.value.kind not in {"money", "percent"}:
        return None
    measure = tree.head[after]
    if (
        measure <= after
        or measure in page.time_at
        or measure in page.quantity_at
        or not tree.is_noun(measure)
        or page.name(measure) is not None
    ):
        return None
    return _Reading(placed.anchor, measure, _clause_subject(page, placed.anchor), None, "share_of")


def _clause_subject(page: Page, token: int) -> int | None:
    tree = page.tree
    clause = tree.clause(token)
    if not tree.is_verb(clause) or tree.lemma[clause] not in page.vocabulary.holding_verbs | _PART_VERBS:
        return None
    return find_subject(tree, clause)


def _read_level(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """Return the reading of "revenue was / reached / stood at $5bn"."""
    tree = page.tree
    anchor = _head_of_amount(page, placed)
    if tree.has_child(anchor, "cop"):
        copula = tree.child(anchor, "cop")
        subject = tree.child(anchor, "nsubj", "nsubj:outer")
        if subject is None and copula is not None:
            subject = find_nearest_subject(tree, copula)
        return None if subject is None else _level_of(page, placed, anchor, subject)
    head = tree.head[anchor]
    if tree.lower[placed.first - 1] == "worth" and placed.first:
        return _Reading(placed.first - 1, placed.first - 1, find_subject(tree, placed.first - 1), None, "worth")
    if tree.dep[anchor] in {"obj", "obl", "xcomp", "obl:unmarked"} and tree.is_verb(head):
        preposition = tree.case(anchor)
        if tree.lemma[head] in page.vocabulary.level_verbs and preposition in _LEVEL_PREPOSITIONS:
            subject = find_subject(tree, head) if not tree.is_passive(head) else find_object(tree, head)
            return None if subject is None else _level_of(page, placed, head, subject)
    return None


def _level_of(page: Page, placed: Placed[Quantity], trigger: int, subject: int) -> _Reading:
    """What a subject's level is of: the subject itself, or for a party what the amount counts ("reached 2m users")."""
    role = resolve_role(page, subject)
    if page.name(subject) is not None or (role is not None and role.entity is not None):
        counted = _modified_noun(page, placed)
        return _Reading(trigger, counted, subject, None, "level")
    return _Reading(trigger, subject, None, None, "level")


def _read_measured_noun(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """Return the reading of "36,000 stores", "revenue of $5bn", held by the subject or possessor."""
    tree = page.tree
    noun = _noun_before_of(page, placed, frozenset({"of", "at"}))
    construction = "noun_of"
    if noun is None:
        noun = _modified_noun(page, placed)
        construction = "counted"
    named = page.name(noun) if noun is not None else None
    if named is not None and placed.value.kind == "money" and page.entity_type(named.value.entity) == "product":
        return _Reading(named.anchor, None, named.anchor, None, "priced")
    if noun is None or (named is not None and tree.lower[noun] != placed.value.unit):
        return None
    holder = None
    verb = tree.head[noun]
    if tree.dep[noun] == "obl" and tree.case(noun) == "with" and tree.is_verb(verb):
        return _Reading(noun, noun, find_subject(tree, verb), None, construction)
    if tree.is_verb(verb) and tree.dep[noun] in {"obj", "obl", "conj"}:
        if tree.lemma[verb] in page.vocabulary.holding_verbs:
            holder = find_subject(tree, verb)
        elif construction == "counted":
            return None
    elif construction == "counted" and not tree.has_child(noun, "nmod:poss"):
        return None
    return _Reading(noun, noun, holder, None, construction)


def _modified_noun(page: Page, placed: Placed[Quantity]) -> int | None:
    """The noun that the quantity stands before: by the tree, or as the next noun of the same phrase."""
    tree = page.tree
    head = tree.head[placed.anchor]
    is_modifier = tree.dep[placed.anchor] in {"nummod", "compound", "amod", "nmod:unmarked", "nmod"}
    if is_modifier and placed.last < head <= placed.last + 5 and tree.pos[head] in {"NOUN", "PROPN"}:
        return head
    if placed.value.unit is None:
        return None
    reach = range(placed.first, min(placed.last + 5, tree.size))
    return next((i for i in reach if tree.lemma[i] == placed.value.unit or tree.lower[i] == placed.value.unit), None)


def _noun_before_of(page: Page, placed: Placed[Quantity], prepositions: frozenset[str]) -> int | None:
    tree = page.tree
    before = placed.first - 1
    if before < 1 or tree.lower[before] not in prepositions or tree.pos[before - 1] not in {"NOUN", "PROPN"}:
        return None
    return before - 1 if page.name(before - 1) is None else None


def _find_superlatives(page: Page) -> Iterator[Placed[Quantity]]:
    """Superlatives that put a party first ("the world's largest carmaker"), as ranks; "one of the largest" does not."""
    tree = page.tree
    for token in range(1, tree.size - 1):
        is_first = tree.tag[token] == "JJS" and tree.lower[token] not in {"latest", "least", "most", "best", "last"}
        if not is_first or token in page.quantity_at or token - 1 in page.quantity_at or tree.lower[token - 1] == "-":
            continue
        before = range(max(token - 5, 0), token)
        if any(tree.lower[i] == "one" and tree.lower[i + 1] == "of" for i in before) or tree.lower[token - 1] == "at":
            continue
        span = Span(tree.start[token], tree.end[token])
        yield Placed(Quantity(span=span, kind="rank", low=1, high=1, comparator="eq"), token, token, token)


def _read_rank(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """Return the reading of "the second-largest maker of ...", said of somebody by copula, apposition or "as"."""
    tree = page.tree
    noun = tree.head[placed.anchor]
    if tree.pos[noun] in {"ADJ", "ADV"}:
        noun = tree.head[noun]
    if noun <= placed.last or tree.pos[noun] not in {"NOUN", "PROPN"} or tree.lemma[noun] in _UNRANKED:
        return None
    while tree.dep[noun] == "compound" and tree.head[noun] > noun:
        noun = tree.head[noun]
    holder = find_copula_subject(tree, noun)
    if holder is None and tree.dep[noun] == "appos":
        holder = tree.head[noun]
    if holder is None and tree.case(noun) == "as":
        holder = _subject_of_as(page, tree.head[noun])
    if holder is None and tree.dep[noun] == "obj" and tree.lemma[tree.head[noun]] in {"represent", "become", "remain"}:
        holder = find_subject(tree, tree.head[noun])
    return _Reading(noun, noun, holder, None, "rank") if holder is not None else None


def _subject_of_as(page: Page, verb: int) -> int | None:
    tree = page.tree
    if not tree.is_verb(verb):
        return None
    patient = find_object(tree, verb)
    return patient if patient is not None else find_subject(tree, verb)


def _read_per_share(page: Page, placed: Placed[Quantity]) -> _Reading | None:
    """Return the reading of an amount per share that nothing else says more of: "expected $2.52 a share"."""
    if placed.value.kind != "money" or _per_unit(page, placed) != "share":
        return None
    return _Reading(placed.anchor, None, None, None, "per_share")


_READINGS: tuple[Callable[[Page, Placed[Quantity]], _Reading | None], ...] = (
    _read_predicative_change,
    _read_trailing_change,
    _read_change_noun,
    _read_change_verb,
    _read_share_of,
    _read_level,
    _read_measured_noun,
    _read_per_share,
)


def _find_owners(page: Page, reading: _Reading) -> list[Role]:
    tree = page.tree
    is_ranked = reading.construction == "rank"
    starts = (
        []
        if is_ranked
        else [token for token in (reading.measure, reading.trigger) if token is not None and tree.is_noun(token)]
    )
    for start in starts:
        if start not in page.quantity_at and (owners := find_owners_of_noun(page, start)):
            return owners
    if reading.holder is not None:
        holder = reading.holder
        roles = [role for role in resolve_parties(page, holder) if role.entity is not None]
        return roles or (find_owners_of_noun(page, holder) if tree.is_noun(holder) else [])
    return []


def find_owners_of_noun(page: Page, noun: int) -> list[Role]:
    """Return the entities that have what the noun names: possessor, name before it, phrase with "of", "for", "at" ..."""
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
