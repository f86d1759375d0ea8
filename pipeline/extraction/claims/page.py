"""An article ready for patterns: its tree, and who, how much and when stands at each token.

Belongs here: looking up mentions, quantities, times and attributions by token. Does not belong here: finding them
(packages of their own) and deciding which of them fills a role (`roles`, `events`, `figures`).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.extraction.claims.mending import Lexicon, Stretch, mend
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.model import Analysis, Attribution, MentionDraft, Quantity, Span, TimeExpression
from pipeline.predicates import Registry
from pipeline.tables import EntityType

_MAIN_MENTIONS = 3
_NAMED = frozenset({"name", "alias", "surname", "acronym", "ticker"})


Value = TypeVar("Value", Quantity, TimeExpression, MentionDraft)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Value]):
    """A value of the text and the tokens it covers; `anchor` is the one that the others hang on."""

    value: Value
    first: int
    last: int
    anchor: int


class Page:
    """One analysed article, its tree, and its values by token index."""

    def __init__(self, analysis: Analysis, registry: Registry, lexicon: Lexicon) -> None:
        self.analysis = analysis
        self.registry = registry
        self.vocabulary = registry.vocabulary
        self.tree = Tree(analysis.doc, registry.vocabulary.past_tenses)
        self.quantities = [placed for value in analysis.quantities if (placed := self._place(value, value.span))]
        self.times = [placed for value in analysis.times if (placed := self._place(value, value.span))]
        self.mentions = [placed for value in analysis.mentions if (placed := self._place(value, value.span))]
        self._mention_at = self._index_mentions()
        self.quantities = [placed for placed in self.quantities if not self._is_part_of_name(placed)]
        self.quantity_at = {i: placed for placed in self.quantities for i in range(placed.first, placed.last + 1)}
        self._mend(lexicon)
        self._companies = self._index_companies()
        self._main_company = self._find_main_company()
        self.time_at = {i: placed for placed in self.times for i in range(placed.first, placed.last + 1)}

    def _place(self, value: Value, span: Span) -> Placed[Value] | None:
        anchor = self.tree.anchor(span)
        if anchor is None:
            return None
        covered = self.tree.tokens_of(span)
        return Placed(value, covered[0], covered[-1], anchor)

    def _index_mentions(self) -> dict[int, Placed[MentionDraft]]:
        by_token: dict[int, Placed[MentionDraft]] = {}
        for placed in sorted(self.mentions, key=_weight):
            for index in range(placed.first, placed.last + 1):
                by_token[index] = placed
        return by_token

    def _is_part_of_name(self, placed: Placed[Quantity]) -> bool:
        """Whether the number only names: "the 777X", "Boeing 737"."""
        named = self.name(placed.first)
        return named is not None and named.first <= placed.first and placed.last <= named.last

    def _index_companies(self) -> dict[int, list[Placed[MentionDraft]]]:
        by_sentence: dict[int, list[Placed[MentionDraft]]] = {}
        for placed in self.mentions:
            if self.entity_type(placed.value.entity) == "organization" and placed.value.kind != "pronoun":
                by_sentence.setdefault(self.tree.sentence[placed.anchor], []).append(placed)
        return by_sentence

    def _mend(self, lexicon: Lexicon) -> None:
        names = [
            Stretch(placed.first, placed.last, placed.anchor)
            for placed in self.mentions
            if placed.value.kind in _NAMED and placed.value.entity is not None
        ]
        mend(self.tree, names, frozenset(self.quantity_at), lexicon)

    def mention(self, index: int) -> Placed[MentionDraft] | None:
        """Return the mention that covers the token, the longest name first."""
        return self._mention_at.get(index)

    def name(self, index: int) -> Placed[MentionDraft] | None:
        """Return the mention by name that covers the token."""
        placed = self._mention_at.get(index)
        return placed if placed and placed.value.kind in _NAMED and placed.value.entity is not None else None

    def entity_type(self, entity: int | None) -> EntityType | None:
        """Return the type of the entity draft at this index."""
        return None if entity is None else self.analysis.entities[entity].entity_type

    def attribution(self, span: Span) -> Attribution | None:
        """Return the innermost attribution whose content holds `span`."""
        covering = [held for held in self.analysis.attributions if span.within(held.content)]
        return min(covering, key=lambda held: held.content.end - held.content.start, default=None)

    def is_carrier(self, noun: int) -> bool:
        """Return whether the noun says of its content that it is planned, denied, rumoured, forecast or possible."""
        lemma, words = self.tree.lemma[noun], self.vocabulary
        held = (words.plan_words, words.denial_words, words.rumour_words, words.forecast_words, words.possible_words)
        return lemma == "announcement" or any(lemma in group for group in held)

    def company_in_focus(self, token: int) -> Placed[MentionDraft] | None:
        """Return the organization that was last spoken of as a subject, in this sentence or one of the two before.

        Where there is none, that is the organization that most of the article's mentions of organizations mean.
        """
        tree = self.tree
        number = tree.sentence[token]
        for sentence in range(number, max(number - 3, -1), -1):
            for placed in reversed(self._companies.get(sentence, [])):
                if placed.last < token and self._is_topic(placed):
                    return placed
        return self._main_company

    def _find_main_company(self) -> Placed[MentionDraft] | None:
        mentions = [placed for sentence in self._companies.values() for placed in sentence]
        counts = Counter(placed.value.entity for placed in mentions)
        if not counts:
            return None
        entity, count = counts.most_common(1)[0]
        is_main = count >= _MAIN_MENTIONS and count * 2 >= len(mentions)
        return next(placed for placed in mentions if placed.value.entity == entity) if is_main else None

    def _is_topic(self, placed: Placed[MentionDraft]) -> bool:
        tree = self.tree
        anchor = placed.anchor
        for _ in range(3):
            if tree.dep[anchor] in {"nmod:poss", "compound", "flat", "appos", "nmod:desc"}:
                anchor = tree.head[anchor]
        return tree.dep[anchor].startswith("nsubj")

    def text_of(self, index: int) -> str:
        """Return the token as the article writes it."""
        return self.analysis.article.text[self.tree.start[index] : self.tree.end[index]]

    def sentence_span(self, index: int) -> Span:
        """Return the sentence in which the token stands, without the white space around it."""
        tree = self.tree
        first, end = tree.sentences[tree.sentence[index]]
        inked = [i for i in range(first, end) if tree.lower[i].strip()] or [first]
        return Span(tree.start[inked[0]], tree.end[inked[-1]])


def _weight(placed: Placed[MentionDraft]) -> tuple[bool, bool, int]:
    mention = placed.value
    return (mention.entity is not None, mention.kind in _NAMED, mention.span.end - mention.span.start)
