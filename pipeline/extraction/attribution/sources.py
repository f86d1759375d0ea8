"""Who stands behind an attribution: the speaker's words, role and entity, and what kind of source that is.

Belongs here: reading a noun phrase as a source. Does not belong here: which phrase it is (`subjects`), what is
attributed, and how quotations are tied to cues.
"""

from dataclasses import dataclass
from enum import Enum, auto

from spacy.tokens import Token

from pipeline.extraction.attribution.context import FIRST_OR_SECOND_PERSON, Context, relation
from pipeline.extraction.attribution.cues import SourceWords, load_cues
from pipeline.extraction.attribution.subjects import find_subject
from pipeline.extraction.model import MentionDraft, Span

_WORDS: SourceWords = load_cues().source
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_LONGEST_ROLE = 16
_ROLE_OPENERS = frozenset(("DT", "JJ", "JJS", "NN", "PRP$"))
_RELEASED = frozenset(("press", "news", "earnings", "media", "results"))
_LEFT_OUT = frozenset(("appos", "parataxis", "punct", "list", "conj", "cc", "dep", "ccomp", "advcl", "cop"))


class Nature(Enum):
    """What kind of source speaks."""

    NAMED = auto()
    OUTLET = auto()
    PROVIDER = auto()
    DOCUMENT = auto()
    HEARSAY = auto()
    CROWD = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker: its words, the token that heads them, its role and entity in the document, and its nature."""

    span: Span
    head: int
    nature: Nature
    entity: int | None = None
    role: Span | None = None
    is_outlet: bool = False


def read_source(context: Context, head: Token) -> Source | None:
    """Return the source that a noun phrase names, given the token that heads it; None for the author or the reader."""
    if head.lower_ in FIRST_OR_SECOND_PERSON or head.is_punct or head.is_space:
        return None
    mention = _find_name(context, head)
    if mention is not None and mention.entity is not None:
        return _read_named(context, head, mention)
    if head.lemma_.lower() in _WORDS.utterance:
        return _read_utterer(context, head)
    first, last = _phrase(head)
    if head.lemma_.lower() in _WORDS.voice and first > 0 and not context.tokens[first].is_punct:
        beside = context.mention_of[first - 1]
        first = context.first_token(beside.span.start) if beside is not None and beside.entity is not None else first
    span = context.cover(first, last)
    return None if span is None else _read_description(context, head, context.tokens[first : last + 1], span)


def _read_description(context: Context, head: Token, inside: list[Token], span: Span) -> Source:
    """Return the source that a description names: a document, hearsay, who speaks for somebody, or a crowd."""
    lemma = head.lemma_.lower()
    if _is_hearsay(context, head, inside):
        return Source(span, head.i, Nature.HEARSAY)
    named = _organization_in(context, inside) or _company_meant(context, head, inside)
    if lemma in _WORDS.document and _is_written(lemma, inside):
        issuer = named or _find_issuer(context, head)
        entity = issuer.entity if issuer else None
        return Source(span, head.i, Nature.DOCUMENT, entity, is_outlet=_is_outlet(context, issuer))
    if surveyor := _find_surveyor(context, inside):
        return Source(surveyor.span, head.i, Nature.DOCUMENT, surveyor.entity)
    if named is not None and lemma in _WORDS.voice:
        return Source(span, head.i, Nature.NAMED, named.entity)
    return Source(span, head.i, Nature.CROWD if lemma in _WORDS.crowd else Nature.OTHER)


def _is_written(lemma: str, inside: list[Token]) -> bool:
    """Return whether the noun means writing: a release does where it is one for the press or of earnings."""
    return lemma != "release" or any(token.lower_ in _RELEASED for token in inside)


def _company_meant(context: Context, head: Token, inside: list[Token]) -> MentionDraft | None:
    """Return the organization named last, for "company officials" and "a company spokesman"."""
    is_of_company = any(token.lower_ in ("company", "firm") and token.i < head.i for token in inside)
    if not is_of_company or head.lemma_.lower() not in _WORDS.voice:
        return None
    for token in reversed(context.tokens[: inside[0].i]):
        mention = context.mention_of[token.i]
        if mention is not None and mention.entity is not None and _type_of(context, mention) == "organization":
            return mention
    return None


def _is_hearsay(context: Context, head: Token, inside: list[Token]) -> bool:
    lemma = head.lemma_.lower()
    if lemma in _WORDS.document:
        return lemma in _WORDS.hearsay and _is_bare_plural(head, inside)
    around = (*inside, *context.tokens[inside[-1].i + 1 : inside[-1].i + 3])
    is_privy = lemma in _WORDS.person and any(token.lemma_.lower() in _WORDS.familiar for token in around)
    return is_privy or lemma in _WORDS.hearsay


def _read_utterer(context: Context, remarks: Token) -> Source | None:
    """Return who made the remarks that suggest something: "remarks by X", "X's comments"."""
    for child in remarks.children:
        if child.dep_ == "nmod:poss" or (
            relation(child) == "nmod" and any(case.lower_ == "by" for case in child.lefts)
        ):
            return read_source(context, child)
    return Source(Span(remarks.idx, remarks.idx + len(remarks)), remarks.i, Nature.OTHER)


def _is_bare_plural(head: Token, inside: list[Token]) -> bool:
    """Return whether nobody in particular wrote what is cited: "reports", "several media reports"."""
    before = (token for token in inside if token.i < head.i)
    return head.tag_ == "NNS" and all(token.lemma_.lower() in _WORDS.vague for token in before)


def _find_name(context: Context, head: Token) -> MentionDraft | None:
    """Return the mention that the phrase of `head` stands for: over it, or a name that it is the title of."""
    mention = context.mention_of[head.i]
    if mention is not None:
        following = context.token_at(mention.span.end - 1) + 1
        if _is_title_before(context, head, following):
            return context.mention_of[following]
        return mention
    if _is_title_before(context, head, head.i + 1):
        return context.mention_of[head.i + 1]
    for child in head.children:
        if relation(child) == "flat" or (relation(child) in ("compound", "nmod") and child.i == head.i + 1):
            return context.mention_of[child.i]
    return None


def _is_title_before(context: Context, head: Token, index: int) -> bool:
    """Return whether a person's name follows at once: "analyst Wei Sun", "Emirates President Tim Clark"."""
    if index >= len(context.tokens) or context.mention_of[index] is None or context.tokens[index].pos_ != "PROPN":
        return False
    mention = context.mention_of[index]
    entity = mention.entity if mention else None
    if entity is None or head.pos_ not in ("NOUN", "PROPN"):
        return False
    kind = context.entities[entity].entity_type
    return kind == "person" or (kind == "organization" and head.lemma_.lower() in _WORDS.provider)


