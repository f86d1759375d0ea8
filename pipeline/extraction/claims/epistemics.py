"""Polarity, stance, modality and attribution of a finding, from the words around and above its trigger.

Belongs here: the scope of negation, denials, and who stands for the statement. Does not belong here: which words stand
above it (`embedding`), how surely it happens (`modality`), finding attributions and statements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import digits

from pipeline.extraction.claims.clauses import find_noun_subject, find_subject
from pipeline.extraction.claims.embedding import walk_embedding
from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.modality import read_modality
from pipeline.extraction.claims.page import Page
from pipeline.extraction.claims.roles import resolve_role
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Attribution, Span
from pipeline.tables import Modality, Polarity, Stance

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "hardly", "cannot", "none"})
_NEGATING_MARKS = frozenset({"without", "instead", "rather"})
_PASSING = frozenset({"title", "apposition", "copula", "member", "possessive"})
_STANDING = frozenset({"compete"})


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
    chain = list(walk_embedding(page.tree, finding.trigger))
    if finding.predicate in _STANDING:
        chain = chain[:1]
    refuted = _read_refutation(page, chain)
    if refuted is not None:
        return refuted
    trigger_span = Span(page.tree.start[finding.trigger], page.tree.end[finding.trigger])
    attribution = page.attribution(trigger_span) or _stated_source(page, finding, chain)
    polarity = finding.polarity or _read_polarity(page, chain, attribution)
    cue = page.tree.tokens_of(attribution.cue) if attribution is not None and attribution.cue is not None else range(0)
    modality = finding.modality or read_modality(page, finding, [token for token in chain if token not in cue])
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
