"""Repairs of noun phrases that the parser cut, or took for verbs.

Belongs here: nouns read as verbs or adverbs, objects cut in two, and what a possessive mark makes one phrase. Does not
belong here: verbs and their subjects (`mending`, `verb_mending`).
"""

from pipeline.extraction.claims.tree import Tree

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PAST = frozenset({"VBD", "VBN"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_ADVERBIAL = frozenset({"advmod", "obl:unmarked", "dep", "discourse", "list"})
_IN_PHRASE = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "$", "HYPH", "VBN", "VBG"})
_NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss", "compound", "appos"})
_GIVING = frozenset(
    {"give", "grant", "offer", "award", "send", "hand", "lend", "show", "cost", "deny", "bring", "pay", "owe", "charge"}
)


def mend_nouns(tree: Tree, amounts: frozenset[int], nouns: frozenset[str]) -> None:
    """Make nouns of adverbs that close a noun phrase ("a $798 million fine") and of nouns that half pass for verbs."""
    for index in range(1, tree.size):
        is_nominal = tree.dep[index] in _NOMINAL or tree.tag[index - 1] == "POS"
        is_object = tree.tag[index] == "VBN" and tree.dep[index] == "obj" and tree.lower[index] in nouns
        if is_object or (tree.pos[index] in {"VERB", "ADV"} and tree.tag[index] in _NOUNS and is_nominal):
            tree.pos[index], tree.lemma[index] = "NOUN", tree.lower[index] if is_object else tree.lemma[index]
        if index not in amounts and _is_split_object(tree, index):
            for child in [index - 1, *tree.children_by(index - 1, "conj", "cc")]:
                tree.attach(child, index, "compound" if child < index else tree.dep[child])
        before = index - 1
        is_phrase = before in amounts or tree.tag[before] in {"JJ", "POS", "HYPH", "PRP$"} or tree.dep[index] == "obj"
        if tree.pos[index] == "ADV" and is_phrase and tree.lemma[index] in nouns:
            tree.pos[index], tree.tag[index] = "NOUN", "NN"


def _is_split_object(tree: Tree, index: int) -> bool:
    """Whether two objects side by side are one: "its profit forecast", "sells Barbie dolls", not "gave Ford loans"."""
    verb = tree.head[index]
    if tree.dep[index] != "obj" or tree.dep[index - 1] != "obj" or tree.head[index - 1] != verb:
        return False
    is_noun = tree.pos[index - 1] == "NOUN" and tree.tag[index - 1] in _NOUNS
    is_name = tree.pos[index - 1] == "PROPN" and tree.tag[index] == "NNS" and tree.lemma[verb] not in _GIVING
    return tree.pos[index] == "NOUN" and (is_noun or is_name)


def _goes_on(tree: Tree, index: int) -> bool:
    """Whether a noun phrase goes on here: no participle but one that describes its noun."""
    is_participle = tree.tag[index] in {"VBN", "VBG"}
    return tree.tag[index] in _IN_PHRASE and (not is_participle or tree.dep[index] in {"amod", "compound"})


def mend_possessors(tree: Tree, anchors: dict[int, int], amounts: frozenset[int]) -> None:
    """Give what stands before a possessive mark to the noun phrase after it."""
    for mark in range(1, tree.size):
        if tree.tag[mark] != "POS":
            continue
        possessor = anchors.get(mark - 1, mark - 1)
        if mark - 1 not in anchors and tree.dep[mark] == "case" and tree.head[mark] < mark:
            possessor = tree.head[mark]
        end = mark + 1
        while end < tree.size and _goes_on(tree, end) and tree.sentence[end] == tree.sentence[mark]:
            end += 1
        nouns = [i for i in range(mark + 1, end) if tree.tag[i] in _NOUNS and tree.pos[i] == "NOUN"]
        nouns = [i for i in nouns if i not in amounts] or [i for i in range(mark + 1, end) if tree.pos[i] == "PROPN"]
        if not nouns:
            continue
        head = tree.head[possessor]
        owned = head if head in nouns else nouns[-1]
        if head != owned or tree.dep[possessor] != "nmod:poss":
            if owned in tree.subtree(possessor):
                tree.attach(owned, tree.head[possessor], tree.dep[possessor])
            tree.attach(possessor, owned, "nmod:poss")
            tree.attach(mark, possessor, "case")
        elif tree.dep[owned] not in _ADVERBIAL:
            continue
        _mend_verb_of_owned(tree, owned)


def _mend_verb_of_owned(tree: Tree, owned: int) -> None:
    """Make what is owned the subject of the past tense right after it: "Apple's profit dropped"."""
    verb = owned + 1
    if verb >= tree.size or tree.tag[verb] not in _PAST or tree.has_child(verb, *_SUBJECTS):
        return
    tree.tag[verb] = "VBD"
    if owned not in tree.subtree(verb) or tree.head[owned] == verb:
        make_subject(tree, owned, verb)


def make_subject(tree: Tree, noun: int, verb: int) -> None:
    """Make the noun the subject of the verb; where the verb hung below the noun, it takes the noun's place."""
    if verb in tree.subtree(noun):
        is_root = tree.head[noun] == noun
        tree.attach(verb, verb if is_root else tree.head[noun], "ROOT" if is_root else tree.dep[noun])
        for child in [c for c in tree.children[noun] if c > verb]:
            tree.attach(child, verb, tree.dep[child])
    if not tree.has_child(verb, *_SUBJECTS):
        tree.attach(noun, verb, "nsubj")
