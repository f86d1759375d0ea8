"""Reported content of cue verbs: "X said that ...", "..., X said", "X denied ...", "X declined to comment".

Belongs here: what a cue verb reports besides quotations, found in the dependency tree, with the order of words where the
tree is silent. Does not belong here: who the subject is (see `sources`), nouns that attribute, quotations.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extraction.attribution.context import Context, has_modal, is_negated, relation
from pipeline.extraction.attribution.cues import VerbCue, load_cues
from pipeline.extraction.attribution.sources import Nature, Source, find_speaker, read_source
from pipeline.extraction.model import Span
from pipeline.tables import Modality, Stance

_CUES = load_cues()
_VERBS = _CUES.index_verbs()
_INTERROGATIVES = frozenset(("whether", "if", "what", "how", "when", "where", "who", "which", "why"))
_NOMINATIVES = frozenset(("he", "she", "they", "it", "we"))
_NEAR = 6
_ADDRESSING = frozenset(("tell", "inform", "remind", "assure", "advise"))
_BARE = frozenset(("say", "believe", "think", "hope", "claim", "argue", "insist"))
_HEARSAY_NOUNS = frozenset(lemma for noun in _CUES.noun if noun.is_hearsay for lemma in noun.lemmas)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Report:
    """What a cue attributes to whom; `is_silence` marks the author's word that somebody gave no answer."""

    content: Span
    cue: Token
    source: Source | None
    rule_id: str
    stance: Stance = "affirms"
    modality: Modality = "actual"
    is_silence: bool = False


def find_verb_reports(context: Context) -> Iterator[Report]:
    """Yield what the cue verbs of the article report, quotations apart, in text order; one report per verb at most."""
    for token in context.tokens:
        if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
            report = _read_silence(context, token) or _read_verb(context, token)
            if report is not None:
                yield report


def list_quoting_cues(token: Token) -> tuple[VerbCue, ...]:
    """Return the cues by which a verb can introduce a quotation."""
    return tuple(cue for cue in _VERBS.get(token.lemma_.lower(), ()) if "quotation" in cue.contents)


def is_naming(token: Token) -> bool:
    """Return whether a verb gives something a name in quotation marks: called, described as, dubbed."""
    return any(cue.name in ("call", "view") for cue in list_quoting_cues(token))


def is_denying(token: Token) -> bool:
    """Return whether a verb denies its object."""
    return any(cue.stance == "denies" for cue in _VERBS.get(token.lemma_.lower(), ()))


def _read_verb(context: Context, verb: Token) -> Report | None:
    cues = _VERBS.get(verb.lemma_.lower(), ())
    if not cues or has_modal(verb) or verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children):
        return None
    if any(child.lower_ == "if" and child.dep_ == "mark" for child in verb.children):
        return None
    subject = find_speaker(context, verb)
    source = read_source(context, subject) if subject is not None else None
    if source is None and not _is_impersonal(verb):
        return None
    if context.quotation_of[verb.i] >= 0 and (source is None or source.nature in (Nature.OTHER, Nature.CROWD)):
        return None
    for cue in cues:
        if cue.tags and verb.tag_ not in cue.tags:
            continue
        if cue.sources == "writing" and (source is None or source.nature not in (Nature.DOCUMENT, Nature.HEARSAY)):
            continue
        found = _find_content(context, verb, cue, subject)
        content = context.fit(found[0], verb) if found is not None else None
        if found is not None and content is not None:
            return _weigh(context, verb, cue, source, (content, found[1]))
    return None


def _is_impersonal(verb: Token) -> bool:
    """Return whether nobody is named: "it was reported that", "it is rumoured that"."""
    passive = any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children)
    return passive and any(child.lower_ == "it" and relation(child) in ("expl", "nsubj") for child in verb.children)


def _weigh(
    context: Context, verb: Token, cue: VerbCue, source: Source | None, found: tuple[Span, str]
) -> Report | None:
    content, how = found
    stance, modality = cue.stance, cue.modality
    first = context.tokens[context.token_at(content.start)]
    if is_negated(verb):
        if stance != "denies" and first.lower_ not in _INTERROGATIVES:
            return None
        stance = "declines_comment"
    if stance == "denies" and any(token.lemma_.lower() in _HEARSAY_NOUNS for token in context.words(content)):
        modality = "rumoured"
    return Report(content, verb, source, f"attribution.{cue.name}.{how}", stance, modality)


def _find_content(context: Context, verb: Token, cue: VerbCue, subject: Token | None) -> tuple[Span, str] | None:
    if "clause" in cue.contents:
        clause = _find_clause(context, verb, subject)
        if clause is not None:
            first = context.tokens[context.token_at(clause.start)]
            if not cue.markers or first.lower_ in cue.markers or verb.lemma_ in ("debate", "query"):
                return clause, "clause"
    if "infinitive" in cue.contents:
        infinitive = _find_infinitive(context, verb, cue)
        if infinitive is not None:
            return infinitive, "infinitive"
    if "object" in cue.contents:
        thing = _find_object(context, verb, cue)
        if thing is not None:
            return thing, "object"
    return None


