"""Forms of a name that let spellings of one name meet: what is dropped, folded and kept.

What belongs here: the normal form of a name by entity type, and what can be read off a single name (initials, the
signature of a person's name). What does not: comparing names of two entities (`candidates`) or deciding that two
names mean one entity (`entities`). The words that may be dropped are data in `data/names.toml`.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from pipeline.tables import EntityType

_APOSTROPHES = re.compile(r"['’‘ʼ`]")
_FULL_STOP = re.compile(r"(?<!\d)\.|\.(?!\d)")
_SEPARATORS = re.compile(r"[^\w.]+|_")


class NameWords(BaseModel):
    """The words of `data/names.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    legal_suffixes: frozenset[str]
    honorifics: frozenset[str]
    name_suffixes: frozenset[str]
    given_names: dict[str, str]


@dataclass(frozen=True, slots=True)
class NameForm:
    """The normal form of one name: its words, and the key under which its spellings meet."""

    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The words run together, so that "Deep Seek", "Deep-Seek" and "DeepSeek" are one."""
        return "".join(self.words)

    @property
    def initials(self) -> str:
        """First letters of the words, as an acronym would take them."""
        return "".join(word[0] for word in self.words)


@cache
def name_words() -> NameWords:
    """Return the words that names may drop or vary."""
    text = resources.files("pipeline.resolution").joinpath("data", "names.toml").read_text(encoding="utf-8")
    return NameWords.model_validate(tomllib.loads(text))


def fold(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents, apostrophes, hyphens and full stops ("U.S." is "us").

    A decimal point stays: "Qwen 2.5-Max" is qwen, 2.5, max.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    bare = _FULL_STOP.sub("", _APOSTROPHES.sub("", bare.replace("&", " and ")))
    return tuple(word for word in _SEPARATORS.split(bare) if word)


def normalise_name(name: str, entity_type: EntityType) -> NameForm:
    """Return the normal form of a name: folded, without article, legal form, honorific and middle initial.

    Whatever would leave nothing stays: "The Group" is the word "group".
    """
    words = fold(name) or (name.casefold(),)
    if words[0] == "the" and len(words) > 1:
        words = words[1:]
    if entity_type == "organization":
        words = _strip_end(words, name_words().legal_suffixes)
    elif entity_type == "person":
        words = _strip_person(words)
    return NameForm(words)


def person_signature(form: NameForm) -> str:
    """Return what a person's name keeps over short forms, middle names and word order: given name and surname.

    "Tim Clark", "Timothy J. Clark" and "Clark Tim" share one; a name of one word has only itself.
    """
    if len(form.words) == 1:
        return form.words[0]
    ends = (form.words[0], form.words[-1])
    return " ".join(sorted(name_words().given_names.get(word, word) for word in ends))


def _strip_end(words: tuple[str, ...], droppable: frozenset[str]) -> tuple[str, ...]:
    while len(words) > 1 and words[-1] in droppable:
        words = words[:-1]
    if len(words) > 1 and words[-1] == "and":
        words = words[:-1]
    return words


def _strip_person(words: tuple[str, ...]) -> tuple[str, ...]:
    vocabulary = name_words()
    while len(words) > 1 and words[0] in vocabulary.honorifics:
        words = words[1:]
    words = _strip_end(words, vocabulary.name_suffixes)
    whole = tuple(word for word in words if len(word) > 1)
    return whole if len(whole) > 1 else words
