"""Figures of owners: from every quantity in the text to what it measures, whose it is, and the predicate it makes.

Belongs here: the order of the constructions and the choice of predicate, which is data: the registry's measures. Does
not belong here: constructions (`steps`, `levels`, `ranks`) and amounts that fill the value of an event (`events`).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.extraction.claims.amounts import Reading, find_counted_noun, find_per_unit
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.levels import (
    read_level,
    read_measured_noun,
    read_per_share,
    read_sent_level,
    read_share_of,
)
from pipeline.extraction.claims.owners import (
    find_corporate_owners,
    find_generic_owners,
    find_owners,
    is_of_kind,
    span_full_phrase,
)
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.ranks import find_superlatives, read_rank
from pipeline.extraction.claims.roles import is_deal
from pipeline.extraction.claims.steps import (
    read_change_noun,
    read_change_verb,
    read_predicative_change,
    read_trailing_change,
)
from pipeline.extraction.model import Quantity, Role
from pipeline.predicates import Predicate, Registry
from pipeline.predicates.model import Measure
from pipeline.tables import ValueKind

_ANY = "*"
_COUNTERS = frozenset({"number", "total", "amount", "volume", "count", "rest", "level", "rate", "share"})
_NAMES_ITS_MEASURE = frozenset({"metric", "metric_change", "rank"})
_ABOVE, _BELOW = frozenset({"above", "past", "beyond"}), frozenset({"below", "under"})
_MEASURED_BEFORE = frozenset({"sale", "sales", "revenue", "profit", "delivery", "output", "shipment", "registration"})
_NAMING = frozenset({"PROPN", "NUM"})
_GENERIC = frozenset({"counted", "trailing", "level"})


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
        for placed in [*page.quantities, *find_superlatives(page)]:
            if placed.value in taken or placed.anchor in page.time_at or _is_denominator(page, placed):
                continue
            reading = read_quantity(page, placed)
            if reading is not None:
                yield from self._make(page, placed, reading)

    def name_change(self, page: Page, noun: int) -> str | None:
        """Return the predicate for a change, without a figure, of what the noun names."""
        named = page.name(noun)
        lemma = "share" if named is not None else page.tree.lemma[noun]
        held = self._measures.get(("change", lemma)) or self._measures.get(("change", _ANY))
        return held[0][0].name if held else None

    def _make(self, page: Page, placed: Placed[Quantity], reading: Reading) -> Iterator[Finding]:
        owners = find_owners(page, reading)
        measure = reading.measure
        kind = "level" if reading.direction is None else "change"
        classified = self._classify(page, placed, reading, kind, owners)
        if classified is None:
            return
        predicate, pattern, is_named = classified
        if pattern.names_itself and measure is not None:
            owners = [Role(span_full_phrase(page, measure), None)]
        elif pattern.is_of_kinds and not owners and measure is not None and is_of_kind(page, measure):
            owners = [Role(page.tree.phrase(measure), None)]
        elif pattern.is_corporate:
            owners = find_corporate_owners(page, owners, reading)
        if not owners and not pattern.is_corporate and reading.construction not in {"share_of", "noun_of"}:
            owners = find_generic_owners(page, placed, reading, pattern, is_named)
        object_ = None
        if measure is not None and predicate.name in _NAMES_ITS_MEASURE:
            object_ = Role(page.tree.phrase(measure), None)
        for owner in owners:
            if predicate.name == "valuation" and is_deal(page, owner):
                continue
            kind_of_owner = page.entity_type(owner.entity)
            if kind_of_owner == "person" and reading.construction in {"level", "counted"}:
                continue
            if kind_of_owner is not None and kind_of_owner not in predicate.domain:
                continue
            yield Finding(
                predicate=predicate.name,
                trigger=reading.trigger,
                subject=owner,
                object=object_ if object_ is None or object_.span != owner.span else None,
                quantity=_compare(page, placed, reading),
                direction=reading.direction,
                rule_id=f"{predicate.name}.{reading.construction}",
                confidence=pattern.confidence,
            )

    def _classify(
        self, page: Page, placed: Placed[Quantity], reading: Reading, kind: str, owners: list[Role]
    ) -> tuple[Predicate, Measure, bool] | None:
        """The predicate of the reading, its measure, and whether the measure is enough to do without an owner."""
        value_kind = placed.value.kind
        named = self._find_named(page, placed, reading, kind, owners)
        if named is not None:
            return (*named, True)
        if value_kind == "percent" and _is_move_of_shares(page, reading, owners):
            shares = self._lookup(kind, "share", value_kind)
            return (*shares, True) if shares is not None else None
        if not _names_what_is_measured(page, placed, reading, owners):
            return None
        other = self._lookup(kind, _ANY, value_kind)
        is_step = reading.construction.startswith(("change", "trailing"))
        is_figure = bool(owners) or reading.construction in _GENERIC or is_step
        return (*other, is_step) if other is not None and is_figure else None

    def _find_named(
        self, page: Page, placed: Placed[Quantity], reading: Reading, kind: str, owners: list[Role]
    ) -> tuple[Predicate, Measure] | None:
        """The predicate whose registered measure the text names."""
        value_kind, measure = placed.value.kind, reading.measure
        if reading.construction == "priced":
            return self._lookup(kind, "price", value_kind)
        for name in _measure_names(page, placed, measure):
            found = self._lookup(kind, name, value_kind, placed.value.unit)
            if found is None:
                continue
            of_kind = found[1].is_corporate and not owners and is_of_kind(page, measure)
            if not of_kind or found[1].is_of_kinds:
                return found
        for name in _words_of_phrase(page, measure) if measure is not None else ():
            found = self._lookup(kind, name, value_kind, placed.value.unit)
            if found is not None and found[1].names_itself:
                return found
        unit = placed.value.unit
        return self._lookup(kind, unit, value_kind) if measure is None and unit is not None else None

    def _lookup(
        self, reading: str, noun: str, kind: ValueKind, unit: str | None = None
    ) -> tuple[Predicate, Measure] | None:
        for predicate, measure in self._measures.get((reading, noun), ()):
            if kind in predicate.value_kinds and (
                kind != "count" or unit is None or not measure.units or unit in measure.units
            ):
                return predicate, measure
        return None


def _compare(page: Page, placed: Placed[Quantity], reading: Reading) -> Quantity:
    """The quantity as its verb or preposition bounds it: "surpassed 160 million", "fell below $1 trillion"."""
    if placed.value.comparator != "eq":
        return placed.value
    before = page.tree.lower[placed.first - 1] if placed.first else ""
    if before in _BELOW:
        return replace(placed.value, comparator="less_than")
    is_exceeded = before in _ABOVE or page.tree.lemma[reading.trigger] in page.vocabulary.exceeding_verbs
    return replace(placed.value, comparator="more_than") if is_exceeded and reading.direction is None else placed.value


def _names_what_is_measured(page: Page, placed: Placed[Quantity], reading: Reading, owners: list[Role]) -> bool:
    """Whether the text says of what a figure without a predicate of its own is: a noun, or a product that moves."""
    if placed.value.kind == "duration" and reading.construction != "counted":
        return False
    if reading.measure is not None:
        return placed.value.kind != "money" or reading.measure != find_counted_noun(page, placed)
    is_product = any(page.entity_type(owner.entity) == "product" for owner in owners)
    is_move = reading.direction is not None and placed.value.kind == "percent"
    return find_per_unit(page, placed) is not None or (is_move and is_product)


def _is_denominator(page: Page, placed: Placed[Quantity]) -> bool:
    """Whether it is what another figure is told of: "22 deaths per 100,000"."""
    return placed.first > 0 and page.tree.lower[placed.first - 1] == "per"


def _is_move_of_shares(page: Page, reading: Reading, owners: list[Role]) -> bool:
    """Whether companies themselves rise or fall, as shares do: "Netflix jumped 11%"."""
    if reading.direction is None or reading.measure is not None or not owners:
        return False
    tree = page.tree
    first = tree.sentences[tree.sentence[reading.trigger]][0]
    if any(tree.lemma[i] in _MEASURED_BEFORE and tree.dep[i] == "nsubj" for i in range(first, reading.trigger)):
        return False
    is_traded = page.tree.lemma[reading.trigger] in page.vocabulary.trading_verbs or reading.construction == "trailing"
    return is_traded and all(page.entity_type(owner.entity) == "organization" for owner in owners)


def _measure_names(page: Page, placed: Placed[Quantity], measure: int | None) -> Iterator[str]:
    """The measure's names from the most to the least specific: with the word before it, its lemma, its form."""
    tree = page.tree
    per = find_per_unit(page, placed)
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


