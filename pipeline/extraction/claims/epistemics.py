"""Polarity, stance, modality and attribution of a finding, from the words around and above its trigger.

Belongs here: the scope of negation, auxiliaries, adverbs and embedding words (plans, forecasts, rumours, denials), and
who stands for the statement. Does not belong here: finding attributions and finding statements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import digits

from pipeline.extraction.claims.clauses import find_noun_subject, find_subject, is_said_to_be, is_to_be
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.roles import resolve_role
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Attribution, Span, TimeExpression
from pipeline.tables import Modality, Polarity, Stance

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "hardly", "cannot", "none"})
_NEGATING_MARKS = frozenset({"without", "instead", "rather"})
_CONDITIONS = frozenset({"if", "unless", "whether", "provided", "should"})
_FUTURE = frozenset({"will", "'ll", "shall", "wo", "going"})
_EMBEDDING = frozenset(
    {"xcomp", "ccomp", "obj", "nsubj:pass", "csubj", "nmod", "obl", "acl", "advcl", "nmod:poss", "conj"}
)
_EVENT_GROUPS = frozenset({"capital", "product", "people", "relations", "legal"})
_PASSING = frozenset({"title", "apposition", "copula", "member", "possessive"})
_OUTCOMES = frozenset({"close", "end", "finish", "settle", "trade", "stand", "hit", "reach", "touch"})
_STANDING = frozenset({"compete"})
_LONGEST_CHAIN = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a statement is put, and by whom."""

    polarity: Polarity
    stance: Stance
    modality: Modality
    attribution: Attribution | None


def is_said_in_passing(finding: Finding) -> bool:
    """Return whether it is a role, maker or parent named beside a name: the author's word, whoever speaks."""
    return finding.rule_id.split(".")[-1].rstrip(digits) in _PASSING


def judge(page: Page, finding: Finding) -> Judgement:
    """Return polarity, stance, modality and attribution of the finding."""
    if is_said_in_passing(finding):
        return Judgement("affirmed", "affirms", "actual", None)
    if finding.attribution is not None:
        held = finding.attribution
        return Judgement(finding.polarity or "affirmed", held.stance, finding.modality or held.modality, held)
    chain = list(_embedding_chain(page.tree, finding.trigger))
    if finding.predicate in _STANDING:
        chain = chain[:1]
    refuted = _read_refutation(page, chain)
    if refuted is not None:
        return refuted
    trigger_span = Span(page.tree.start[finding.trigger], page.tree.end[finding.trigger])
    attribution = page.attribution(trigger_span) or _stated_source(page, finding, chain)
    polarity = finding.polarity or _read_polarity(page, chain, attribution)
    cue = page.tree.tokens_of(attribution.cue) if attribution is not None and attribution.cue is not None else range(0)
    modality = finding.modality or _read_modality(page, finding, [token for token in chain if token not in cue])
    if attribution is not None and attribution.kind == "anonymous" and modality == attribution.modality == "actual":
        modality = "rumoured"
    stance: Stance = attribution.stance if attribution is not None else "affirms"
    if attribution is not None and (modality == "actual" or attribution.modality == "rumoured"):
        modality = attribution.modality if attribution.modality != "actual" else modality
    if finding.tells_earlier_level and modality in {"forecast", "planned"}:
        modality = "actual"
    if stance == "denies" and modality != "rumoured":
        modality = "actual"
    return Judgement(polarity, stance, modality, attribution)


def _read_refutation(page: Page, chain: list[int]) -> Judgement | None:
    """ "The report that it was investing is untrue", by whoever is quoted with that."""
    tree, words = page.tree, page.vocabulary
    carrier = chain[-1]
    verdict = tree.head[carrier]
    if not tree.dep[carrier].startswith("nsubj") or not tree.has_child(verdict, "cop") or len(chain) == 1:
        return None
    is_false = tree.lemma[verdict] in words.falsity_words
    if is_false == _is_negated(tree, verdict) or not (is_false or tree.lemma[verdict] in {"true", "accurate"}):
        return None
    held = page.attribution(Span(tree.start[verdict], tree.end[verdict]))
    if held is None:
        return None
    modality: Modality = "rumoured" if tree.lemma[carrier] in words.rumour_words else "actual"
    return Judgement("affirmed", "denies", modality, held)


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


