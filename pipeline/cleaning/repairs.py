"""Repairing the characters of a text: encodings, white space, glued words.

What belongs here: the engine that runs the rules of `data/repairs.toml` and the methods they name. What does not: what
is article and what is not.
"""

import html
import re
from collections.abc import Callable, Sequence, Set
from functools import cache
from itertools import cycle, islice
from string import ascii_lowercase, ascii_uppercase
from typing import Literal, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.cleaning.ledger import Edit, Proposal, apply_edits, compose, place_edits
from pipeline.cleaning.rulebook import load_rules
from pipeline.tables import EditKind

_MAX_ROUNDS = 12
"""Each round shortens or settles the text; the rounds needed are two, but for text made to nest escapes."""

_OUTLINE_OF = {
    " ": b" ",
    "\n": b"\n",
    "'": b"'",
    ".": b".,!?",
    "a": ascii_lowercase.encode(),
    "A": ascii_uppercase.encode(),
    "~": b'"' + bytes(range(128, 256)),
}
"""The signs of an outline, and the bytes of a text in UTF-8 that each stands for; a hyphen stands for all others."""

_PART = 1 << 16
"""How many bytes of an outline are searched at once, which bounds what is found at once."""

_ESCAPED_AMPERSAND = re.compile(r"^&(?:amp;)*")

Method = Literal["unescape", "utf_8", "windows_1252", "one_space"]


class RepairRule(BaseModel):
    """One repair: what it looks for, what it puts instead, and examples that are its tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: EditKind
    description: str = Field(min_length=10)
    pattern: re.Pattern[str]
    characters: re.Pattern[str] | None = None
    at_edges: bool = False
    cues: tuple[str, ...] = ()
    inserted: str | None = None
    method: Method | None = None
    fires: tuple[tuple[str, str], ...] = Field(min_length=1)
    quiet: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _say_what_is_put_instead(self) -> "RepairRule":
        if (self.inserted is None) == (self.method is None):
            raise ValueError(f"{self.id}: give either `inserted` or `method`")
        return self

    def may_match(self, text: str, signs: "Signs") -> bool:
        """Return whether `text`, which has these signs, holds what the rule needs."""
        if self.characters is not None:
            places = text[:1] + text[-1:] if self.at_edges else signs.characters
            if self.characters.search(places) is None:
                return False
        return not self.cues or not signs.cues.isdisjoint(self.cues)

    def propose(self, text: str) -> list[Proposal]:
        """Return an edit for each match of the rule in `text` that changes something."""
        found: list[Proposal] = []
        for match in self.pattern.finditer(text):
            group = match.lastindex or 0
            new = self.inserted if self.method is None else _METHODS[self.method](match[group])
            if new is not None and new != match[group]:
                found.append(Proposal(match.start(group), match.end(group), new, self.kind, self.id))
        return found


@cache
def repair_rules() -> tuple[RepairRule, ...]:
    """Return the rules in the order in which they run."""
    return load_rules("repairs.toml", "repair", RepairRule)


def repair(text: str) -> tuple[str, tuple[Edit, ...]]:
    """Return the repaired text and the ledger that leads to it; repairing it again changes nothing."""
    rules = repair_rules()
    repaired, ledger, settled = text, tuple[Edit, ...](), 0
    signs = read_signs(text)
    for rule in islice(cycle(rules), _MAX_ROUNDS * len(rules)):
        edits = place_edits(repaired, rule.propose(repaired)) if rule.may_match(repaired, signs) else None
        settled += 1
        if edits:
            repaired = apply_edits(repaired, edits)
            ledger = compose(text, ledger, edits)
            signs = read_signs(repaired)
            settled = 0
        if settled == len(rules):
            break
    return repaired, ledger


class Signs(NamedTuple):
    """What is soon told of a text: those of its characters that a rule may look for, and the cues in its outline."""

    characters: str
    cues: Set[str]


def read_signs(text: str) -> Signs:
    """Return the signs of a text."""
    known = _known_signs()
    coded = text.encode("utf-8", "surrogatepass")
    characters = set(coded.translate(None, known.ordinary).decode("utf-8", "surrogatepass"))
    return Signs("".join(characters), _find_cues(coded.translate(known.outline)))


def _find_cues(outline: bytes) -> Set[str]:
    """Return the cues in an outline; it is searched part by part, as there may be one at each place of it."""
    known = _known_signs()
    overlap = max(map(len, known.cues)) - 1
    found: set[str] = set()
    for start in range(0, len(outline), _PART):
        part = outline[start : start + _PART + overlap]
        found |= {known.cues[cue] for cue, _, _ in known.automaton.find_matches_as_indexes(part, overlapping=True)}
    return found


class _KnownSigns(NamedTuple):
    """The ASCII characters that no rule looks for, the outline's sign for each byte, and the cues of all rules."""

    ordinary: bytes
    outline: bytes
    cues: Sequence[str]
    automaton: BytesAhoCorasick


@cache
def _known_signs() -> _KnownSigns:
    sought = [rule.characters for rule in repair_rules() if rule.characters and not rule.at_edges]
    ordinary = bytes(code for code in range(128) if not any(characters.match(chr(code)) for characters in sought))
    outline = {code: ord(sign) for sign, codes in _OUTLINE_OF.items() for code in codes}
    cues = [cue for rule in repair_rules() for cue in rule.cues]
    return _KnownSigns(
        ordinary,
        bytes(outline.get(code, ord("-")) for code in range(256)),
        cues,
        BytesAhoCorasick([cue.encode() for cue in cues], implementation=Implementation.DFA),
    )


def _unescape(found: str) -> str | None:
    """Return the character that a reference names, however often its ampersand was escaped."""
    name = _ESCAPED_AMPERSAND.sub("", found)
    plain = html.unescape(f"&{name}")
    return plain if not name or plain != f"&{name}" else None


def _as_utf_8(found: str) -> str | None:
    """Return what the bytes of Windows-1252 characters say in UTF-8, if they are UTF-8 at all."""
    try:
        return b"".join(_windows_1252_byte(character) for character in found).decode("utf-8")
    except UnicodeError:
        return None


def _windows_1252_byte(character: str) -> bytes:
    return character.encode("latin-1") if "\x80" <= character <= "\x9f" else character.encode("cp1252")


def _as_windows_1252(found: str) -> str:
    return found.encode("latin-1").decode("cp1252", "ignore")


def _one_space(found: str) -> str:
    return "\n" if "\n" in found else " "


_METHODS: dict[Method, Callable[[str], str | None]] = {
    "unescape": _unescape,
    "utf_8": _as_utf_8,
    "windows_1252": _as_windows_1252,
    "one_space": _one_space,
}
