"""Reported content of cue verbs: "X said that ...", "..., X said", "X denied ...", "X declined to comment".

Belongs here: which cue verbs report, with objects, infinitives and refusals as content, found in the dependency tree.
Does not belong here: who the subject is (`sources`), reported clauses (`clauses`), nouns that attribute, quotations.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extraction.attribution.clauses import find_clause
from pipeline.extraction.attribution.context import Context, has_modal, is_negated, relation
from pipeline.extraction.attribution.cues import VerbCue, load_cues
from pipeline.extraction.attribution.sources import Nature, Source, read_source
from pipeline.extraction.attribution.subjects import find_speaker
from pipeline.extraction.model import Span
from pipeline.tables import Modality, Stance

_CUES = load_cues()
_VERBS = _CUES.index_verbs()
_INTERROGATIVES = frozenset(("whether", "if", "what", "how", "when", "where", "who", "which", "why"))
_NEAR = 6
_HEARSAY_NOUNS = frozenset(lemma for noun in _CUES.noun if noun.is_hearsay for lemma in noun.lemmas)


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
    if not cues or not _states_speech(verb):
        return None
    subject = find_speaker(context, verb)
    source = read_source(context, subject) if subject is not None else None
    if (source is None and not _is_impersonal(verb)) or not _may_speak_here(context, verb, source):
        return None
    for cue in cues:
        if cue.tags and verb.tag_ not in cue.tags:
            continue
        if cue.sources == "writing" and (source is None or source.nature not in (Nature.DOCUMENT, Nature.HEARSAY)):
            continue
        if cue.name == "suggest" and source is not None and source.nature is Nature.OTHER:
            continue
        found = _find_content(context, verb, cue, subject)
        content = context.fit(found[0], verb) if found is not None else None
        if found is not None and content is not None:
            return _weigh(context, verb, cue, source, (content, found[1]))
    return None


def _states_speech(verb: Token) -> bool:
    """Return whether a verb tells of speech that took place: no bare infinitive, modal or condition."""
    is_bare = verb.tag_ == "VB" and not any(child.dep_ == "aux" for child in verb.children)
    is_conditional = any(child.lower_ == "if" and child.dep_ == "mark" for child in verb.children)
    return not (is_bare or is_conditional or has_modal(verb))


def _may_speak_here(context: Context, verb: Token, source: Source | None) -> bool:
    """Return whether a source may be reported by a verb: inside a quotation only one that is known."""
    is_quoted = context.quotation_of[verb.i] >= 0
    return not is_quoted or (source is not None and source.nature not in (Nature.OTHER, Nature.CROWD))


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
    clause = find_clause(context, verb, subject) if "clause" in cue.contents else None
    if clause is not None and _opens_as_asked(context, clause, verb, cue):
        return clause, "clause"
    infinitive = _find_infinitive(context, verb, cue) if "infinitive" in cue.contents else None
    if infinitive is not None:
        return infinitive, "infinitive"
    thing = _find_object(context, verb, cue) if "object" in cue.contents else None
    return None if thing is None else (thing, "object")


def _opens_as_asked(context: Context, clause: Span, verb: Token, cue: VerbCue) -> bool:
    """Return whether a clause opens with a word that the cue asks for; one that is debated need not."""
    opener = context.tokens[context.token_at(clause.start)].lower_
    return not cue.markers or opener in cue.markers or verb.lemma_ in ("debate", "query")


def _find_infinitive(context: Context, verb: Token, cue: VerbCue) -> Span | None:
    for child in verb.rights:
        if relation(child) not in ("xcomp", "advcl", "ccomp") or child.left_edge.i <= verb.i:
            continue
        if cue.complements and child.lemma_.lower() not in cue.complements:
            continue
        first = child.left_edge.i
        last = child.right_edge.i if child.pos_ == "NOUN" else child.i
        if not any(context.tokens[i].lower_ == "to" for i in range(first, last)) and child.tag_ != "VBG":
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
        is_source = lemma in _CUES.source.hearsay or (lemma in _CUES.source.person and verb.lemma_ == "cite")
        if is_source and cue.stance != "denies":
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
        topic = _find_topic(context, verb) or find_clause(context, verb, subject) or content
        return Report(topic, verb, source, "attribution.silence.refusal", "declines_comment")
    after = context.tokens[verb.i + 1 : verb.right_edge.i + 1]
    if any(token.lemma_.lower() in _CUES.silence.requests for token in after):
        return Report(content, verb, source, "attribution.silence.no_reply", "declines_comment", is_silence=True)
    return None
