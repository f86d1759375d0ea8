"""Whose words a verb of saying reports: its subject, by the dependency tree and by the order of words where that errs.

Belongs here: subjects, passive agents, antecedents of relative clauses, and nominals beside a verb. Does not belong
here: what kind of source the subject is (`sources`), and which verbs report (`reports`).
"""

from spacy.tokens import Token

from pipeline.extraction.attribution.context import Context, relation
from pipeline.extraction.attribution.cues import load_cues

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NOMINAL = frozenset(("PROPN", "NOUN", "PRON"))
_DOCUMENTS = load_cues().source.document
_RELATIVES = frozenset(("who", "which", "that"))
_CLIMB = 6
_CONJUNCTIONS = frozenset(("after", "as", "before", "since", "until", "while", "because", "though", "although"))


def find_speaker(context: Context, verb: Token) -> Token | None:
    """Return the token that heads the phrase a verb speaks for; None if it has none.

    The tree says who: conjoined and participial verbs take the subject of the verb above them, relative ones their
    antecedent, passive ones their agent. Where it names nobody, or a phrase that cannot be a subject, the nearest
    nominal before the verb speaks, or for a participle the subject of the finite verb before it.
    """
    if _is_passive(verb):
        return find_subject(verb)
    parenthesized = _find_name_before_brackets(context, verb)
    if parenthesized is not None:
        return parenthesized
    subject = find_subject(verb)
    beside = _find_nominal_beside(context, verb)
    if subject is None or _has_case(subject):
        return beside or _find_nominal_before(context, verb)
    if beside is not None and subject.i < beside.i and not subject.is_ancestor(beside):
        return beside
    return subject


def _find_name_before_brackets(context: Context, verb: Token) -> Token | None:
    """Return the name that brackets part from a verb: "Home Depot (ticker: HD) reported"."""
    start = context.sentence_of[verb.i][0]
    if verb.i - 1 <= start or context.tokens[verb.i - 1].text != ")":
        return None
    opening = next((i for i in range(verb.i - 2, start, -1) if context.tokens[i].text == "("), None)
    named = context.mention_of[opening - 1] if opening is not None else None
    return context.tokens[opening - 1] if opening is not None and named is not None else None


def _find_nominal_beside(context: Context, verb: Token) -> Token | None:
    """Return the head of the noun phrase right before a verb and its adverbs, or after a verb that a comma precedes."""
    start, end = context.sentence_of[verb.i]
    index = verb.i - 1
    while index > start and context.tokens[index].pos_ in ("ADV", "AUX") and context.mention_of[index] is None:
        index -= 1
    if index < start:
        return None
    token = context.tokens[index]
    if token.text == "," and verb.i + 2 < end and context.tokens[verb.i + 2].text in (",", "."):
        following = context.tokens[verb.i + 1]
        return following if context.is_nominal(following) else None
    if not context.is_nominal(token) or token.lower_ in _RELATIVES:
        return None
    if context.quotation_of[index] != context.quotation_of[verb.i]:
        return None
    mention = context.mention_of[index]
    if mention is not None and mention.kind not in ("pronoun", "description"):
        before = context.first_token(mention.span.start) - 1
        if before < start or context.tokens[before].pos_ not in ("ADP", "PART", "CCONJ"):
            inside = context.tokens[before + 1 : index + 1]
            return next((part for part in inside if part.head not in inside), token)
    top = _top_of_phrase(token, verb)
    return None if _has_case(top) else top


def find_subject(verb: Token) -> Token | None:
    """Return the subject of a verb, or of the verb above that it shares one with; None where the tree has none."""
    for _ in range(_CLIMB):
        passive = _is_passive(verb)
        for child in verb.children:
            if relation(child) == "nsubj" and not passive:
                return _resolve_relative(child, verb)
            if passive and child.dep_ in ("obl", "obl:agent") and any(case.lower_ == "by" for case in child.lefts):
                return child
        if relation(verb) == "acl" and verb.head != verb:
            return verb.head
        if passive or not _shares_subject(verb):
            return None
        verb = verb.head
    return None


def _shares_subject(verb: Token) -> bool:
    """Return whether a verb without a subject of its own takes that of the verb above it."""
    kind = relation(verb)
    if verb.head == verb or verb.head.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return False
    return kind == "conj" or (kind in ("xcomp", "advcl", "parataxis") and verb.tag_ not in _FINITE)


def _is_passive(verb: Token) -> bool:
    """Return whether a verb is passive: by its auxiliary, which the tree reads more surely than its subject."""
    kinds = {child.dep_ for child in verb.children}
    return "aux:pass" in kinds or ("nsubj:pass" in kinds and not any(c.lemma_ == "have" for c in verb.children))


def _has_case(token: Token) -> bool:
    """Return whether a preposition governs a noun; "after" before a subject is a conjunction whatever the tree says."""
    cases = [child for child in token.lefts if child.dep_ in ("case", "mark") or child.pos_ in ("ADP", "SCONJ")]
    return any(case.lower_ not in _CONJUNCTIONS for case in cases)


def _find_nominal_before(context: Context, verb: Token) -> Token | None:
    index = verb.i - 1
    start = context.sentence_of[verb.i][0]
    while index >= start and context.quotation_of[index] == context.quotation_of[verb.i]:
        token = context.tokens[index]
        if token.tag_ in _FINITE and token.pos_ == "VERB":
            subject = find_subject(token) if verb.tag_ == "VBG" else None
            return None if subject is None or _has_case(subject) else subject
        if token.pos_ in ("CCONJ", "SCONJ"):
            return None
        if context.is_nominal(token):
            top = _top_of_phrase(token, verb)
            if not _has_case(top):
                return top
            index = min(index, top.left_edge.i)
        index -= 1
    return None


def _top_of_phrase(token: Token, verb: Token) -> Token:
    """Return the head of the noun phrase that a word before a verb belongs to."""
    while token.head.i < verb.i and token.head != token and token.head.pos_ in _NOMINAL:
        token = token.head
    return token


def _resolve_relative(subject: Token, verb: Token) -> Token:
    """Return the antecedent of a relative subject: the nearest name before "who", a document rather than its detail."""
    if subject.lower_ not in _RELATIVES or verb.head == verb or subject.i > verb.i:
        return subject
    antecedent = verb.head
    while antecedent.i > subject.i and antecedent.head != antecedent:
        antecedent = antecedent.head
    if antecedent.i > subject.i:
        return subject
    if antecedent.dep_ == "nmod" and antecedent.head.lemma_.lower() in _DOCUMENTS:
        return antecedent.head
    return antecedent