def _words_of_phrase(page: Page, measure: int) -> Iterator[str]:
    """The nouns of the measure's phrase, for names that end in a code or a number ("S&P 500", "Brent LCOc1")."""
    tree = page.tree
    words = [i for i in tree.tokens_of(span_full_phrase(page, measure)) if i <= measure or tree.pos[i] in _NAMING]
    if tree.lemma[measure] in page.vocabulary.deal_nouns | page.vocabulary.company_nouns:
        words = [measure]
    yield from (tree.lemma[i] for i in words if tree.pos[i] in {"NOUN", "PROPN", "ADJ"} and page.mention(i) is None)
    yield from (f"{tree.lower[i]}&{tree.lower[i + 2]}" for i in words if i + 2 in words and tree.lower[i + 1] == "&")


_READINGS: tuple[Callable[[Page, Placed[Quantity]], Reading | None], ...] = (
    read_predicative_change,
    read_trailing_change,
    read_sent_level,
    read_change_noun,
    read_change_verb,
    read_share_of,
    read_level,
    read_measured_noun,
    read_per_share,
)


def read_quantity(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the construction that the quantity stands in; None where it is none that states a figure."""
    if placed.value.kind == "rank":
        return read_rank(page, placed)
    for read in _READINGS:
        reading = read(page, placed)
        if reading is not None:
            return reading
    return None
