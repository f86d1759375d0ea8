"""Repairing the characters of a text: encodings, white space, glued words.

What belongs here: the engine that runs the rules of `data/repairs.toml` and the methods they name. What does not: what
is article and what is not.
"""

import html
import re
from collections.abc import Callable
from functools import cache
from itertools import cycle, islice
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.cleaning.ledger import Edit, Proposal, apply_edits, compose, place_edits
from pipeline.cleaning.rulebook import load_rules
from pipeline.tables import EditKind

_MAX_ROUNDS = 12
"""Each round shortens or settles the text; the rounds needed are two, but for text made to nest escapes."""

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
    cues: tuple[re.Pattern[str], ...] = ()
    inserted: str | None = None
    method: Method | None = None
    fires: tuple[tuple[str, str], ...] = Field(min_length=1)
    quiet: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _say_what_is_put_instead(self) -> "RepairRule":
        if (self.inserted is None) == (self.method is None):
            raise ValueError(f"{self.id}: give either `inserted` or `method`")
        return self

    def may_match(self, text: str, characters: str) -> bool:
        """Return whether `text` holds what the rule needs; `characters` are those in it that any rule looks for."""
        if self.characters is not None:
            places = text[:1] + text[-1:] if self.at_edges else characters
            if self.characters.search(places) is None:
                return False
        return not self.cues or any(cue.search(text) for cue in self.cues)

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
    characters = "".join(set(_any_character().findall(text)))
    for rule in islice(cycle(rules), _MAX_ROUNDS * len(rules)):
        edits = place_edits(repaired, rule.propose(repaired)) if rule.may_match(repaired, characters) else None
        settled += 1
        if edits:
            repaired = apply_edits(repaired, edits)
            ledger = compose(text, ledger, edits)
            characters += "".join({edit.inserted_text for edit in edits})
            settled = 0
        if settled == len(rules):
            break
    return repaired, ledger


@cache
def _any_character() -> re.Pattern[str]:
    """Return the pattern of one character that a rule looks for anywhere in a text."""
    classes = [rule.characters.pattern for rule in repair_rules() if rule.characters and not rule.at_edges]
    return re.compile("|".join(classes))


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
