"""The subject of a verb by its own words alone: below it in the tree, or right before it in the sentence.

Belongs here: subjects that the parser gave to the verb, or missed beside it. Does not belong here: subjects that a verb
has from another clause (`clauses`, `control`).
"""

from pipeline.extraction.claims.tree import Tree

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_RELATIVES = frozenset({"that", "which", "who", "whom", "whose"})
_AIMS = frozenset(
    {
        "plan",
        "goal",
        "aim",
        "objective",
        "idea",
        "target",
        "task",
        "job",
        "purpose",
        "intention",
        "ambition",
        "challenge",
    }
    | {"strategy", "decision", "hope", "mission", "key", "step", "priority", "way", "option", "solution", "proposal"}
    | {"focus", "answer", "role", "dream", "vision", "desire", "wish", "commitment", "promise", "approach", "point"}
)
_QUOTATION_MARKS = frozenset({"“", "”", '"', "''", "``"})
_LONGEST_PARENTHESIS = 16
_AMOUNT_HEADS = frozenset({"%", "percent", "$", "€", "£", "million", "billion", "trillion", "points"})


def find_own_subject(tree: Tree, verb: int) -> int | None:
    """Return the subject below the verb; where that is an amount or a source, the noun phrase before the verb."""
    subjects = [child for child in tree.children_by(verb, *_SUBJECTS) if child < verb]
    own = subjects[0] if subjects else tree.child(verb, *_SUBJECTS)
    if own is None:
        return None
    if len(subjects) > 1 and any(tree.tag[i] in {"VBD", "VBZ", "VBP"} for i in range(own, subjects[-1])):
        return subjects[-1]
    if is_said_to_be(tree, verb):
        return tree.child(own, "nmod:poss")
    is_amount = tree.lower[own] in _AMOUNT_HEADS and tree.has_child(own, "conj")
    return find_nearest_subject(tree, verb) or own if is_amount or tree.case(own) == "according" else own


def is_said_to_be(tree: Tree, verb: int) -> bool:
    """Return whether the infinitive is what a noun is said to be, which so is no subject: "the goal is to grow"."""
    return is_to_be(tree, verb) and any(tree.lemma[noun] in _AIMS for noun in tree.children_by(verb, *_SUBJECTS))


def is_to_be(tree: Tree, verb: int) -> bool:
    """Return whether the infinitive stands after "is": "the firm is to shed jobs", "the goal is to grow"."""
    is_infinitive = any(tree.tag[mark] == "TO" for mark in tree.children_by(verb, "mark"))
    return is_infinitive and tree.has_child(verb, "cop")


def find_nearest_subject(tree: Tree, verb: int) -> int | None:
    """Return the head of the noun phrase left of the verb, whatever the tree says, across prepositions."""
    start = tree.sentences[tree.sentence[verb]][0]
    position = verb - 1
    while position >= start:
        if _is_passed_over(tree, position):
            position -= 1
        elif tree.lower[position] == ",":
            position = _before_parenthesis(tree, position, start)
        elif tree.lower[position] == ")":
            position = next((i - 1 for i in range(position, start, -1) if tree.lower[i] == "("), start - 1)
        elif tree.pos[position] in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}:
            preposition = next((c for c in range(position, start - 1, -1) if _stops_phrase(tree, c)), None)
            if preposition is None or tree.pos[preposition] != "ADP":
                return position if tree.lower[position] not in _RELATIVES else None
            position = preposition - 1
        else:
            return None
    return None


def _is_passed_over(tree: Tree, position: int) -> bool:
    """Whether the token may stand between subject and verb: auxiliary, adverb, quotation mark, reduced relative."""
    if tree.pos[position] in {"AUX", "ADV", "PART"} or tree.lower[position] in _QUOTATION_MARKS:
        return True
    return tree.tag[position] == "VBN" and tree.pos[position - 1] in {"NOUN", "PROPN"}


def _stops_phrase(tree: Tree, token: int) -> bool:
    return tree.pos[token] in {"ADP", "VERB", "AUX", "SCONJ", "CCONJ"} or tree.lower[token] in {",", ";", ":", "—"}


def _before_parenthesis(tree: Tree, comma: int, start: int) -> int:
    """The position before the comma that opens the parenthesis which `comma` closes; before the start if none."""
    for position in range(comma - 1, max(start, comma - _LONGEST_PARENTHESIS), -1):
        if tree.lower[position] == ",":
            return position - 1
    return start - 1
