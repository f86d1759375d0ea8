"""What attribution looks at: an article's tokens with the quotations and mentions that cover them.

Belongs here: look-ups from characters to tokens, from tokens to sentences, quotations and mentions, and spans of
subtrees. Does not belong here: any decision about who said what.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from pipeline.extraction.attribution.quotations import Quotation, find_quotations
from pipeline.extraction.columns import Columns, read_columns
from pipeline.extraction.model import EntityDraft, MentionDraft, Span

FIRST_OR_SECOND_PERSON = frozenset(("i", "we", "you"))
_TERMINATORS = frozenset((".", "!", "?", ";"))
_OPENERS = frozenset(" \t\n,;:–—-\"“”''‘’``")
_CLOSERS = frozenset(" \t\n,;:–—-.\"“”''‘’``")


class Context:
    """An article ready to be searched for attributions; all indices are token indices of its Doc."""

    def __init__(self, doc: Doc, entities: Sequence[EntityDraft], mentions: Sequence[MentionDraft]) -> None:
        columns = read_columns(doc)
        self.text = columns.source
        self.tokens: list[Token] = list(doc)
        self.entities = entities
        self.quotations: list[Quotation] = find_quotations(self.text)
        self._starts = columns.start
        self._paragraphs = [0, *(i + 1 for i, character in enumerate(self.text) if character == "\n")]
        self.quotation_of = self._map_quotations()
        self.mention_of = self._map_mentions(mentions)
        self.sentence_of = self._map_sentences(columns)

    def first_token(self, start: int) -> int:
        """Return the index of the first token that starts at or after a character."""
        return bisect_left(self._starts, start)

    def last_token(self, end: int) -> int:
        """Return the index of the last token that starts before a character; -1 if none does."""
        return bisect_left(self._starts, end) - 1

    def paragraph_start(self, char: int) -> int:
        """Return where the line starts that a character stands in."""
        return self._paragraphs[bisect_right(self._paragraphs, char) - 1]

    def paragraph_before(self, start: int) -> int:
        """Return where the last line that is not blank starts before the line that starts at a character."""
        number = bisect_left(self._paragraphs, start) - 1
        while number > 0 and not self.text[self._paragraphs[number] : self._paragraphs[number + 1]].strip():
            number -= 1
        return self._paragraphs[max(0, number)]

    def token_at(self, char: int) -> int:
        """Return the index of the token that covers a character, or of the last one before it."""
        return max(0, bisect_right(self._starts, char) - 1)

    def words(self, span: Span) -> list[Token]:
        """Return the tokens that start inside a span, without blanks and punctuation."""
        inside = self.tokens[self.first_token(span.start) : self.last_token(span.end) + 1]
        return [token for token in inside if not token.is_space and not token.is_punct]

    def cover(self, first: int, last: int) -> Span | None:
        """Return the span from one token to another, both included, without quotation marks and commas around it."""
        last = min(last, len(self.tokens) - 1)
        if last < first:
            return None
        return self.trim(Span(self.tokens[first].idx, self.tokens[last].idx + len(self.tokens[last])))

    def trim(self, span: Span) -> Span | None:
        """Return the span without marks, blanks and clause punctuation around it; None if nothing else is in it."""
        start, end = span
        while start < end and self.text[start] in _OPENERS:
            start += 1
        while end > start and self.text[end - 1] in _CLOSERS:
            end -= 1
        return Span(start, end) if start < end else None

    def fit(self, span: Span, cue: Token) -> Span | None:
        """Return the span without part quotations: clipped to the cue's own one, widened by any other that it cuts."""
        own = self.quotation_of[cue.i]
        if own >= 0:
            content = self.quotations[own].content
            clipped = Span(max(span.start, content.start), min(span.end, content.end))
            return self.trim(clipped) if clipped.start < clipped.end else None
        start, end = span
        first, last = self.quotation_of[self.token_at(start)], self._quotation_next(end)
        if first >= 0:
            start = min(start, self.quotations[first].outer.start)
        if last >= 0:
            end = max(end, self.quotations[last].outer.end)
        return self.trim(Span(start, end))

    def _quotation_next(self, end: int) -> int:
        """Return the quotation that the character before `end` stands in, or that starts right after it; else -1."""
        inside = self.quotation_of[self.token_at(end - 1)]
        following = self.first_token(end)
        if inside >= 0 or following >= len(self.tokens) or self.tokens[following].is_space:
            return inside
        number = self.quotation_of[following]
        return number if number >= 0 and self.quotations[number].outer.start <= end + 2 else -1

    def is_nominal(self, token: Token) -> bool:
        """Return whether a token can head or end a noun phrase: by its part of speech, or as part of a mention."""
        return token.pos_ in ("PROPN", "NOUN", "PRON") or self.mention_of[token.i] is not None

    def mention_near(self, tokens: Iterable[Token]) -> MentionDraft | None:
        """Return the mention that covers the first of these tokens that has one."""
        return next((mention for token in tokens if (mention := self.mention_of[token.i]) is not None), None)

    def _map_quotations(self) -> list[int]:
        found = [-1] * len(self.tokens)
        for number, quotation in enumerate(self.quotations):
            if quotation.parent is None:
                first, last = self.first_token(quotation.content.start), self.last_token(quotation.outer.end)
                found[first : last + 1] = [number] * (last + 1 - first)
                if first and self._starts[first - 1] >= quotation.outer.start:
                    found[first - 1] = number
        return found

    def _map_mentions(self, mentions: Sequence[MentionDraft]) -> list[MentionDraft | None]:
        found: list[MentionDraft | None] = [None] * len(self.tokens)
        for mention in sorted(mentions, key=lambda mention: (mention.span.start - mention.span.end, mention.span)):
            for index in range(self.first_token(mention.span.start), self.last_token(mention.span.end) + 1):
                found[index] = mention
        return found

    def _map_sentences(self, columns: Columns) -> list[tuple[int, int]]:
        """Return the sentence of each token: the parser's, ended by closing marks too, but never by a comma."""
        found: list[tuple[int, int]] = []
        start = 0
        for first, end in columns.sentences():
            for index in range(first + 2, end - 1):
                if self.quotation_of[index] >= 0 and self._ends_with_quotation(index):
                    found.extend([(start, index + 1)] * (index + 1 - start))
                    start = index + 1
            if columns.text[end - 1] == "," and end < len(self.tokens):
                continue
            found.extend([(start, end)] * (end - start))
            start = end
        return found

    def _ends_with_quotation(self, index: int) -> bool:
        """Return whether a sentence ends with the quotation of a token: full stop, closing mark, capital letter."""
        number, token = self.quotation_of[index], self.tokens[index]
        return (
            self.quotation_of[index + 1] != number
            and self.text[max(0, token.idx - 3) : token.idx + len(token)].rstrip("\"”’'» ").endswith(".")
            and self.tokens[index + 1].text[0].isupper()
        )

    def is_terminator(self, index: int) -> bool:
        """Return whether a token ends a sentence: a full stop or the like that no bracket or comma follows."""
        token = self.tokens[index]
        if token.text not in _TERMINATORS:
            return False
        after = self.text[token.idx + 1 : token.idx + 2]
        return after == "" or after.isspace() or after in "\"”’'»"


def is_negated(token: Token) -> bool:
    """Return whether a verb is negated: not, n't, never, neither, nor."""
    return any(child.lower_ in _NEGATIONS for child in token.children)


_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor"))


def has_modal(token: Token) -> bool:
    """Return whether a verb stands under a modal (may say, will report) and so states no speech that took place."""
    return any(child.tag_ == "MD" for child in token.children)


def relation(token: Token) -> str:
    """Return the Universal Dependencies relation of a token without its subtype."""
    return token.dep_.partition(":")[0]