def _find_clause(context: Context, verb: Token, subject: Token | None) -> Span | None:
    interposed = _find_clause_around(context, verb, subject)
    if interposed is not None:
        return interposed
    for child in verb.children:
        if child.dep_ == "ccomp" and child.left_edge.i > verb.i and child.right_edge.i > verb.i + 1:
            follows = verb.lemma_ in _BARE and subject is not None and subject.i < verb.i
            return _cover_clause(context, verb.i + 1 if follows else child.left_edge.i, child.right_edge.i)
    marker = _find_that(context, verb)
    if marker is not None:
        return _cover_clause(context, marker + 1, context.sentence_of[verb.i][1] - 1)
    before = _find_clause_before(context, verb, subject)
    if before is not None:
        return before
    bare = _find_bare_clause(context, verb, subject)
    if bare is not None:
        return bare
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


def _find_infinitive(context: Context, verb: Token, cue: VerbCue) -> Span | None:
    for child in verb.rights:
        if relation(child) not in ("xcomp", "advcl", "ccomp") or child.left_edge.i <= verb.i:
            continue
        if cue.complements and child.lemma_.lower() not in cue.complements:
            continue
        first = child.left_edge.i
        if not any(context.tokens[i].lower_ == "to" for i in range(first, child.i)) and child.tag_ != "VBG":
            continue
        if child.tag_ == "VBG" and (cue.stance != "denies" or child.i != verb.i + 1):
            continue
        if not cue.addresses:
            first = min([first, *(c.left_edge.i for c in verb.rights if c.dep_ == "obj" and c.i < child.i)])
        if cue.complements:
            return _find_topic(context, child) or context.cover(first, child.right_edge.i)
        return context.cover(first, child.right_edge.i)
    return _find_order(context, verb) if cue.addresses else None


def _find_order(context: Context, verb: Token) -> Span | None:
    """Return what is ordered where the tree misses it: told [somebody] to do it."""
    for index in range(verb.i + 2, min(verb.i + _NEAR + 2, context.sentence_of[verb.i][1] - 1)):
        token = context.tokens[index]
        if token.lower_ == "to" and context.tokens[index + 1].tag_ == "VB":
            return context.cover(index, context.tokens[index + 1].right_edge.i)
        if token.pos_ in ("VERB", "AUX", "PUNCT"):
            return None
    return None


def _find_topic(context: Context, verb: Token) -> Span | None:
    """Return what is not commented on: "on the talks", "whether it would sell"."""
    for child in verb.rights:
        if relation(child) in ("obl", "ccomp", "obj", "advcl") and child.left_edge.i > verb.i:
            first = child.left_edge.i
            opener = context.tokens[first].lower_
            if opener in ("on", "about"):
                return context.cover(first + 1, child.right_edge.i)
            if relation(child) in ("ccomp", "obj"):
                return context.cover(first, child.right_edge.i)
    return None


def _find_object(context: Context, verb: Token, cue: VerbCue) -> Span | None:
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    wanted = "nsubj:pass" if passive else "obj"
    for child in verb.children:
        if child.dep_ != wanted or (not passive and child.i < verb.i) or child.pos_ == "PRON":
            continue
        lemma = child.lemma_.lower()
        if (cue.objects == "statement" and lemma not in _CUES.statement) or (
            cue.objects == "figure" and lemma not in _CUES.figure
        ):
            continue
        if lemma in _CUES.source.hearsay or (lemma in _CUES.source.person and verb.lemma_ == "cite"):
            if cue.stance != "denies":
                continue
        if passive:
            return context.cover(child.left_edge.i, child.right_edge.i)
        last = child.right_edge.i
        for sibling in verb.rights:
            if sibling.i > child.i and relation(sibling) in ("obl", "xcomp", "obj") and sibling.left_edge.i <= last + 1:
                last = max(last, sibling.right_edge.i)
        return context.cover(child.left_edge.i, last)
    return None


def _read_silence(context: Context, verb: Token) -> Report | None:
    """Return the report of a refusal or of no reply: "would not comment", "did not respond to a request"."""
    lemma = verb.lemma_.lower()
    if not (lemma in _CUES.silence.verbs or lemma in _CUES.silence.refusals) or not is_negated(verb):
        return None
    passive = any(child.dep_ == "nsubj:pass" for child in verb.children)
    subject = (
        next((c for c in verb.children if c.dep_ == "nsubj:pass"), None) if passive else find_speaker(context, verb)
    )
    source = read_source(context, subject) if subject is not None else None
    content = context.cover(verb.i, verb.right_edge.i)
    if source is None or content is None:
        return None
    if lemma in _CUES.silence.refusals:
        topic = _find_topic(context, verb) or _find_clause(context, verb, subject) or content
        return Report(topic, verb, source, "attribution.silence.refusal", "declines_comment")
    after = context.tokens[verb.i + 1 : verb.right_edge.i + 1]
    if any(token.lemma_.lower() in _CUES.silence.requests for token in after):
        return Report(content, verb, source, "attribution.silence.no_reply", "declines_comment", is_silence=True)
    return None
