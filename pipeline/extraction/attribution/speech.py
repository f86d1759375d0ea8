"""Who speaks the quoted words: quotations tied to the cue beside them, or to the speaker whose words they go on with.

Belongs here: cues before, after and between quotations, paragraphs that continue a quotation, quotations whose speaker
only the sentence before tells, and scare quotes, which nobody speaks. Does not belong here: finding marks, reading noun
phrases as sources, reported clauses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from pipeline.extraction.attribution.context import Context
from pipeline.extraction.attribution.quotations import Quotation
from pipeline.extraction.attribution.reports import Report, is_naming, list_quoting_cues
from pipeline.extraction.attribution.sources import Nature, Source, find_speaker, read_source
from pipeline.extraction.model import Span

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("PROPN", "NOUN", "PRON"))
_REACH = 40
_SPEECH_WORDS = 4
_SPEAKER_REACH = 10
_DASHES = frozenset(("—", "–", "-", "--", "―"))
_SUBORDINATORS = frozenset(
    ("when", "while", "because", "although", "though", "where", "after", "before", "if", "until")
)


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation and who speaks it. `is_whole` unless it is a part of a sentence that goes on outside the marks."""

    quotation: int
    content: Span
    cue: Token | None
    source: Source | None
    rule_id: str
    is_whole: bool


def find_speech(context: Context, reports: Sequence[Report]) -> list[Speech]:
    """Return the quotations that somebody speaks, in text order; `reports` tell who spoke without marks before them."""
    finder = _Finder(context, reports)
    return [speech for index in range(len(context.quotations)) if (speech := finder.find(index)) is not None]


class _Finder:
    """Walks the outermost quotations in order and remembers who spoke last."""

    def __init__(self, context: Context, reports: Sequence[Report]) -> None:
        self._context = context
        self._reports = sorted(reports, key=lambda report: report.cue.i)
        self._next_report = 0
        self._last: Speech | None = None
        self._last_source: tuple[int, Source] | None = None
        self._found: dict[int, Speech] = {}

    def find(self, index: int) -> Speech | None:
        quotation = self._context.quotations[index]
        if quotation.parent is not None:
            return None
        speech = self._find_linked(index, quotation) or self._find_implied(index, quotation)
        if speech is not None:
            self._found[index] = speech
            self._last = speech
            if speech.source is not None:
                self._last_source = (quotation.outer.end, speech.source)
        return speech

    def _find_linked(self, index: int, quotation: Quotation) -> Speech | None:
        context = self._context
        before = _link_before(context, quotation)
        is_adjacent = (
            before is not None
            and before[0] is not None
            and before[0].i == context.first_token(quotation.outer.start) - 1
        )
        after = None if is_adjacent else _link_after(context, quotation)
        link = after or before or _link_by_dash(context, quotation)
        if link is None:
            return None
        cue, source, rule_id = link
        if source is None and cue is not None and self._last is not None and self._last.cue == cue:
            source = self._last.source
        if source is None:
            return None
        if cue is None:
            return Speech(index, quotation.content, None, source, rule_id, is_whole=True)
        if rule_id == "attribution.quotation.after":
            start = _start_of_clause(context, quotation)
        else:
            start = _start_of_naming(context, cue, quotation) if is_naming(cue) else None
        if start is None:
            is_whole = rule_id == "attribution.quotation.after" or not _goes_on(context, quotation)
            return Speech(index, quotation.content, cue, source, rule_id, is_whole)
        content = context.trim(Span(start, quotation.outer.end))
        return Speech(index, content or quotation.content, cue, source, rule_id, is_whole=False)

    def _find_implied(self, index: int, quotation: Quotation) -> Speech | None:
        if quotation.continues is not None and quotation.continues in self._found:
            before = self._found[quotation.continues]
            return replace(
                before, quotation=index, content=quotation.content, rule_id="attribution.quotation.continued"
            )
        if not _is_speech(self._context, quotation):
            return None
        paragraph = self._context.paragraph_start(quotation.outer.start)
        if self._last is not None and self._last.content.start >= paragraph:
            return replace(
                self._last,
                quotation=index,
                content=quotation.content,
                rule_id="attribution.quotation.continued",
                is_whole=True,
            )
        source = self._find_speaker_before(quotation, paragraph)
        if source is None:
            return None
        return Speech(index, quotation.content, None, source, "attribution.quotation.implied", is_whole=True)

    def _find_speaker_before(self, quotation: Quotation, paragraph: int) -> Source | None:
        """Return who spoke last in this paragraph, or in the one before if the quotation opens its own."""
        context = self._context
        self._hear_reports(quotation.outer.start)
        opens_paragraph = context.first_token(paragraph) >= context.first_token(quotation.outer.start)
        since = context.paragraph_before(paragraph) if opens_paragraph else paragraph
        if self._last_source is not None and self._last_source[0] >= since:
            return self._last_source[1]
        return _find_person_before(context, quotation, since)

    def _hear_reports(self, until: int) -> None:
        """Remember who is reported to have spoken up to a character."""
        while self._next_report < len(self._reports) and self._reports[self._next_report].cue.idx < until:
            report = self._reports[self._next_report]
            self._next_report += 1
            if report.source is None or report.source.nature not in (Nature.NAMED, Nature.OTHER, Nature.CROWD):
                continue
            if self._last_source is None or report.cue.idx >= self._last_source[0]:
                self._last_source = (report.cue.idx, report.source)


