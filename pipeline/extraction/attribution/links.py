"""The cue beside a quotation, and the speaker that it names: "...," said X; X said: "..."; "..." — X.

Belongs here: the words between a quotation and a cue before or after it, and names that a dash ties to a quotation.
Does not belong here: quotations that go on from another one, scare quotes (`speech`), reading noun phrases (`sources`).
"""

from spacy.tokens import Token

from pipeline.extraction.attribution.context import Context
from pipeline.extraction.attribution.quotations import Quotation
from pipeline.extraction.attribution.reports import is_naming, list_quoting_cues
from pipeline.extraction.attribution.sources import Source, read_source
from pipeline.extraction.attribution.subjects import find_speaker

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("PROPN", "NOUN", "PRON"))
REACH = 40
SPEECH_WORDS = 4
_SPEAKER_REACH = 10
_DASHES = frozenset(("—", "–", "-", "--", "―"))
_SUBORDINATORS = frozenset(
    ("when", "while", "because", "although", "though", "where", "after", "before", "if", "until")
)


Link = tuple[Token | None, Source | None, str]


def link_after(context: Context, quotation: Quotation) -> Link | None:
    """Return the cue that follows a quotation: "...," said X; "...," X, a trader, said; "...?" X asked."""
    first = context.first_token(quotation.outer.end)
    frame: list[Token] = []
    for token in context.tokens[first : first + REACH]:
        if context.is_terminator(token.i) or "\n" in token.text or context.quotation_of[token.i] >= 0:
            break
        frame.append(token)
    if not frame or not _ends_before_cue(context, quotation, frame):
        return None
    for position, cue in enumerate(frame):
        if not _can_quote(cue) or is_naming(cue):
            continue
        between = [token for token in frame[:position] if not token.is_punct and not token.is_space]
        if not _is_speaker_phrase(between):
            return None
        subject = _find_speaker_beside(context, cue, between, frame[position + 1 :])
        if subject is None:
            continue
        return cue, read_source(context, subject), "attribution.quotation.after"
    return None


def _ends_before_cue(context: Context, quotation: Quotation, frame: list[Token]) -> bool:
    """Return whether the quotation's own punctuation lets a cue follow."""
    inside = context.text[quotation.content.start : quotation.outer.end].rstrip("\"”’'»` ")
    words = [token for token in frame if not token.is_punct and not token.is_space]
    if not words:
        return False
    if inside[-1:] == ".":
        return words[0].text[0].islower() or (len(words) < 6 and any(_can_quote(word) for word in words[:4]))
    return inside[-1:] in ",?!…—–-" or frame[0].text in (",", "—", "–", "--") or _can_quote(words[0])


def _can_quote(token: Token) -> bool:
    return token.tag_.startswith("VB") and bool(list_quoting_cues(token))


def _is_speaker_phrase(words: list[Token]) -> bool:
    """Return whether words between a quotation and a cue can name the speaker: no clause of their own."""
    if not words:
        return True
    if words[0].pos_ == "CCONJ" or (words[0].pos_ in ("SCONJ", "ADV") and words[0].lower_ in _SUBORDINATORS):
        return False
    relative = False
    for word in words:
        relative = relative or word.tag_ in ("WP", "WDT", "WP$", "WRB")
        if word.tag_ in _FINITE and not relative and word.pos_ != "AUX":
            return False
    return any(word.pos_ in _NOMINAL or word.pos_ in ("DET", "NUM") for word in words)


def _find_speaker_beside(context: Context, cue: Token, before: list[Token], after: list[Token]) -> Token | None:
    """Return the head of the phrase that names the speaker between a quotation and its cue, or after the cue."""
    words = before or [token for token in after[:_SPEAKER_REACH] if token.pos_ != "ADV" or context.mention_of[token.i]]
    person = _first_person(context, words)
    if person is not None:
        return person
    subject = find_speaker(context, cue)
    if subject is not None and subject in words:
        return subject
    return _first_nominal(context, words)


def _first_person(context: Context, words: list[Token]) -> Token | None:
    """Return the person named first, if nothing but titles comes before: "chief executive Tim Cook"."""
    for word in words:
        mention = context.mention_of[word.i]
        if mention is not None and mention.entity is not None and mention.kind != "pronoun":
            if context.entities[mention.entity].entity_type == "person":
                following = context.token_at(mention.span.end - 1) + 1
                is_possessor = following < len(context.tokens) and context.tokens[following].tag_ == "POS"
                return None if is_possessor else word
        elif word.pos_ in ("ADP", "VERB", "PRON"):
            return None
    return None


