"""Repairs of verbs that the parser joined to the wrong word or did not see.

Belongs here: infinitives, participles and particles, by the forms of the words alone. Does not belong here: subjects
and objects that names tell (`mending`), noun phrases (`noun_mending`).
"""

from pipeline.extraction.claims.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")


def mend_infinitives(tree: Tree) -> None:
    """Make infinitives of nouns after "to", and join each verb to one of its own form: "plans to buy A and sell B"."""
    for index in range(1, tree.size):
        after_to = tree.tag[index - 1] == "TO" and tree.head[index - 1] == index
        if after_to and tree.tag[index] == "NN" and tree.dep[index] in {"obl", "nmod"} and not tree.is_capital[index]:
            tree.tag[index], tree.pos[index], tree.lemma[index] = "VB", "VERB", tree.lower[index]
            tree.dep[index - 1] = "mark"
            tree.dep[index] = "xcomp" if tree.is_verb(tree.head[index]) else "acl"
        elif tree.tag[index] == "VB" and tree.dep[index] == "conj":
            infinitive = _infinitive_before(tree, index)
            if infinitive is not None:
                tree.attach(index, infinitive, "conj")
        elif tree.tag[index] == "VBD" and tree.dep[index] == "conj" and not tree.has_child(index, *_SUBJECTS):
            finite = _finite_above(tree, tree.head[index])
            if finite is not None:
                tree.attach(index, finite, "conj")


def _finite_above(tree: Tree, infinitive: int) -> int | None:
    """The finite verb above an infinitive, which a past tense joined to the infinitive goes on with."""
    if tree.tag[infinitive] != "VB" or not any(tree.tag[mark] == "TO" for mark in tree.children_by(infinitive, "mark")):
        return None
    above = tree.head[infinitive]
    return above if tree.tag[above] in _FINITE and tree.dep[infinitive] in {"xcomp", "advcl"} else None


def mend_particles(tree: Tree) -> None:
    """Give a verb with a particle the noun after it as object, where no preposition leads to the noun."""
    for particle in range(1, tree.size):
        verb = tree.head[particle]
        if tree.dep[particle] != "compound:prt" or tree.has_child(verb, "obj"):
            continue
        nouns = (noun for noun in tree.children_by(verb, "obl") if noun > particle and tree.is_noun(noun))
        noun = next(nouns, None)
        if noun is not None and tree.tokens_of(tree.phrase(noun))[0] == particle + 1:
            tree.dep[noun] = "obj"


def _infinitive_before(tree: Tree, verb: int) -> int | None:
    """The infinitive that a bare one is joined to, where the parser joined it to the finite verb further left."""
    above = tree.head[verb]
    is_finite = tree.tag[above] in _FINITE or (tree.tag[above] == "VBN" and tree.has_child(above, "aux"))
    if not is_finite or tree.has_child(verb, "aux", "mark", *_SUBJECTS):
        return None
    marks = (index for index in range(verb - 1, above, -1) if tree.tag[index] == "TO")
    return next((tree.head[mark] for mark in marks if mark < tree.head[mark] < verb), None)


def mend_participles(tree: Tree) -> None:
    """A past tense that describes a noun beside another finite verb is a participle: "Wiz, valued at $12bn, is"."""
    for index in range(1, tree.size):
        if tree.tag[index] == "VBD" and tree.dep[index] == "acl" and not tree.has_child(index, *_SUBJECTS):
            first, end = tree.sentences[tree.sentence[index]]
            if any(tree.tag[i] in _FINITE and i != index for i in range(first, end)):
                tree.tag[index] = "VBN"
