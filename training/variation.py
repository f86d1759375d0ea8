"""Variations of tagged passages, so that the recogniser learns contexts and spellings rather than the names it was
shown.

Belongs here: exchanging names for others of their type, typography and case. Does not belong here: where passages come
from, and how often each is seen.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from training.passages import UNKNOWN, Name, Passage

_WORD_START = re.compile(r"(?<![\w'’])[a-z](?=\w{3})")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def pool_names(passages: Iterable[Passage]) -> dict[str, list[str]]:
    """Return the distinct names of `passages` by type, in alphabetical order."""
    names: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for name in passage.names:
            if name.label != UNKNOWN:
                names[name.label].add(passage.text[name.start : name.end])
    return {label: sorted(found) for label, found in sorted(names.items())}


def swap_names(passage: Passage, pool: Mapping[str, Sequence[str]], share: float, chance: random.Random) -> Passage:
    """Return `passage` with about `share` of its names exchanged, each the same way wherever it stands.

    Names that share a word with another name of the passage stay, so that short forms keep their long ones.
    """
    words: dict[str, set[str]] = defaultdict(set)
    for name in passage.names:
        shown = passage.text[name.start : name.end]
        for word in shown.split():
            words[word].add(shown)
    replacements: dict[str, str] = {}
    for name in passage.names:
        shown = passage.text[name.start : name.end]
        if shown in replacements or name.label == UNKNOWN:
            continue
        alone = all(len(words[word]) == 1 for word in shown.split())
        replacements[shown] = chance.choice(pool[name.label]) if alone and chance.random() < share else shown
    return _replace(passage, replacements)


def _replace(passage: Passage, replacements: Mapping[str, str]) -> Passage:
    text, at = "", 0
    names: list[Name] = []
    for name in sorted(passage.names):
        text += passage.text[at : name.start]
        shown = passage.text[name.start : name.end]
        names.append(Name(len(text), len(text) + len(replacements.get(shown, shown)), name.label))
        text += replacements.get(shown, shown)
        at = name.end
    return Passage(text + passage.text[at:], tuple(names), passage.source)


def vary_typography(passage: Passage, chance: random.Random) -> Passage:
    """Return `passage` with keyboard or typographic quotes, each half of the time, and now and then in capitals or in
    the case of headlines; offsets stay.
    """
    text = _curl(passage.text) if chance.random() < 0.5 else passage.text.translate(_STRAIGHT)
    if chance.random() < 0.02 and len(text.upper()) == len(text):
        text = text.upper()
    elif chance.random() < 0.03:
        text = _WORD_START.sub(lambda match: match[0].upper(), text)
    return Passage(text, passage.names, passage.source)


def _curl(text: str) -> str:
    curled: list[str] = []
    for before, letter in zip(" " + text, text, strict=False):
        if letter == '"':
            curled.append("“" if before.isspace() or before in "([—" else "”")
        else:
            curled.append("’" if letter == "'" else letter)
    return "".join(curled)