def _first_nominal(context: Context, words: list[Token]) -> Token | None:
    """Return the head of the first noun phrase among words, found by climbing inside them."""
    if words and words[0].pos_ == "ADP":
        return None
    first = next((word for word in words if context.is_nominal(word)), None)
    if first is None:
        return None
    positions = {word.i for word in words}
    while (
        first.head.i in positions
        and first.head.pos_ in _NOMINAL
        and first.dep_ in ("compound", "nmod:poss", "flat", "nmod:desc", "amod")
    ):
        first = first.head
    return first


def link_before(context: Context, quotation: Quotation) -> Link | None:
    """Return the cue that introduces a quotation: X said: "..."; X said that "..."; X called it "..."."""
    first = context.first_token(quotation.outer.start)
    frame: list[Token] = []
    for token in reversed(context.tokens[max(0, first - REACH) : first]):
        if "\n" in token.text or (frame and _breaks_frame(context, token, frame)):
            break
        frame.append(token)
    while frame and frame[0].is_space:
        frame.pop(0)
    if not frame or context.is_terminator(frame[0].i):
        return None
    for position, cue in enumerate(frame):
        if not _can_quote(cue):
            if cue.tag_ in _FINITE and cue.pos_ == "VERB" and frame[0].text != ":":
                return None
            continue
        between = frame[:position]
        names = is_naming(cue)
        if names and _is_followed_by_quotation(context, quotation):
            return None
        particle = list_quoting_cues(cue)[0].particle
        if not _introduces(between, is_naming=names, particle=particle) or (
            cue.tag_ == "VB" and (names or not between)
        ):
            return None
        subject = find_speaker(context, cue)
        source = read_source(context, subject) if subject is not None else None
        return cue, source, "attribution.quotation.before"
    return None


def link_by_dash(context: Context, quotation: Quotation) -> Link | None:
    """Return the person whose name a dash ties to a quotation: "..." — X at the end of a line; X — "..."."""
    following = context.first_token(quotation.outer.end)
    rest = context.tokens[following : following + REACH]
    line = rest[: next((i for i, token in enumerate(rest) if "\n" in token.text), len(rest))]
    if len(line) > 1 and line[0].text in _DASHES:
        source = read_person(context, line[1])
        if source is not None and source.span.end >= line[-1].idx:
            return None, source, "attribution.quotation.signed"
    first = context.first_token(quotation.outer.start)
    if first > 1 and context.tokens[first - 1].text in _DASHES:
        token = context.tokens[first - 2]
        possessor = next((child for child in token.lefts if child.dep_ == "nmod:poss"), token)
        return None, read_person(context, possessor), "attribution.quotation.dash"
    return None


def read_person(context: Context, token: Token) -> Source | None:
    """Return the source where a person is named at the token; None for anything else."""
    mention = context.mention_of[token.i]
    if mention is None or mention.entity is None or context.entities[mention.entity].entity_type != "person":
        return None
    return read_source(context, token)


def _breaks_frame(context: Context, token: Token, frame: list[Token]) -> bool:
    """Return whether a token ends the way back from a quotation: another sentence, or another quotation but a name."""
    if context.is_terminator(token.i):
        return True
    number = context.quotation_of[token.i]
    return number >= 0 and (
        len(frame) > _SPEAKER_REACH or len(context.words(context.quotations[number].content)) > SPEECH_WORDS
    )


def _introduces(between: list[Token], *, is_naming: bool, particle: str | None) -> bool:
    """Return whether the words between a cue and the quotation after it leave the quotation as what is said."""
    if not between:
        return particle is None
    if between[0].text in (",", ":", "—", "–", "--") or between[0].lower_ == "that":
        return True
    words = [token for token in between if not token.is_punct]
    if particle is not None:
        return any(word.lower_ == particle for word in words)
    if is_naming:
        return words[-1].lower_ not in ("for", "on", "upon", "off")
    return all(word.pos_ in ("ADP", "PART", "ADV", "DET") for word in words)


def _is_followed_by_quotation(context: Context, quotation: Quotation) -> bool:
    following = context.first_token(quotation.outer.end)
    return following < len(context.tokens) and context.quotation_of[following] >= 0
