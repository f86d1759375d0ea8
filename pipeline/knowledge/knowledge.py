"""All entries together, found by name: the curated files, countries, large cities and a user's own file.

Belongs here: joining the sources, the rules that hold between entries, and look-up. Does not belong here: the format of
a file (`entries`), and lists that are evidence without being entries (`lists`).
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

from babel import Locale

from pipeline.knowledge.entries import Description, Entry, KnowledgeError, make_entry, read_entries
from pipeline.knowledge.lists import NameLists, load_name_lists

LARGE_CITY = 400_000
_NOT_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "UM", "XA", "XB", "ZZ"])
_QUOTES = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", " ": " "})


def normalise(name: str) -> str:
    """Return `name` as look-up compares it: plain quotes and hyphens, single spaces; case is kept."""
    return " ".join(name.translate(_QUOTES).split())


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Every entry, the names that lead to them, and the lists of names that are evidence only."""

    entries: Mapping[str, Entry]
    lists: NameLists
    _by_name: Mapping[str, tuple[Entry, ...]]
    _ambiguous: frozenset[tuple[str, str]]
    _longest: Mapping[str, int] = field(default_factory=dict[str, int])

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the entries that carry `name`, sorted by identifier; several where types or ambiguous names meet.

        A name of several words is also found where it is written in capitals alone ("NEW YORK").
        """
        plain = normalise(name)
        found = self._by_name.get(plain, ())
        return found or (self._by_name.get(plain.title(), ()) if " " in plain and plain.isupper() else ())

    def is_ambiguous(self, name: str, entry: Entry) -> bool:
        """Return whether `name` tells the type of `entry` but not which entry of that type is meant."""
        return (normalise(name), entry.entity_type) in self._ambiguous

    def longest_from(self, first_word: str) -> int:
        """Return the length, in characters, of the longest known name that starts with `first_word`; 0 if none does."""
        found = self._longest.get(first_word, 0)
        return found or (self._longest.get(first_word.capitalize(), 0) if first_word.isupper() else 0)


def load_knowledge(extra: Path | None = None) -> Knowledge:
    """Return the shipped knowledge, joined by the files of `extra`: one TOML file, or a folder of them.

    An entry of `extra` with the identifier of a shipped one replaces it. Raises KnowledgeError if a file is not as the
    format demands, an identifier occurs twice, or two entries of one type claim a name that neither calls ambiguous.
    """
    if extra is None:
        return _shipped_knowledge()
    own = list(_read_files(extra))
    identifiers = {entry.knowledge_id for entry in own}
    return _join([*(entry for entry in _shipped_entries() if entry.knowledge_id not in identifiers), *own])


@cache
def _shipped_knowledge() -> Knowledge:
    return _join(_shipped_entries())


@cache
def _shipped_entries() -> tuple[Entry, ...]:
    curated = tuple(_read_files(Path(__file__).parent))
    return (*curated, *_countries(curated), *_cities(curated))


def list_files(path: Path) -> list[Path]:
    """Return the knowledge files that `path` holds, or `path` itself; raises KnowledgeError if a folder holds none."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise KnowledgeError(f"{path}: holds no .toml file")
    return files


def _read_files(path: Path) -> Iterator[Entry]:
    for file in list_files(path):
        yield from read_entries(file)


def _territories() -> dict[str, str]:
    """Return the English names of countries and territories by ISO 3166 code, from the Unicode CLDR."""
    names = cast("Mapping[str, str]", Locale("en").territories)
    return {code: name for code, name in names.items() if len(code) == 2}


def _countries(curated: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the countries and territories of the Unicode CLDR that no curated entry describes."""
    described = {entry.knowledge_id for entry in curated}
    known = {normalise(name) for entry in curated if entry.entity_type == "place" for name in names_of(entry)}
    for code, name in sorted(_territories().items()):
        plain = name.replace("&", "and").replace("St.", "Saint").split(" (")[0]
        if not {name, plain} & known and code not in _NOT_COUNTRIES:
            aliases = tuple(sorted({plain} - {name}))
            entry = make_entry("place", "country", f"country-{code.lower()}", Description(name=name, aliases=aliases))
            if entry.knowledge_id not in described:
                yield entry


def _cities(curated: Iterable[Entry]) -> Iterator[Entry]:
    """Yield large cities (GeoNames) whose name no curated entry, country or larger city carries."""
    taken = {normalise(name) for entry in curated for name in names_of(entry)}
    taken |= {normalise(name) for name in _territories().values()}
    for city in load_name_lists().cities:
        if city.population >= LARGE_CITY and city.name not in taken:
            taken.add(city.name)
            ascii_name = unicodedata.normalize("NFKD", city.name).encode("ascii", "ignore").decode()
            slug = "-".join("".join(c if c.isalnum() else " " for c in ascii_name.lower()).split())
            if slug:
                yield make_entry("place", "city", f"city-{city.country.lower()}-{slug}", Description(name=city.name))


def names_of(entry: Entry) -> Iterator[str]:
    """Yield all names of `entry`, its full name first."""
    about = entry.description
    yield about.name
    yield from about.aliases
    yield from about.acronyms
    yield from about.ambiguous
    if about.ticker:
        yield about.ticker


def _join(entries: Iterable[Entry]) -> Knowledge:
    by_id: dict[str, Entry] = {}
    by_name: dict[str, dict[str, Entry]] = defaultdict(dict)
    ambiguous: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.knowledge_id in by_id:
            raise KnowledgeError(f"{entry.knowledge_id}: described twice; give one of the entries another key")
        by_id[entry.knowledge_id] = entry
        ambiguous |= {(normalise(name), entry.entity_type) for name in entry.description.ambiguous}
        about = entry.description
        for name in (about.name, *about.aliases, *about.acronyms, *about.ambiguous):
            by_name[normalise(name)][entry.knowledge_id] = entry
    _refuse_double_claims(by_name, ambiguous)
    longest: dict[str, int] = {}
    for name in by_name:
        first = first_word(name)
        longest[first] = max(longest.get(first, 0), len(name))
    found = {name: tuple(sorted(claims.values())) for name, claims in by_name.items()}
    return Knowledge(by_id, load_name_lists(), found, frozenset(ambiguous), longest)


def _refuse_double_claims(by_name: Mapping[str, Mapping[str, Entry]], ambiguous: set[tuple[str, str]]) -> None:
    for name, claims in by_name.items():
        seen: dict[str, str] = {}
        for entry in claims.values():
            other = seen.setdefault(entry.entity_type, entry.knowledge_id)
            if other != entry.knowledge_id and (name, entry.entity_type) not in ambiguous:
                raise KnowledgeError(
                    f"{name!r} is claimed by {other} and {entry.knowledge_id}; list it under `ambiguous` in both"
                )


def first_word(name: str) -> str:
    """Return the leading letters and digits of `name`, or its first character where it starts with a sign."""
    end = next((at for at, character in enumerate(name) if not character.isalnum()), len(name))
    return name[: max(end, 1)]
