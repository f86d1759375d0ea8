"""Repairs of a tree where names, possessive marks and amounts rule out what the parser read.

Belongs here: the order of the repairs, and readings that names rule out, whatever the parser: the words of a name are
no verbs, a name before a verb form and its object is its subject. Does not belong here: noun phrases (`noun_mending`),
verbs by their forms alone (`verb_mending`), what a clause means (`clauses`), a choice between readings that could be.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extraction.claims.noun_mending import make_subject, mend_nouns, mend_possessors
from pipeline.extraction.claims.tree import Tree
from pipeline.extraction.claims.verb_mending import mend_infinitives, mend_participles, mend_particles
from pipeline.predicates import Registry

_NOT_IN_NAMES = frozenset({"VERB", "AUX", "ADV", "ADP"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PAST = frozenset({"VBD", "VBN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LOOSE = frozenset({"list", "nmod", "appos", "dep", "nmod:unmarked", "obl:unmarked", "parataxis", "compound"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_UNDER_NAME = frozenset({"xcomp", "acl", "amod", "obj", "dep", "parataxis", "ccomp", "appos", "flat", "list"})
_ADVERBIAL = frozenset({"advmod", "obl:unmarked", "dep", "discourse", "list"})
_OUTSIDE_CLAUSE = frozenset({"discourse", "vocative", "dislocated"})
_HEDGES = frozenset({"about", "nearly", "almost", "roughly", "around", "over", "only", "some", "approximately", "more"})


class Stretch(NamedTuple):
    """The tokens of a name, both ends included, and the one that the others hang on."""

    first: int
    last: int
    anchor: int


class Lexicon(NamedTuple):
    """The lemmas that patterns know as verbs and as nouns."""

    verbs: frozenset[str]
    nouns: frozenset[str]


def make_lexicon(registry: Registry) -> Lexicon:
    """Return the first words of verb patterns with the shared verbs, and the last words of noun patterns."""
    words = registry.vocabulary
    verbs = words.increase_verbs | words.decrease_verbs | words.level_verbs | words.holding_verbs
    verbs |= words.support_verbs | words.reporting_verbs | words.plan_words | words.forecast_words
    patterns = registry.predicates.values()
    verbs |= {lemma.split()[0] for p in patterns for trigger in p.verbs for lemma in trigger.lemmas}
    nouns = {lemma.split()[-1] for p in patterns for trigger in p.nouns for lemma in trigger.lemmas}
    nouns |= words.measurable_nouns
    nouns |= {noun.split()[-1] for p in patterns for measure in p.measures for noun in measure.nouns}
    return Lexicon(verbs, frozenset(nouns))


def mend(tree: Tree, names: Sequence[Stretch], amounts: frozenset[int], lexicon: Lexicon) -> None:
    """Repair `tree` in place; `amounts` are the tokens of quantities."""
    misread = {name.anchor for name in names if _is_verb_inside(tree, name)}
    for name in names:
        for index in range(name.first, name.last + 1):
            if tree.pos[index] in _NOT_IN_NAMES:
                tree.pos[index] = "PROPN"
    mend_nouns(tree, amounts, lexicon.nouns)
    anchors = {name.last: name.anchor for name in names}
    mend_possessors(tree, anchors, amounts)
    for name in names:
        _mend_verb_after(tree, name, name.anchor in misread, amounts, lexicon)
        _mend_double_subject(tree, name)
        if tree.dep[name.anchor] in _OUTSIDE_CLAUSE and tree.head[name.anchor] > name.last:
            _take_for_subject(tree, name.anchor)
    starts = frozenset(name.first for name in names)
    for index in range(1, tree.size - 1):
        if tree.tag[index] == "NNS" and _stem(tree, index) in lexicon.verbs and _has_pronoun_subject(tree, index):
            tree.tag[index], tree.pos[index], tree.lemma[index] = "VBZ", "VERB", _stem(tree, index)
            _take_objects(tree, index)
        if tree.tag[index] == "NNS" and tree.head[index] == index:
            _mend_verbless(tree, index, starts | amounts, lexicon)
    mend_participles(tree)
    mend_infinitives(tree)
    mend_particles(tree)
    for name in names:
        _mend_apposition(tree, name)


def _has_pronoun_subject(tree: Tree, index: int) -> bool:
    """Whether a "noun" has "it" or "she" right before it as subject, as verbs alone have: "it plans to buy"."""
    before = index - 1
    is_subject = tree.tag[before] == "PRP" and tree.dep[before] == "nsubj" and tree.head[before] == index
    return is_subject and not tree.has_child(index, "cop")


def _is_verb_inside(tree: Tree, name: Stretch) -> bool:
    return any(tree.pos[index] == "VERB" for index in range(name.first, name.last + 1))


def _mend_verb_after(tree: Tree, name: Stretch, is_misread: bool, amounts: frozenset[int], lexicon: Lexicon) -> None:
    """Make a verb of what follows a name and has an object after it, and the name its subject."""
    verb = name.last + 1
    if verb + 1 >= tree.size or tree.sentence[verb] != tree.sentence[name.last]:
        return
    if tree.lower[verb] in {"'s", "'"} or not tree.lower[verb].isalpha() or tree.is_capital[verb]:
        return
    tag, lemma = tree.tag[verb], _stem(tree, verb)
    if _is_taken_for_modifier(tree, name, verb, lexicon):
        tree.tag[verb], tree.pos[verb] = "VBD", "VERB"
        _change_places(tree, verb, "obj")
    elif tag in _FINITE and tree.head[name.anchor] == verb and tree.dep[name.anchor] in _LOOSE:
        tree.dep[name.anchor], tree.pos[verb] = "dep", "VERB"
    elif (
        tag == "NNS" and lemma in lexicon.verbs and (_opens_object(tree, verb + 1, amounts) or _needs_verb(tree, verb))
    ):
        tree.tag[verb], tree.pos[verb], tree.lemma[verb] = "VBZ", "VERB", lemma
    elif is_misread and tag in {"NN", "VB"} and lemma in lexicon.verbs and tree.head[name.anchor] == name.anchor:
        tree.tag[verb], tree.pos[verb] = "VBD", "VERB"
        patient = tree.head[verb]
        if patient != verb and patient > verb and tree.pos[patient] in {"NOUN", "PROPN"}:
            tree.attach(verb, name.anchor, "dep")
            tree.attach(patient, verb, "obj")
    elif tag not in {"VBD", "VBZ", "VBP", "VBN"} or (
        tree.head[verb] != name.anchor
        or tree.dep[verb] not in _UNDER_NAME
        or not (is_misread or (tree.head[name.anchor] == name.anchor and _opens_object(tree, verb + 1, amounts)))
    ):
        return
    elif tag == "VBN":
        tree.tag[verb] = "VBD"
    make_subject(tree, name.anchor, verb)
    _take_objects(tree, verb)


def _is_taken_for_modifier(tree: Tree, name: Stretch, verb: int, lexicon: Lexicon) -> bool:
    """Whether a sentence lacks a verb because one was read as describing its object: "AMD forecast revenue of"."""
    thing = tree.head[verb]
    first, end = tree.sentences[tree.sentence[verb]]
    if tree.tag[verb] not in _PAST or tree.dep[verb] != "amod" or thing < verb or tree.head[thing] != thing:
        return False
    has_verb = any(tree.tag[i] in _FINITE for i in range(first, end) if i != verb)
    return not has_verb and tree.lemma[verb] in lexicon.verbs and tree.head[name.anchor] in {verb, thing}


def _mend_double_subject(tree: Tree, name: Stretch) -> None:
    """Give a name before a title to the title, where both became subjects: "T-Mobile CEO John Legere is leaving"."""
    verb = tree.head[name.anchor]
    if tree.dep[name.anchor] not in _SUBJECTS:
        return
    second = next((c for c in tree.children_by(verb, *_SUBJECTS) if name.last < c < verb), None)
    between = range(name.last + 1, second if second is not None else 0)
    if second is not None and between and all(tree.tag[i] in _NOUNS or tree.lower[i] == "-" for i in between):
        tree.attach(name.anchor, second, "compound")


def _mend_verbless(tree: Tree, root: int, openers: frozenset[int], lexicon: Lexicon) -> None:
    """Make a verb of the plural that heads a sentence without one: "The offer values SpaceX at $350 billion"."""
    first, end = tree.sentences[tree.sentence[root]]
    stem = tree.lower[root].removesuffix("s")
    has_verb = any(tree.tag[i] in _FINITE for i in range(first, end))
    if has_verb or stem not in lexicon.verbs or root + 1 not in openers or tree.pos[root - 1] not in {"NOUN", "PROPN"}:
        return
    tree.tag[root], tree.pos[root], tree.lemma[root] = "VBZ", "VERB", stem
    for child in [c for c in tree.children[root] if c < root - 1 and tree.dep[c] != "punct"]:
        tree.attach(child, root - 1, tree.dep[child])
    tree.attach(root - 1, root, "nsubj")
    _take_objects(tree, root)


def _needs_verb(tree: Tree, index: int) -> bool:
    """Whether the sentence has no finite verb, and an object or a phrase follows that one could have."""
    first, end = tree.sentences[tree.sentence[index]]
    has_verb = any(tree.tag[i] in _FINITE for i in range(first, end))
    return not has_verb and tree.tag[index + 1] in {"NN", "NNS", "JJ", "IN"}


def _take_for_subject(tree: Tree, name: int) -> None:
    """A name that is left outside the clause is its subject where it has none: "Alibaba, as a rival, may be wary"."""
    head = tree.head[name]
    if not tree.has_child(head, *_SUBJECTS, "csubj"):
        tree.attach(name, head, "nsubj")


def _stem(tree: Tree, index: int) -> str:
    """The lemma of a verb form that was taken for a plural."""
    form = tree.lower[index]
    if tree.tag[index] != "NNS":
        return tree.lemma[index]
    return form.removesuffix("ies") + "y" if form.endswith("ies") else form.removesuffix("s")


def _opens_object(tree: Tree, index: int, amounts: frozenset[int]) -> bool:
    """Whether an object, an infinitive or an amount begins here."""
    if tree.lower[index] == "to":
        return index + 1 < tree.size and tree.tag[index + 1] == "VB"
    if index in amounts or tree.tag[index] in {"DT", "PRP$", "$", "CD", "NNP", "PRP"}:
        return True
    follows = range(index + 1, min(index + 3, tree.size))
    return tree.lower[index] in _HEDGES | {"for", "at"} and any(i in amounts for i in follows)


def _take_objects(tree: Tree, verb: int) -> None:
    above = tree.head[verb]
    if above > verb and tree.lower[verb + 1] == "to" and tree.tag[above] == "VB":
        _change_places(tree, verb, "xcomp")
    elif above > verb and tree.tag[above] in _NOUNS and tree.dep[verb] in {"compound", "nsubj", "amod", "nmod"}:
        _change_places(tree, verb, "obj")
    for child in list(tree.children[verb]):
        if child <= verb:
            continue
        if tree.dep[child] == "acl" and tree.is_verb(child):
            tree.attach(child, verb, "xcomp")
        elif tree.dep[child] in _LOOSE and tree.is_noun(child):
            tree.attach(child, verb, "obl" if tree.case(child) is not None else "obj")


def _change_places(tree: Tree, verb: int, dep: str) -> None:
    """Put the verb where its head stood, and the head below it."""
    above = tree.head[verb]
    is_root = tree.head[above] == above
    tree.attach(verb, verb if is_root else tree.head[above], "ROOT" if is_root else tree.dep[above])
    tree.attach(above, verb, dep)


def _mend_apposition(tree: Tree, name: Stretch) -> None:
    """Two subjects of one verb with a comma between are one with its description: "TSMC, the chip maker, said"."""
    verb = tree.head[name.anchor]
    is_loose = tree.dep[name.anchor] in _ADVERBIAL | _OUTSIDE_CLAUSE and tree.case(name.anchor) is None
    if not (is_loose or tree.dep[name.anchor] in _SUBJECTS) or tree.lower[min(name.last + 1, tree.size - 1)] != ",":
        return
    second = next((c for c in tree.children_by(verb, *_SUBJECTS) if name.last < c < verb), None)
    if second is None or "," not in tree.lower[second:verb]:
        return
    opener = name.last + 2
    if tree.tag[opener] in {"DT", "PRP$", "JJ", "NN"} or tree.dep[opener] == "nmod:poss":
        tree.attach(second, name.anchor, "appos")
        tree.attach(name.anchor, verb, "nsubj")
