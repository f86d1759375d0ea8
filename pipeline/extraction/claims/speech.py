"""Claims of speech: one per quoted sentence, one per reported content that nothing else fills.

Belongs here: turning attributions into `say`, `deny`, `confirm`, `forecast` and `plan`. Does not belong here: finding
attributions (`pipeline.extraction.attribution`), and whether another claim fills the content (`find`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page
from pipeline.extraction.model import Attribution, Role, Span
from pipeline.predicates import Registry
from pipeline.predicates.model import Cues

_ANY = "*"
_SHORTEST_QUOTE = 3
_PRESENTING = frozenset({"report", "post", "announce", "reveal", "unveil", "disclose", "publish"})


class SpeechMatcher:
    """The cues of a registry, by lemma."""

    def __init__(self, registry: Registry) -> None:
        self._cues: dict[str, tuple[str, Cues]] = {}
        for predicate in registry.predicates.values():
            for cues in predicate.cues:
                for lemma in sorted(cues.lemmas):
                    self._cues.setdefault(lemma, (predicate.name, cues))

    def match(self, page: Page) -> Iterator[Finding]:
        """Yield a finding per quoted sentence and per reported content of a known speaker, in text order."""
        for attribution in page.analysis.attributions:
            if attribution.entity is None or attribution.speaker is None or attribution.stance == "declines_comment":
                continue
            if attribution.kind != "direct_quote" and not _is_statement(page, attribution):
                continue
            for part in _split_content(page, attribution):
                yield self._make(page, attribution, part)

    def _make(self, page: Page, attribution: Attribution, part: Span) -> Finding:
        assert attribution.speaker is not None
        name, cues = self._cues[_ANY]
        trigger = page.tree.anchor(attribution.cue or part)
        if attribution.kind != "direct_quote" and attribution.cue is not None:
            for token in page.tree.tokens_of(attribution.cue):
                if page.tree.lemma[token] in self._cues:
                    name, cues = self._cues[page.tree.lemma[token]]
        return Finding(
            predicate=name,
            trigger=trigger if trigger is not None else 0,
            subject=Role(attribution.speaker, attribution.entity),
            object=Role(part, None),
            rule_id=f"{name}.{attribution.rule_id}",
            confidence=cues.confidence,
            attribution=attribution,
            evidence=_evidence(page, attribution, part),
            content=part,
        )


def _is_statement(page: Page, attribution: Attribution) -> bool:
    """Whether reported content says something: a clause, or what a verb of saying has for its object."""
    tree = page.tree
    cue = tree.anchor(attribution.cue) if attribution.cue is not None else None
    root = tree.anchor(attribution.content)
    if cue is not None and tree.lemma[cue] in _PRESENTING and root is not None and not tree.is_verb(root):
        return tree.has_child(root, "cop")
    if any(tree.is_verb(token) for token in tree.tokens_of(attribution.content)):
        return True
    content = tree.tokens_of(attribution.content)
    return cue is not None and tree.is_verb(cue) and len(content) > _SHORTEST_QUOTE


def _split_content(page: Page, attribution: Attribution) -> Iterator[Span]:
    """The content, for a quotation cut at the ends of sentences."""
    content = attribution.content
    tree = page.tree
    tokens = tree.tokens_of(content)
    if not tokens:
        return
    if attribution.kind != "direct_quote":
        yield content
        return
    first = tokens[0]
    for number in range(tree.sentence[tokens[0]], tree.sentence[tokens[-1]] + 1):
        inside = [i for i in tokens if tree.sentence[i] == number and tree.lower[i].strip() and i >= first]
        if sum(tree.pos[i] != "PUNCT" for i in inside) >= _SHORTEST_QUOTE:
            start, end = max(tree.start[inside[0]], content.start), min(tree.end[inside[-1]], content.end)
            yield Span(start, end)


def _evidence(page: Page, attribution: Attribution, part: Span) -> Span:
    tokens = page.tree.tokens_of(part)
    sentences = [page.sentence_span(tokens[0]), page.sentence_span(tokens[-1])]
    return Span(min(s.start for s in sentences), max(s.end for s in sentences))