def _find_person_before(context: Context, quotation: Quotation, since: int) -> Source | None:
    """Return the person that the sentence before the quotation is about: its subject."""
    last = context.last_token(quotation.outer.start)
    while last >= 0 and (context.tokens[last].is_space or context.tokens[last].is_punct):
        last -= 1
    if last < 0 or context.tokens[last].idx < since:
        return None
    start, end = context.sentence_of[last]
    for token in context.tokens[start:end]:
        if token.dep_ in ("nsubj", "nsubj:pass") and context.quotation_of[token.i] < 0:
            person = _read_person(context, token)
            if person is not None or token.lower_ in ("he", "she"):
                return person or read_source(context, token)
    return None


Link = tuple[Token | None, Source | None, str]


def _link_after(context: Context, quotation: Quotation) -> Link | None:
    """Return the cue that follows a quotation: "...," said X; "...," X, a trader, said; "...?" X asked."""
    first = context.first_token(quotation.outer.end)
    frame: list[Token] = []
    for token in context.tokens[first : first + _REACH]:
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


def _link_before(context: Context, quotation: Quotation) -> Link | None:
    """Return the cue that introduces a quotation: X said: "..."; X said that "..."; X called it "..."."""
    first = context.first_token(quotation.outer.start)
    frame: list[Token] = []
    for token in reversed(context.tokens[max(0, first - _REACH) : first]):
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


def _link_by_dash(context: Context, quotation: Quotation) -> Link | None:
    """Return the person whose name a dash ties to a quotation: "..." — X at the end of a line; X — "..."."""
    following = context.first_token(quotation.outer.end)
    rest = context.tokens[following : following + _REACH]
    line = rest[: next((i for i, token in enumerate(rest) if "\n" in token.text), len(rest))]
    if len(line) > 1 and line[0].text in _DASHES:
        source = _read_person(context, line[1])
        if source is not None and source.span.end >= line[-1].idx:
            return None, source, "attribution.quotation.signed"
    first = context.first_token(quotation.outer.start)
    if first > 1 and context.tokens[first - 1].text in _DASHES:
        token = context.tokens[first - 2]
        possessor = next((child for child in token.lefts if child.dep_ == "nmod:poss"), token)
        return None, _read_person(context, possessor), "attribution.quotation.dash"
    return None


def _read_person(context: Context, token: Token) -> Source | None:
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
        len(frame) > _SPEAKER_REACH or len(context.words(context.quotations[number].content)) > _SPEECH_WORDS
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


def _start_of_clause(context: Context, quotation: Quotation) -> int | None:
    """Return where the sentence starts that leads into a quotation; None if the quotation stands alone.

    It leads in without a pause ("The firm is “well placed,” he said") or by an opening phrase ("In time, “we will.”").
    """
    first = context.first_token(quotation.outer.start)
    words: list[Token] = []
    for token in reversed(context.tokens[max(0, first - _REACH) : first]):
        if (
            context.quotation_of[token.i] >= 0
            or "\n" in token.text
            or context.is_terminator(token.i)
            or token.text == ":"
        ):
            break
        words.append(token)
    if not words or list_quoting_cues(words[0]):
        return None
    if words[0].is_punct and (words[0].text != "," or any(word.tag_ in _FINITE for word in words)):
        return None
    return words[-1].idx


def _start_of_naming(context: Context, cue: Token, quotation: Quotation) -> int | None:
    """Return where that begins which a quotation names: X called [the plan "a mistake"]; None for a bare pronoun."""
    first = context.first_token(quotation.outer.start)
    words = [token for token in context.tokens[cue.i + 1 : first] if not token.is_punct and not token.is_space]
    return None if all(word.pos_ in ("PRON", "ADP", "DET") for word in words) else words[0].idx


def _goes_on(context: Context, quotation: Quotation) -> bool:
    """Return whether the sentence goes on after a quotation without a pause."""
    inside = context.text[quotation.content.end : quotation.outer.end]
    if context.text[quotation.content.end - 1] in ".?!…" or "," in inside:
        return False
    first = context.first_token(quotation.outer.end)
    return first < len(context.tokens) and not (context.tokens[first].is_punct or context.tokens[first].is_space)


def _is_speech(context: Context, quotation: Quotation) -> bool:
    """Return whether quoted words look like an utterance rather than a title, a term or a scare quote."""
    words = context.words(quotation.content)
    if len(words) < _SPEECH_WORDS or not any(word.pos_ in ("VERB", "AUX") for word in words):
        return False
    start, end = quotation.content
    text = context.text
    before = text[max(0, quotation.outer.start - 3) : quotation.outer.start].rstrip(" ")[-1:]
    starts = before in ("", "\n", ".", "?", "!", "…", ":", "”", '"', "—", "’", "'")
    ends = (
        text[end - 1] in ".?!…"
        or "," in text[end : quotation.outer.end]
        or text[quotation.outer.end : quotation.outer.end + 1] in ".?!\n"
    )
    return starts and ends and not text[start].islower()
