"""The clause that a verb of saying reports: "said that ...", "..., X said", "The key, she said, is ...".

Belongs here: where such a clause begins and ends, by the dependency tree and by the order of words where the tree is
silent. Does not belong here: which verbs report, who speaks, and objects or infinitives as content.
"""

from spacy.tokens import Token

from pipeline.extraction.attribution.context import Context, is_negated, relation
from pipeline.extraction.model import Span

_NOMINATIVES = frozenset(("he", "she", "they", "it", "we"))
_NEAR = 6
_ADDRESSING = frozenset(("tell", "inform", "remind", "assure", "advise"))
_BARE = frozenset(("say", "believe", "think", "hope", "claim", "argue", "insist"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def find_clause(context: Context, verb: Token, subject: Token | None) -> Span | None:
    """Return the clause that a verb reports: around it, under it in the tree, or by the order of words."""
    return (
        _find_clause_around(context, verb, subject)
        or _find_complement(context, verb, subject)
        or _find_clause_after_that(context, verb)
        or _find_clause_before(context, verb, subject)
        or _find_bare_clause(context, verb, subject)
        or _find_parataxis(context, verb)
    )


def _find_complement(context: Context, verb: Token, subject: Token | None) -> Span | None:
    for child in verb.children:
        if child.dep_ == "ccomp" and child.left_edge.i > verb.i and child.right_edge.i > verb.i + 1:
            follows = verb.lemma_ in _BARE and subject is not None and subject.i < verb.i
            return _cover_clause(context, verb.i + 1 if follows else child.left_edge.i, child.right_edge.i)
    return None


def _find_clause_after_that(context: Context, verb: Token) -> Span | None:
    marker = _find_that(context, verb)
    return None if marker is None else _cover_clause(context, marker + 1, context.sentence_of[verb.i][1] - 1)


def _find_parataxis(context: Context, verb: Token) -> Span | None:
    for child in verb.children:
        if child.dep_ == "parataxis" and child.left_edge.i > verb.i and context.tokens[verb.i + 1].text in (":", ","):
            return _cover_clause(context, child.left_edge.i, child.right_edge.i)
    return None


def _cover_clause(context: Context, first: int, last: int) -> Span | None:
    """Return the clause without the conjunction "that" in front."""
    last = min(last, len(context.tokens) - 1)
    if last < first:
        return None
    while first < last and (context.tokens[first].is_punct or context.tokens[first].is_space):
        first += 1
    if context.tokens[first].lower_ == "that" and context.tokens[first].pos_ == "SCONJ":
        first += 1
    return context.cover(first, last)


def _find_that(context: Context, verb: Token) -> int | None:
    """Return the index of the "that" that follows a verb and at most its addressee."""
    for index in range(verb.i + 1, min(verb.i + 8, context.sentence_of[verb.i][1])):
        token = context.tokens[index]
        if token.lower_ == "that" and token.pos_ == "SCONJ":
            return index
        if verb.lemma_ == "tell" and index > verb.i + 1 and token.lower_ in _NOMINATIVES:
            return index - 1
        if token.pos_ in ("VERB", "AUX", "SCONJ") or token.text in ".;:":
            return None
        if (
            verb.lemma_ not in _ADDRESSING
            and index == verb.i + 1
            and token.pos_ not in ("ADP", "ADV", "PROPN", "PUNCT")
        ):
            return None
    return None


def _find_clause_around(context: Context, verb: Token, subject: Token | None) -> Span | None:
    """Return the sentence that ", X said," interrupts between subject and verb: "The key, she said, is demand"."""
    start, end = context.sentence_of[verb.i]
    if subject is None or _has_object(verb, subject) or verb.tag_ not in _FINITE or is_negated(verb):
        return None
    first, last = min(verb.i, subject.left_edge.i), max(verb.i, subject.right_edge.i if subject.i > verb.i else verb.i)
    if first - 1 <= start or last + 2 >= end or abs(subject.i - verb.i) > _NEAR:
        return None
    if context.tokens[first - 1].text != "," or context.tokens[last + 1].text != ",":
        return None
    before, after = context.tokens[start : first - 1], context.tokens[last + 2 : end]
    if any(token.tag_ in _FINITE for token in before) or not any(
        token.pos_ in ("NOUN", "PROPN", "PRON") for token in before
    ):
        return None
    if before[0].pos_ in ("ADP", "SCONJ", "ADV", "CCONJ") or after[0].tag_ not in _FINITE:
        return None
    return _cover_clause(context, start, end - 1)


def _find_bare_clause(context: Context, verb: Token, subject: Token | None) -> Span | None:
    """Return the clause after "X said" that the tree does not see: a nominal follows at once, then a finite verb."""
    end = context.sentence_of[verb.i][1]
    if subject is None or subject.i > verb.i or verb.lemma_ not in _BARE or verb.i + 2 >= end:
        return None
    following = context.tokens[verb.i + 1]
    if following.pos_ not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM") or following.tag_ in ("WDT", "WP", "WRB"):
        return None
    if not any(token.tag_ in _FINITE for token in context.tokens[verb.i + 2 : end]):
        return None
    return _cover_clause(context, verb.i + 1, end - 1)


def _find_clause_before(context: Context, verb: Token, subject: Token | None) -> Span | None:
    """Return the sentence around a parenthetical or final "X said": "Sales rose, she said, as demand grew"."""
    start, end = context.sentence_of[verb.i]
    first = min(verb.i, subject.left_edge.i if subject is not None and subject.i < verb.i else verb.i)
    first = max(first, start)
    while first > start and context.tokens[first - 1].pos_ in ("SCONJ", "ADV", "AUX", "SPACE"):
        first -= 1
    before = context.tokens[start:first]
    if not before or before[-1].text not in (",", "—", "–", "-", "--"):
        return None
    if not any(token.tag_ in _FINITE for token in before):
        return None
    if verb.tag_ == "VBG" or relation(verb) == "conj" or _has_object(verb, subject):
        return None
    last = _end_of_parenthesis(context, verb, subject, end)
    goes_on = any(token.tag_ in _FINITE for token in context.tokens[last:end])
    return _cover_clause(context, start, end - 1 if goes_on else first - 1)


def _has_object(verb: Token, subject: Token | None) -> bool:
    """Return whether a verb has an object that is no addressee, and so no clause before it."""
    objects = (c for c in verb.rights if c.dep_ in ("obj", "xcomp") and c != subject)
    return any(objects) and verb.lemma_ not in _ADDRESSING


def _end_of_parenthesis(context: Context, verb: Token, subject: Token | None, end: int) -> int:
    last = max(verb.i, subject.right_edge.i if subject is not None and subject.i > verb.i else verb.i)
    for index in range(last + 1, min(end, last + 12)):
        if context.tokens[index].text in (",", "—", "–", "--"):
            return index
    return end
