"""Lists of names that are evidence, not entries: given names, surnames, listed companies, cities, common words.

Belongs here: reading the condensed lists of `lists/` (built by `training.build_gazetteers`; sources and licences in
`lists/SOURCES.md`). Does not belong here: what follows from a name being on a list.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "lists"


class City(NamedTuple):
    """A city of 15,000 people or more; `country` is an ISO 3166 code."""

    name: str
    country: str
    population: int


@dataclass(frozen=True, slots=True)
class NameLists:
    """Names by what they usually name.

    `given_names` maps to m, f or u (both or not told); `companies` are casefolded and without legal forms;
    `common_words` are lowercase words that running text writes small more often than not; `cities` are sorted by size.
    """

    given_names: Mapping[str, str]
    surnames: frozenset[str]
    companies: frozenset[str]
    common_words: frozenset[str]
    cities: tuple[City, ...]
    city_names: frozenset[str]


@cache
def load_name_lists() -> NameLists:
    """Return the shipped lists; they are read once."""
    rows = [line.split("\t") for line in _read("cities.tsv.gz")]
    cities = tuple(City(name, country, int(population)) for name, country, population in rows)
    return NameLists(
        given_names=dict(line.split("\t") for line in _read("given_names.tsv.gz")),
        surnames=frozenset(_read("surnames.txt.gz")),
        companies=frozenset(_read("companies.txt.gz")),
        common_words=frozenset(_read("common_words.txt.gz")),
        cities=cities,
        city_names=frozenset(city.name for city in cities),
    )


def _read(name: str) -> list[str]:
    return gzip.decompress((_FOLDER / name).read_bytes()).decode().splitlines()
