"""In which medium a denial was made: "denied it to Reuters", "the denial, made by an executive on The Paper".

Belongs here: leading from a denial to a report by the outlet that is named as its place. Does not belong here: outlets
that are the subject of a report ("Reuters reported that ..."), which attribution finds (`nesting` leads to them).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extraction.attribution.cues import load_cues
from pipeline.extraction.attribution.sources import names_outlet
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.model import Attribution, ClaimDraft, MentionDraft, Role, Span

_CUES = load_cues()
_DENIALS = frozenset(lemma for cue in (*_CUES.verb, *_CUES.noun) if cue.stance == "denies" for lemma in cue.lemmas)
_PLACES = frozenset(("in", "on", "through", "to", "via", "with"))
_NAMING = frozenset(("appos", "compound", "flat", "nmod:desc"))
_POINTING = frozenset(("that", "the", "this"))
_REACH = 3
_RULE = "media.denial"
_CONFIDENCE = 0.7


def link_media(page: Page, drafts: Sequence[ClaimDraft]) -> tuple[ClaimDraft, ...]:
    """Return the claims and, for each denial that an outlet is named as the place of, the outlet's report of it.

    The denial gets that report as its parent. "The denial" means the last one before.
    """
    linked = list(drafts)
    for outlet, carrier in _find_places(page):
        number = _find_denial(page, carrier, linked)
        if number is not None and linked[number].parent is None:
            linked[number] = replace(linked[number], parent=len(linked))
            linked.append(_report(page, outlet, carrier))
    return tuple(linked)


def _find_places(page: Page) -> Iterator[tuple[Placed[MentionDraft], int]]:
    """Yield outlets in the phrases that say where something was denied, each with the verb or noun of denying."""
    tree = page.tree
    for placed in page.mentions:
        if page.name(placed.anchor) is not placed or not _is_outlet(page, placed):
            continue
        carrier = _head_of_phrase(page, placed)
        for _ in range(_REACH if tree.case(carrier) in _PLACES else 0):
            carrier = tree.head[carrier]
            if tree.lemma[carrier] in _DENIALS:
                yield placed, carrier
                break


def _head_of_phrase(page: Page, placed: Placed[MentionDraft]) -> int:
    """Return the token that the preposition before an outlet governs: its name, or what it is called right before it.

    "On the news outlet The Paper": the tree may leave the name apart from its noun.
    """
    tree = page.tree
    top = placed.anchor
    while tree.dep[top] in _NAMING and tree.head[top] != top:
        top = tree.head[top]
    before = placed.first - 1
    return before if tree.case(top) is None and before >= 0 and tree.pos[before] == "NOUN" else top


def _is_outlet(page: Page, placed: Placed[MentionDraft]) -> bool:
    entity = placed.value.entity
    if entity is None or page.entity_type(entity) in ("person", "place"):
        return False
    span = placed.value.span
    surface = page.analysis.article.text[span.start : span.end]
    return names_outlet(surface) or names_outlet(page.analysis.entities[entity].name)


def _find_denial(page: Page, carrier: int, drafts: Sequence[ClaimDraft]) -> int | None:
    """Return the denial of the carrier's own sentence, or the last one before that it points to."""
    sentence = page.sentence_span(carrier)
    denials = [number for number, draft in enumerate(drafts) if draft.stance == "denies"]
    here = [number for number in denials if drafts[number].evidence.overlaps(sentence)]
    points_back = any(page.tree.lower[child] in _POINTING for child in page.tree.children_by(carrier, "det"))
    before = [number for number in denials if drafts[number].evidence.end <= sentence.start] if points_back else []
    return here[0] if here else max(before, key=lambda number: drafts[number].evidence, default=None)


def _report(page: Page, outlet: Placed[MentionDraft], carrier: int) -> ClaimDraft:
    evidence = page.sentence_span(carrier)
    told = Span(page.tree.start[carrier], page.tree.end[carrier])
    content = page.tree.phrase(carrier) if page.tree.is_noun(carrier) else told
    mention = outlet.value
    return ClaimDraft(
        predicate="say",
        subject=Role(mention.span, mention.entity),
        object=Role(content, None),
        evidence=evidence,
        attribution=Attribution(evidence, "indirect_speech", mention.span, None, _RULE, mention.entity),
        rule_id=_RULE,
        confidence=_CONFIDENCE,
    )
