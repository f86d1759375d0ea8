"""Constructions that state a change: "fell 3%", "an 8% increase in revenue", "were down 5.4%", "..., up from $5m".

Belongs here: what changed, and the levels that a change leads from and to. Does not belong here: which words mean more
or less (`directions`), levels stated by themselves (`levels`), owners (`owners`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.amounts import Reading, find_counted_noun, find_noun_before, head_of_amount, is_amount
from pipeline.extraction.claims.clauses import find_object, find_subject, find_support
from pipeline.extraction.claims.directions import find_direction, find_noun_direction, find_word_direction
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.claims.surface import find_nearest_subject, find_own_subject
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Quantity
from pipeline.tables import Direction

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
_COPULAS = frozenset({"be", "remain", "stay", "'s", "'re", "close", "end", "finish", "trade", "open"})
_ACCOMPANYING = 6
_VERB_REACH = 12
_NO_STEP = frozenset({"for", "in", "on", "after", "during", "over", "with", "of", "since", "until"})


def read_change_noun(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of "an 8% increase in revenue", "sales growth of 1.8%"."""
    tree = page.tree
    noun = find_counted_noun(page, placed)
    direction = find_noun_direction(page, noun) if noun is not None else None
    if noun is None or direction is None:
        noun = find_noun_before(page, placed, frozenset({"of", "by"}))
        direction = find_noun_direction(page, noun) if noun is not None else None
    is_counted = placed.value.kind == "count" and noun == find_counted_noun(page, placed)
    if noun is None or direction is None or is_counted or tree.lemma[noun] == "loss":
        return None
    measure = find_changed(page, placed, noun)
    if measure is None and noun > 1 and "," in tree.lower[noun - 2 : noun]:
        return _read_apposed_change(page, noun, direction)
    return Reading(noun, measure, find_support(tree, noun, None), direction, "change_noun")


def _read_apposed_change(page: Page, noun: int, direction: Direction) -> Reading | None:
    """ "Ford sold 300,000 vehicles last year, an increase of 3%": of what the clause before counts or measures."""
    tree = page.tree
    first = tree.sentences[tree.sentence[noun]][0]
    for position in range(noun - 1, first, -1):
        if tree.pos[position] in {"VERB", "AUX"} and tree.tag[position] in {"VBD", "VBZ", "VBP", "VBN"}:
            patient = tree.child(position, "obj")
            if patient is not None and tree.is_noun(patient) and tree.lemma[position] in page.vocabulary.holding_verbs:
                return Reading(noun, patient, find_subject(tree, position), direction, "trailing")
            return Reading(noun, *_measure_of_verb(page, position), direction, "trailing")
    return None


def find_changed(page: Page, placed: Placed[Quantity], noun: int) -> int | None:
    """Return what a noun of change is about: "an increase in revenue", "revenue growth"; None where it stands alone."""
    tree = page.tree
    if noun > 0 and tree.pos[noun - 1] == "NOUN" and tree.lemma[noun - 1] in page.vocabulary.measurable_nouns:
        return noun - 1
    for child in sorted([*tree.children[noun], *_right_phrases(page, noun)]):
        is_valued = child == placed.anchor or child in page.time_at or child in page.quantity_at
        if child > noun and not is_valued and tree.case(child) in _MEASURE_PREPOSITIONS:
            return child
    is_compound = noun > 0 and tree.pos[noun - 1] == "NOUN" and noun - 1 not in page.quantity_at
    return noun - 1 if is_compound else None


def _right_phrases(page: Page, noun: int) -> list[int]:
    tree = page.tree
    if noun + 2 < tree.size and tree.dep[noun + 1] == "case" and tree.lower[noun + 1] in {"in", "of"}:
        return [tree.head[noun + 1]]
    return []