def _read_named(context: Context, head: Token, mention: MentionDraft) -> Source:
    role = _find_role(context, head, mention)
    is_outlet = _is_outlet(context, mention)
    nature = Nature.OUTLET if is_outlet else Nature.NAMED
    if not is_outlet and role is not None and any(w.lemma_.lower() in _WORDS.provider for w in context.words(role)):
        nature = Nature.PROVIDER if _type_of(context, mention) == "organization" else Nature.NAMED
    first = context.first_token(mention.span.start)
    if first < len(context.tokens) and mention.kind in ("description", "pronoun"):
        described = context.tokens[context.last_token(mention.span.end)]
        if described.lemma_.lower() in _WORDS.document:
            nature = Nature.DOCUMENT
    return Source(mention.span, head.i, nature, mention.entity, role, is_outlet)


def _find_role(context: Context, head: Token, mention: MentionDraft) -> Span | None:
    """Return the words that say what a named speaker is: before the name, or in apposition to it."""
    first = context.first_token(mention.span.start)
    last = context.last_token(mention.span.end)
    parts = context.tokens[first : last + 1]
    for part in (*parts, head):
        for child in part.rights:
            if (
                child.dep_ == "appos"
                and child.i > last
                and child.left_edge.text != "("
                and child.pos_ in ("NOUN", "PROPN", "ADJ")
            ):
                return context.cover(child.left_edge.i, _phrase(child)[1])
    left = min((part.left_edge.i for part in (*parts, head) if part.i >= head.left_edge.i), default=first)
    while left < first and context.tokens[left].pos_ in ("DET", "PUNCT", "CCONJ", "SCONJ", "ADP", "SPACE"):
        left += 1
    if left < first and any(token.pos_ in ("NOUN", "PROPN") for token in context.tokens[left:first]):
        return context.cover(left, first - 1)
    return _find_role_after(context, last)