def _embedding_chain(tree: Tree, trigger: int) -> Iterator[int]:
    """Yield the trigger and the words above it under which its statement stands."""
    current = trigger
    yield current
    for _ in range(_LONGEST_CHAIN):
        head, dep = tree.head[current], tree.dep[current]
        if head == current or not (dep in _EMBEDDING or (dep == "acl:relcl" and _is_marked_that(tree, current))):
            return
        if dep == "conj" and tree.has_child(current, "nsubj", "nsubj:pass", "aux"):
            return
        if dep == "advcl" and not (_is_infinitive(tree, current) or _completes_adjective(tree, current)):
            return
        if dep in {"nmod", "obl"} and tree.case(current) not in {"of", "about", "on", "for", "in", "to"}:
            return
        if dep == "obl" and not tree.is_verb(head):
            return
        if dep == "acl" and tree.tag[current] == "VBN":
            return
        yield head
        current = head


def _main_clause_chain(tree: Tree, participle: int) -> list[int]:
    """The chain of the clause whose modality a participle after it shares: "plans to grow, adding five shops"."""
    clause = tree.head[participle]
    is_adjunct = tree.dep[participle] == "advcl" and tree.tag[participle] == "VBG" and participle > clause
    if not is_adjunct or tree.has_child(participle, "mark", "aux", "nsubj") or not tree.is_verb(clause):
        return []
    return list(_embedding_chain(tree, clause))


def _is_marked_that(tree: Tree, token: int) -> bool:
    return any(tree.lower[mark] == "that" for mark in tree.children_by(token, "mark"))


def _completes_adjective(tree: Tree, token: int) -> bool:
    """Whether it is a gerund that says of what: "cautious about investing", "capable of building"."""
    is_marked = any(tree.lower[mark] in {"about", "of", "in", "at", "to"} for mark in tree.children_by(token, "mark"))
    return is_marked and tree.pos[tree.head[token]] == "ADJ"


def _is_infinitive(tree: Tree, token: int) -> bool:
    return any(tree.lower[mark] == "to" for mark in tree.children_by(token, "mark"))


def _marks(tree: Tree, token: int) -> Iterator[int]:
    return tree.children_by(token, "mark", "case", "cc")


def _is_negated(tree: Tree, token: int) -> bool:
    for child in tree.children_by(token, "advmod", "det", "aux", "cc", "neg"):
        if tree.lower[child] in _NEGATIONS:
            return True
    if any(tree.lower[mark] in _NEGATING_MARKS for mark in _marks(tree, token)):
        return True
    return any(
        tree.has_child(child, "det") and any(tree.lower[d] == "no" for d in tree.children_by(child, "det"))
        for child in tree.children_by(token, "obj", "nsubj", "nsubj:pass")
    )


def _read_polarity(page: Page, chain: list[int], attribution: Attribution | None) -> Polarity:
    tree, vocabulary = page.tree, page.vocabulary
    cue = tree.tokens_of(attribution.cue) if attribution is not None and attribution.cue is not None else range(0)
    negative = False
    for number, token in enumerate(chain):
        if token in cue or (number and tree.lemma[token] in vocabulary.denial_words):
            break
        if number and tree.lemma[token] in vocabulary.reporting_verbs:
            break
        negative ^= _is_negated(tree, token)
        is_above = number > 0 and tree.dep[chain[number - 1]] != "conj"
        phrases = {tree.lemma[token], *(f"{tree.lemma[token]} {tree.lower[i]}" for i in tree.children[token])}
        negative ^= is_above and not phrases.isdisjoint(vocabulary.negating_words)
    return "negated" if negative else "affirmed"


def _read_modality(page: Page, finding: Finding, chain: list[int]) -> Modality:
    found: set[Modality] = set()
    for number, token in enumerate(chain):
        found.update(_modalities_at(page, finding, token, chain[number - 1] if number else None))
    for number, token in enumerate(adjoined := _main_clause_chain(page.tree, chain[-1])):
        found.update(_modalities_at(page, finding, token, adjoined[number - 1] if number else None))
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
    if below is None and is_purpose and tree.dep[token] in {"advcl", "acl"} and _is_infinitive(tree, token):
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


def _stated_source(page: Page, finding: Finding, chain: list[int]) -> Attribution | None:
    """The source that the embedding words themselves name: a reporting verb, a denial as verb or noun."""
    tree, vocabulary = page.tree, page.vocabulary
    for number, token in enumerate(chain[1:], start=1):
        lemma = tree.lemma[token]
        is_denial = lemma in vocabulary.denial_words
        if not is_denial and (lemma not in vocabulary.reporting_verbs or not tree.is_verb(token)):
            continue
        source = find_subject(tree, token) if tree.is_verb(token) else find_noun_subject(tree, token)
        role = resolve_role(page, source) if source is not None else None
        if role is None:
            return None
        below = chain[number - 1]
        return Attribution(
            content=Span(tree.start[below], tree.end[below]),
            kind="indirect_speech",
            speaker=role.span,
            cue=Span(tree.start[token], tree.end[token]),
            rule_id="claims.embedding",
            entity=role.entity,
            stance="denies" if is_denial else "affirms",
        )
    return None