def read_predicative_change(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of "shares were down 5.4%", "sales are up 3 percent"."""
    tree = page.tree
    word = placed.first - 1
    while word > 0 and tree.lower[word] in {"about", "nearly", "by", "roughly", "around", "almost"}:
        word -= 1
    direction = find_word_direction(page, word) if word > 0 else None
    copula = word - 1
    while copula > 0 and tree.pos[copula] == "ADV":
        copula -= 1
    if direction is None or copula < 1:
        return None
    is_copular = tree.lemma[copula] in _COPULAS
    measured = find_nearest_subject(tree, copula) if is_copular else _find_accompanying(tree, copula)
    if measured is None:
        return None
    return Reading(word, _find_measured_noun(page, measured), None, direction, "change_verb")


def _find_accompanying(tree: Tree, noun: int) -> int | None:
    """The noun that a phrase with "with" tells the state of: "with shares up 3%"."""
    if tree.pos[noun] not in {"NOUN", "PROPN"}:
        return None
    for position in range(noun, max(noun - _ACCOMPANYING, 0), -1):
        if tree.lower[position] == "of":
            noun = position - 1
        elif tree.pos[position] in {"VERB", "AUX", "ADP", "SCONJ", "PUNCT"}:
            return noun if tree.lower[position] == "with" else None
    return None


def _find_measured_noun(page: Page, token: int) -> int:
    """The noun that is measured, where a coordination before it was taken for the head ("Truck and SUV sales")."""
    tree = page.tree
    if tree.lemma[token] in page.vocabulary.measurable_nouns:
        return token
    joined = (c for c in tree.children_by(token, "conj") if tree.lemma[c] in page.vocabulary.measurable_nouns)
    return next(joined, token)


def read_change_verb(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of "revenue rose 8%", "cut prices by 6%", "fell to $5"."""
    tree = page.tree
    anchor = placed.anchor
    is_joined = placed.value.kind == "count" and placed.last + 1 < tree.size and tree.lower[placed.last + 1] == "-"
    if placed.value.kind in {"duration", "rank"} or is_joined or _describes_thing(page, placed):
        return None
    preposition = tree.case(anchor) or _preposition_before(page, placed)
    if preposition in _NO_STEP and tree.lower[placed.first - 1] == preposition:
        return None
    for verb in _verbs_above(page, head_of_amount(page, placed)):
        direction = _direction_at(page, verb, placed)
        if direction is not None:
            measured, holder = _measure_of_change(page, verb)
            return _read_step(page, placed, Reading(verb, measured, holder, direction, "change_verb"), preposition)
    return None


def _describes_thing(page: Page, placed: Placed[Quantity]) -> bool:
    """Whether money only says how much a thing is: "fell, largely due to an $82 billion dividend"."""
    thing = find_counted_noun(page, placed) if placed.value.kind == "money" else None
    return thing is not None and page.tree.case(thing) in _NO_STEP | {"to", "by", "due", "because", "amid"}


def _direction_at(page: Page, verb: int, placed: Placed[Quantity]) -> Direction | None:
    """The direction of the verb itself, or of a word beside it ("closed up 2.1%")."""
    direction = find_direction(page, verb) if page.tree.is_verb(verb) else None
    if direction is not None:
        return direction
    for word in _words_near(page, verb, placed):
        if page.tree.lower[min(word + 1, page.tree.size - 1)] == "to" and page.tree.lemma[verb] not in _COPULAS:
            continue
        direction = find_word_direction(page, word)
        if direction is not None:
            return direction
    return None


def _measure_of_change(page: Page, verb: int) -> tuple[int | None, int | None]:
    """What changes and who changes it: "revenue rose", "Tesla cut prices"."""
    tree = page.tree
    subject = find_own_subject(tree, verb)
    if subject is None:
        subject = find_object(tree, verb) if tree.is_passive(verb) else find_subject(tree, verb)
    patient = tree.child(verb, "obj")
    if patient is not None and not is_amount(page, patient) and tree.pos[patient] in {"NOUN", "PROPN"}:
        return patient, subject
    if subject is not None and page.name(subject) is not None:
        return None, subject
    return subject, None


def _read_step(page: Page, placed: Placed[Quantity], reading: Reading, preposition: str | None) -> Reading | None:
    """A change by so much, or the level that it leads to or starts from."""
    if preposition == "at" and placed.value.kind == "count":
        return None
    if preposition in {"to", "from"} and not _is_counted_in(page, placed, reading.measure):
        return None
    if preposition == "from" or (preposition in {"to", "at"} and placed.value.kind != "ratio"):
        step = "change_from" if preposition == "from" else "change_to"
        return Reading(reading.trigger, reading.measure, reading.holder, None, step)
    if preposition in _FORMER_LEVEL or _is_points_beside_percent(page, placed):
        return None
    return reading


def _is_counted_in(page: Page, placed: Placed[Quantity], measure: int | None) -> bool:
    """Whether the amount can be the level of what changed: no singular thing is of many things ("to 12 states")."""
    tree = page.tree
    counted = find_counted_noun(page, placed)
    if placed.value.kind != "count" or measure is None or counted is None or counted == measure:
        return True
    return tree.tag[measure] != "NN" or tree.lemma[measure] in page.vocabulary.group_nouns


def _is_points_beside_percent(page: Page, placed: Placed[Quantity]) -> bool:
    """Whether this is the points of a move that the text gives in percent as well ("102 points, or 0.4%")."""
    if placed.value.kind != "count":
        return False
    near = range(placed.last + 1, min(placed.last + 6, page.tree.size))
    return any(page.quantity_at[i].value.kind == "percent" for i in near if i in page.quantity_at)


def read_trailing_change(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """ "settled at $55.21 a barrel, down 3.2%", "net income of $714m, up from $622m"."""
    tree = page.tree
    before = placed.first - 1
    preposition = None
    if before > 0 and tree.lower[before] in {"from", "to", "by"}:
        preposition = tree.lower[before]
        before -= 1
    if preposition == "from" and tree.lower[before] == "and":
        before = next((i for i in range(before, max(before - 8, 0), -1) if tree.lower[i + 1] == "from"), before)
    direction = find_word_direction(page, before) if before > 0 else None
    if direction is None or before < 1 or tree.lower[before - 1] not in {",", "–", "—", "-", "but", "still"}:
        return None
    start = tree.sentences[tree.sentence[before]][0]
    for position in range(before - 1, start - 1, -1):
        if tree.pos[position] in {"VERB", "AUX"} and tree.tag[position] in {"VBD", "VBZ", "VBP", "VBN"}:
            reading = _measure_of_verb(page, position)
            return _read_step(page, placed, Reading(before, *reading, direction, "trailing"), preposition)
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


def _verbs_above(page: Page, anchor: int) -> Iterator[int]:
    tree = page.tree
    current = anchor
    for _ in range(4):
        head = tree.head[current]
        if head == current or tree.dep[current] not in _DOWNWARD:
            break
        if tree.dep[current] in {"conj", "appos"} and not is_amount(page, head):
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
