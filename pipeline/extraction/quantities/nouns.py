"""Finding what a number counts without a parse: the head of the noun phrase after it, and its singular.

Belongs here: the guess at the head ("160 million cumulative users" counts a user) and English plurals. The parse tree,
where there is one, knows better; this is for texts alone.
"""

from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import WORDS

_IRREGULAR = WORDS.irregular_plurals
_QUOTES = frozenset('"“”')
_REACH = 6
"""Words between a number and the noun that it counts, at most."""


def is_plural(word: str) -> bool:
    """Return whether the lower-case word looks like a plural noun."""
    if word in _IRREGULAR:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in WORDS.nouns.not_plural
    )


def singularize(word: str) -> str:
    """Return the singular of a lower-case plural noun."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word.removesuffix("s")


def counted_noun(tokens: Tokens, i: int) -> str | None:
    """Return the singular of the first plural noun in the phrase that begins at token `i`, None if it has none.

    "Of the" and the like in between belong to the phrase ("30 of its jets"), and so does the number of a model ("400
    737 Max jets"). Of two plurals in a row the second is the head ("sports cars"). A phrase ends at a preposition,
    verb, number or punctuation.
    """
    if tokens.lows[i] == "of":
        i += 1
        while tokens.lows[i] in ("the", "its", "their", "our", "those", "these", "his", "her"):
            i += 1
    if tokens.words[i].isdecimal() and tokens.words[i + 1][:1].isupper():
        i += 1
    found: str | None = None
    for at in range(i, i + _REACH + 1):
        word = tokens.lows[at]
        if word == "(" and found is not None:
            break
        if word in _QUOTES or _is_in_code(tokens, at):
            continue
        if word == "-" and tokens.is_glued(at) and tokens.is_glued(at + 1):
            continue
        if not word.isalpha() or word in WORDS.nouns.boundary:
            break
        plural = is_plural(word)
        if found is not None and not plural:
            break
        if plural:
            found = singularize(word)
    return found


def _is_in_code(tokens: Tokens, i: int) -> bool:
    """Return whether token `i` is a part of a model's name with digits ("A350-900")."""
    if tokens.words[i].isdecimal():
        return tokens.is_glued(i)
    return tokens.is_glued(i + 1) and tokens.words[i + 1].isdecimal()


def compound_noun(tokens: Tokens, i: int) -> str | None:
    """Return the noun that a hyphen at token `i` ties to the number before it ("500-seat venue" counts a seat)."""
    word = tokens.words[i + 1]
    if tokens.words[i] != "-" or not tokens.is_glued(i) or not tokens.is_glued(i + 1) or not word.islower():
        return None
    return word if word.isalpha() and word not in WORDS.nouns.boundary else None


def counted_singular(tokens: Tokens, i: int) -> str | None:
    """Return the noun after "one": the last lower-case word of the phrase at `i` before its boundary."""
    found: str | None = None
    for at in range(i, i + 4):
        word = tokens.words[at]
        low = tokens.lows[at]
        ends = low in WORDS.nouns.boundary or is_plural(low) or low.endswith("self")
        if not word.isalpha() or ends or (found is not None and low.endswith(("ed", "ing"))):
            return found
        found = low
    return None