def _find_role_after(context: Context, last: int) -> Span | None:
    """Return the words between commas after a name that say what it is, whatever the tree makes of them."""
    end = min(len(context.tokens), last + _LONGEST_ROLE)
    if last + 2 >= end or context.tokens[last + 1].text != ",":
        return None
    words: list[Token] = []
    for token in context.tokens[last + 2 : end]:
        if token.is_punct and token.text not in ("-", "'", "’") and not token.text.startswith(("'", "’")):
            break
        words.append(token)
    if not words or words[0].tag_ not in _ROLE_OPENERS or any(word.tag_ in (*_FINITE, "MD", "VBG") for word in words):
        return None
    is_named = context.mention_of[words[0].i] is not None
    return context.cover(words[0].i, words[-1].i) if any(w.tag_ == "NN" for w in words[:5]) and not is_named else None


def _phrase(head: Token) -> tuple[int, int]:
    """Return first and last token of a noun phrase without appositions, relative clauses and coordination."""
    first = last = head.i
    for child in head.lefts:
        if relation(child) not in _LEFT_OUT and relation(child) not in ("case", "mark"):
            first = min(first, child.left_edge.i)
    for child in head.rights:
        if relation(child) in _LEFT_OUT or child.dep_ == "acl:relcl" or child.left_edge.i > last + 1:
            break
        if any(token.text == "," for token in head.doc[child.left_edge.i : child.i]):
            break
        last = max(last, child.right_edge.i)
    return first, last


def _organization_in(context: Context, tokens: list[Token]) -> MentionDraft | None:
    """Return the organization named in a noun phrase, first by or from whom, then whose."""
    named = [
        (any(case.lower_ in ("by", "from") for case in token.lefts), mention)
        for token in tokens
        if (mention := context.mention_of[token.i]) is not None
        and mention.entity is not None
        and _type_of(context, mention) != "person"
    ]
    return next((mention for is_issuer, mention in named if is_issuer), named[0][1] if named else None)


def _find_issuer(context: Context, document: Token) -> MentionDraft | None:
    """Return who published a document: the subject of the verb that has it as object."""
    verb = document.head
    if document.dep_ == "obj" and verb.lemma_.lower() in _WORDS.publishing:
        subject = find_subject(verb)
        return _find_name(context, subject) if subject is not None else None
    return None


def _find_surveyor(context: Context, tokens: list[Token]) -> MentionDraft | None:
    """Return who asked the unnamed: "analysts surveyed by X"."""
    for token in tokens:
        if token.lemma_.lower() in _WORDS.surveying and token.tag_ == "VBN":
            return context.mention_near(context.tokens[token.i + 1 : token.i + 4])
    return None


def _type_of(context: Context, mention: MentionDraft) -> str | None:
    return None if mention.entity is None else context.entities[mention.entity].entity_type


def _is_outlet(context: Context, mention: MentionDraft | None) -> bool:
    """Return whether a mention names a news outlet, by the list or by the last word of its name."""
    if mention is None or _type_of(context, mention) in ("person", "place"):
        return False
    surface = context.text[mention.span.start : mention.span.end]
    names = [surface] if mention.entity is None else [surface, context.entities[mention.entity].name]
    return any(names_outlet(name) for name in names)


def names_outlet(name: str) -> bool:
    """Return whether a name is that of a news outlet, by the list or by its last word."""
    bare = name.removeprefix("The ").removeprefix("the ")
    words = bare.split()
    return (
        bare in _WORDS.outlets
        or f"The {bare}" in _WORDS.outlets
        or (len(name.split()) > 1 and words[-1] in _WORDS.outlet_words)
    )
