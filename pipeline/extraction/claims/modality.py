"""How surely a statement happens: actual, planned, forecast, possible, rumoured or conditional, from the words around.

Belongs here: auxiliaries, adverbs, adjectives, conditions and embedding words, and what the day of publication rules
out. Does not belong here: polarity, stance and source (`epistemics`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.embedding import is_infinitive, walk_main_clause
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.surface import is_said_to_be, is_to_be
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Span, TimeExpression
from pipeline.tables import Modality

_STANDING = frozenset({"compete"})
_CONDITIONS = frozenset({"if", "unless", "whether", "provided", "should"})
_FUTURE = frozenset({"will", "'ll", "shall", "wo", "going"})
_EVENT_GROUPS = frozenset({"capital", "product", "people", "relations", "legal"})
_OUTCOMES = frozenset({"close", "end", "finish", "settle", "trade", "stand", "hit", "reach", "touch"})


def place_in_time(page: Page, finding: Finding, modality: Modality, time: TimeExpression | None) -> Modality:
    """Return the modality, where the day of publication rules out what the words alone say.

    What is told as actual and lies after it is planned or forecast; what was decided and lies before it was done.
    """
    published = page.analysis.article.published_on
    if published is None or time is None:
        return modality
    if modality == "planned" and time.end is not None and time.end < published and _is_decided(page, finding.trigger):
        return "actual"
    if modality != "actual" or time.start is None or time.start <= published:
        return modality
    return "planned" if page.registry.predicates[finding.predicate].group in _EVENT_GROUPS else "forecast"


def _is_decided(page: Page, trigger: int) -> bool:
    """ "The bank's decision to cut rates last month": the time is that of the deed."""
    tree = page.tree
    return tree.dep[trigger] == "acl" and tree.lemma[tree.head[trigger]] in page.vocabulary.deed_nouns


def read_modality(page: Page, finding: Finding, chain: list[int]) -> Modality:
    """Return the least sure of the modalities that the trigger and the words above it, in `chain`, give."""
    found: set[Modality] = set()
    for words in (chain, walk_main_clause(page.tree, chain[-1])):
        for below, token in zip((None, *words), words, strict=False):
            found.update(_modalities_at(page, finding, token, below))
    order: tuple[Modality, ...] = ("rumoured", "conditional", "possible", "forecast", "planned")
    for modality in order:
        if modality in found:
            return modality
    return "actual"


def _modalities_at(page: Page, finding: Finding, token: int, below: int | None) -> Iterator[Modality]:
    """What the token's auxiliaries, adverbs and marks, and the token itself above others, say of the statement."""
    tree = page.tree
    is_event = page.registry.predicates[finding.predicate].group in _EVENT_GROUPS
    for child in tree.children_by(token, "aux", "advmod", "aux:pass", "amod"):
        modality = _modality_of_word(page, token, child, is_event)
        if modality is not None:
            yield modality
    if any(tree.lower[mark] in _CONDITIONS for mark in tree.children_by(token, "mark")):
        yield "conditional"
    if is_said_to_be(tree, token) and (noun := tree.child(token, "nsubj", "nsubj:outer")) is not None:
        yield from _embedding_modality(page, finding, noun, token)
    elif is_to_be(tree, token):
        yield "planned"
    noun = _noun_completed(tree, token)
    if noun is not None:
        yield from _embedding_modality(page, finding, noun, token)
    is_purpose = finding.predicate not in _STANDING
    if below is None and is_purpose and tree.dep[token] in {"advcl", "acl"} and is_infinitive(tree, token):
        yield from _infinitive_modality(page, token)
    if below is not None and tree.dep[below] != "conj":
        yield from _embedding_modality(page, finding, token, below)


def _noun_completed(tree: Tree, infinitive: int) -> int | None:
    """The object right before an infinitive that the parser hung on their verb: "announced plans to buy"."""
    marks = (mark for mark in tree.children_by(infinitive, "mark") if tree.tag[mark] == "TO")
    noun = next(marks, 0) - 1
    is_object = noun >= 0 and tree.pos[noun] == "NOUN" and tree.head[noun] == tree.head[infinitive] != infinitive
    return noun if is_object else None


def _modality_of_word(page: Page, token: int, word: int, is_event: bool) -> Modality | None:
    tree, vocabulary = page.tree, page.vocabulary
    form = tree.lower[word]
    if tree.lemma[word] in vocabulary.rumour_words or form in vocabulary.rumour_words:
        return "rumoured"
    if form in _FUTURE:
        return "planned" if is_event else "forecast"
    if form == "would":
        return _read_would(page, token, is_event)
    if tree.dep[word] == "amod":
        return _read_adjective(page, word)
    is_possible = form in vocabulary.possible_words and tree.tag[word] in {"MD", "RB"}
    return "possible" if is_possible else None


def _read_adjective(page: Page, word: int) -> Modality | None:
    """What an adjective says of its noun: "the proposed merger", "projected revenue", "a possible sale"."""
    lemma, vocabulary = page.tree.lemma[word], page.vocabulary
    if page.tree.tag[word] == "VBN" and lemma in vocabulary.forecast_words:
        return "forecast"
    if page.tree.tag[word] == "VBN" and lemma in vocabulary.plan_words:
        return "planned"
    return "possible" if lemma in {"possible", "potential", "prospective"} else None


def _embedding_modality(page: Page, finding: Finding, token: int, below: int) -> Iterator[Modality]:
    lemma, vocabulary = page.tree.lemma[token], page.vocabulary
    if lemma in vocabulary.rumour_words:
        yield "rumoured"
    elif lemma in vocabulary.forecast_words:
        yield "planned" if lemma == "poise" else "forecast"
    elif lemma in vocabulary.plan_words or (lemma == "announce" and _is_announced_outlay(page, finding, below)):
        yield "planned"
    elif lemma in vocabulary.possible_words:
        yield "possible"


def _read_would(page: Page, token: int, is_event: bool) -> Modality:
    """ "would" is the future of reported speech, and a condition in the author's own voice."""
    tree = page.tree
    if page.attribution(Span(tree.start[token], tree.end[token])) is None:
        return "conditional"
    return "planned" if is_event else "forecast"


def _is_announced_outlay(page: Page, finding: Finding, below: int) -> bool:
    is_outlay = page.registry.predicates[finding.predicate].group == "capital" or finding.predicate == "lay_off"
    return is_outlay and page.tree.pos[below] == "NOUN"


def _infinitive_modality(page: Page, token: int) -> Iterator[Modality]:
    tree = page.tree
    head = tree.head[token]
    is_headline = page.name(head) is not None and tree.head[head] == head
    is_outcome = tree.lemma[token] in _OUTCOMES and tree.lemma[head] in page.vocabulary.trading_verbs
    if (tree.dep[token] == "advcl" and not is_outcome) or is_headline:
        yield "planned"
    elif tree.lemma[head] in page.vocabulary.possible_words:
        yield "possible"
    elif tree.lemma[head] in page.vocabulary.plan_words:
        yield "planned"
