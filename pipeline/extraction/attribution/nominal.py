"""Attribution without a verb: "according to X", and nouns with their complement ("X's denial of ...").

Belongs here: these two constructions. Does not belong here: cue verbs and quotations.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extraction.attribution.context import Context, relation
from pipeline.extraction.attribution.cues import NounCue, load_cues
from pipeline.extraction.attribution.reports import Report, is_denying
from pipeline.extraction.attribution.sources import Source, read_source
from pipeline.extraction.model import Span

_NOUNS = load_cues().index_nouns()
_STATED = frozenset(("stated", "declared", "avowed", "professed", "publicly"))


def find_according_to(context: Context) -> Iterator[Report]:
    """Yield what the article gives "according to" somebody, in text order."""
    for token in context.tokens[:-2]:
        following = context.tokens[token.i + 1]
        if token.lower_ == "according" and following.lower_ == "to":
            head = _find_nominal(context, token)
            source = read_source(context, head) if head is not None else None
            if head is None or source is None:
                continue
            content = _find_scope(context, token.i, head)
            content = context.fit(content, token) if content is not None else None
            if content is not None:
                yield Report(content, token, source, "attribution.according_to")


def _find_nominal(context: Context, according: Token) -> Token | None:
    head = according.head
    if relation(according) == "case" and head.i > according.i:
        return head
    end = context.sentence_of[according.i][1]
    for token in context.tokens[according.i + 2 : end]:
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            top = token
            while top.head != top and top.head.pos_ in ("NOUN", "PROPN") and top.head.i > top.i:
                top = top.head
            return top
    return None


def _find_scope(context: Context, according: int, head: Token) -> Span | None:
    """Return the statement that the phrase belongs to: what stands before it in its sentence, or else after it."""
    start, end = context.sentence_of[according]
    last = max(head.right_edge.i, head.i)
    clause = _find_clause_head(head)
    first = clause.left_edge.i if clause is not None and clause.left_edge.i < according else start
    if context.cover(first, according - 1) is not None and any(t.is_alpha for t in context.tokens[first:according]):
        return context.cover(max(first, start), according - 1)
    comma = next((i for i in range(head.i + 1, min(end, last + 2)) if context.tokens[i].text == ","), last)
    return context.cover(comma + 1, end - 1)


def _find_clause_head(token: Token) -> Token | None:
    """Return the head of the clause that a phrase modifies, climbing over the nouns that it may be attached to."""
    while token.head != token:
        token = token.head
        if relation(token) in ("ROOT", "ccomp", "parataxis") or (
            relation(token) == "conj" and any(relation(child) == "nsubj" for child in token.children)
        ):
            return token
    return token


def find_noun_reports(context: Context) -> Iterator[Report]:
    """Yield what nouns of saying attribute to their possessor, and rumours to nobody, in text order."""
    for token in context.tokens:
        if token.pos_ != "NOUN":
            continue
        for cue in _NOUNS.get(token.lemma_.lower(), ()):
            source = _find_possessor(context, token)
            content = _find_complement(context, token, cue, source)
            content = context.fit(content, token) if content is not None else None
            stated = not cue.is_stated or any(child.lower_ in _STATED for child in token.lefts)
            if cue.is_hearsay and token.dep_ == "obj" and is_denying(token.head):
                break
            if content is None or not stated or (source is None and not cue.is_hearsay):
                continue
            modality = cue.modality if source is None or not cue.is_hearsay else "actual"
            yield Report(content, token, source, f"attribution.noun.{cue.name}", cue.stance, modality)
            break


def _find_possessor(context: Context, noun: Token) -> Source | None:
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (
            relation(child) in ("nmod", "obl") and any(case.lower_ in ("by", "from") for case in child.lefts)
        ):
            return read_source(context, child)
    return None


def _find_complement(context: Context, noun: Token, cue: NounCue, source: Source | None) -> Span | None:
    following = context.tokens[min(noun.i + 1, len(context.tokens) - 1)]
    if following.lower_ == "that" and following.pos_ == "SCONJ" and following.head.i > following.i:
        return context.cover(following.i + 1, following.head.right_edge.i)
    for child in noun.rights:
        first = child.left_edge.i
        opener = context.tokens[first].lower_
        if relation(child) in ("acl", "ccomp") and child.dep_ != "acl:relcl" and opener in ("that", "of"):
            if first <= noun.i or (opener == "that" and context.tokens[first].pos_ != "SCONJ"):
                continue
            return context.cover(first + 1, child.right_edge.i)
        if cue.takes_nominals and relation(child) == "nmod" and opener in ("of", "that"):
            return context.cover(first + 1, _end_of_phrases(context, child))
        if cue.takes_nominals and relation(child) == "acl" and opener == "to" and source is not None:
            return context.cover(first, child.right_edge.i)
    return None


def _end_of_phrases(context: Context, complement: Token) -> int:
    """Return the last token of a nominal complement with what prepositions add: "denial of investment [in it] is".

    The sentence's own verb ends it, also where the tree takes that verb into the complement.
    """
    end = complement.i
    is_relative = False
    for token in context.tokens[complement.i + 1 : context.sentence_of[complement.i][1]]:
        is_relative = is_relative or token.tag_ in ("WDT", "WP") or token.pos_ == "SCONJ"
        outside = token.i > complement.right_edge.i
        if not is_relative and token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if outside and (token.pos_ in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ", "SPACE")):
            break
        if token.i == complement.right_edge.i + 1 and token.pos_ != "ADP":
            break
        end = token.i
    return end
