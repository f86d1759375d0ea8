"""Constructions that put somebody in a place: "the second-largest maker of ...", said of a party.

Belongs here: superlatives and ordinals. Does not belong here: other amounts (`levels`).
"""

from collections.abc import Iterator

from pipeline.extraction.claims.amounts import Reading
from pipeline.extraction.claims.clauses import find_copula_subject, find_object, find_subject
from pipeline.extraction.claims.page import Page, Placed
from pipeline.extraction.model import Quantity, Span

_UNRANKED = frozenset(
    {
        "time",
        "year",
        "quarter",
        "day",
        "week",
        "month",
        "half",
        "place",
        "thing",
        "step",
        "chance",
        "round",
        "shareholder",
        "investor",
        "backer",
        "stakeholder",
        "executive",
        "official",
        "priority",
        "leader",
        "diplomat",
        "concern",
        "adviser",
        "advisor",
        "lawyer",
        "job",
        "post",
        "end",
        "aide",
        "prosecutor",
        "story",
        "choice",
        "pick",
    }
)


_VAGUE = frozenset(
    {"recent", "important", "likely", "notable", "common", "significant", "obvious", "interesting", "exciting", "part"}
)
_OVERTAKING = frozenset(
    {"overtake", "surpass", "replace", "dethrone", "unseat", "succeed", "displace", "eclipse", "pass"}
)
_NO_RANK = frozenset({"latest", "least", "most", "best", "last"})


def find_superlatives(page: Page) -> Iterator[Placed[Quantity]]:
    """Superlatives that put a party first ("the world's largest carmaker"), as ranks; "one of the largest" does not."""
    tree = page.tree
    for token in range(1, tree.size - 1):
        is_superlative = tree.tag[token] == "JJS" and tree.lower[token] not in _NO_RANK
        is_first = is_superlative or (tree.lower[token - 1] in {"the", "'s"} and _is_foremost(page, token))
        if not is_first or token in page.quantity_at or token - 1 in page.quantity_at or tree.lower[token - 1] == "-":
            continue
        before = range(max(token - 5, 0), token)
        is_one_of = any(tree.lower[i] == "one" and tree.lower[i + 1] == "of" for i in before)
        if is_one_of or any(tree.lower[i] == "among" for i in before) or tree.lower[token - 1] == "at":
            continue
        span = Span(tree.start[token], tree.end[token])
        yield Placed(Quantity(span=span, kind="rank", low=1, high=1, comparator="eq"), token, token, token)


def _is_foremost(page: Page, token: int) -> bool:
    """Whether the word puts its noun first: "the top app", "the most downloaded model"."""
    tree = page.tree
    if tree.lower[token] == "top":
        return True
    following = tree.tag[token + 1] in {"JJ", "VBN"} and tree.lower[token + 1] not in _VAGUE
    return tree.lower[token] == "most" and following


def read_rank(page: Page, placed: Placed[Quantity]) -> Reading | None:
    """Return the reading of "the second-largest maker of ...", said of somebody by copula, apposition or "as"."""
    tree = page.tree
    noun = tree.head[placed.anchor]
    for _ in range(2):
        if tree.pos[noun] in {"ADJ", "ADV"} or tree.dep[noun] == "amod":
            noun = tree.head[noun]
    if noun <= placed.last or tree.pos[noun] not in {"NOUN", "PROPN"} or tree.lemma[noun] in _UNRANKED:
        return None
    while tree.dep[noun] == "compound" and tree.head[noun] > noun:
        noun = tree.head[noun]
    holder = _find_holder(page, noun)
    if holder is None and tree.dep[noun] == "conj" and tree.pos[tree.head[noun]] == "NOUN":
        holder = _find_holder(page, tree.head[noun])
    return Reading(noun, noun, holder, None, "rank") if holder is not None else None


def _find_holder(page: Page, noun: int) -> int | None:
    """Whoever the noun is said of."""
    tree = page.tree
    holder = find_copula_subject(tree, noun)
    if holder is None and tree.dep[noun] == "appos":
        holder = tree.head[noun]
    if holder is None and tree.case(noun) == "as":
        holder = _subject_of_as(page, tree.head[noun])
    if holder is None and tree.dep[noun] == "obj" and tree.lemma[tree.head[noun]] in {"represent", "become", "remain"}:
        holder = find_subject(tree, tree.head[noun])
    return holder


def _subject_of_as(page: Page, verb: int) -> int | None:
    tree = page.tree
    if not tree.is_verb(verb):
        return None
    patient = find_object(tree, verb) if tree.lemma[verb] not in _OVERTAKING else None
    return patient if patient is not None else find_subject(tree, verb)
