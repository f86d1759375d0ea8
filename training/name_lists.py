"""The lists of known names that the pipeline carries, made of openly licensed lists and our own.

Belongs here: reading each list, cleaning names of what no text says, and telling common words. Does not belong here:
matching and features.
"""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from spacy.lang.en import English

from pipeline.language.name_lists import NameLists
from training import treebanks

_OWN = Path(__file__).with_name("lists")
_SECURITY = re.compile(
    r"(?i)\s*(?:-\s*(?:class|common|ordinary|american|warrant|unit|right|subordinate|depositary|\d).*|"
    r"\b(?:class [a-z]\b|common (?:stock|shares?)|ordinary shares?|american depositary|depositary|warrants?|units?\b|"
    r"rights?\b|\(.*|%.*|/.*).*)"
)
_FUND = re.compile(
    r"(?i)\b(?:etfs?|etns?|fund|funds|trust|index|acquisition|preferred|notes|debentures|portfolio|income|municipal|bond|"
    r"treasury)\b"
)
_LEGAL = re.compile(
    r"(?i)[,\s]+(?:inc|corp|corporation|incorporated|ltd|limited|llc|plc|co|company|companies|holdings?|group|n\.?v|s\.?a|ag|"
    r"se|l\.?p|the|asa|spa|ab|new|/.*/)\.?,?$"
)


def _gzipped(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8")


def _company_names(name: str) -> Iterator[str]:
    """Yield the names a text would use for a listed company: without the kind of share, with and without the legal
    form.
    """
    name = _SECURITY.sub("", name).strip(" ,.-")
    if not name or _FUND.search(name):
        return
    yield name
    while (shorter := _LEGAL.sub("", name).strip(" ,&")) != name and shorter:
        name = shorter
        yield name


def _organizations(data: Path) -> Iterator[str]:
    companies, government = data / "companies", data / "government"
    for row in csv.DictReader(StringIO((companies / "sp500.csv").read_text(encoding="utf-8"))):
        yield from _company_names(row["Security"])
    for row in csv.DictReader(StringIO(_gzipped(companies / "nasdaq_listed.csv.gz"))):
        yield from _company_names(row["Security Name"])
    for row in csv.DictReader(StringIO(_gzipped(companies / "nyse_other_listed.csv.gz"))):
        if row["ETF"] == "N":
            yield from _company_names(row["Company Name"])
    for company in json.loads(_gzipped(companies / "sec_company_tickers.json.gz")).values():
        yield from _company_names(company["title"])
    for university in json.loads(_gzipped(data / "universities" / "world_universities_and_domains.json.gz")):
        yield university["name"]
    for row in csv.DictReader(StringIO(_gzipped(government / "dotgov_federal.csv.gz"))):
        yield row["Organization name"]
    for line in _gzipped(government / "us_committees_current.yaml.gz").splitlines():
        if line.startswith("  name: "):
            yield line.removeprefix("  name: ")


def _places(data: Path) -> Iterator[str]:
    places = data / "places"
    for row in csv.DictReader(StringIO(_gzipped(places / "world-cities.csv.gz"))):
        yield row["name"]
        yield row["subcountry"]
        yield row["country"]
    for name in ("countries.json", "us_states.json", "continents.json"):
        for place in json.loads((places / name).read_text(encoding="utf-8")).values():
            yield place["name"]


def _first_names(data: Path) -> Iterator[str]:
    for name in ("dist.female.first.gz", "dist.male.first.gz"):
        yield from (line.split()[0] for line in _gzipped(data / "names" / name).splitlines() if line)
    yield from _gzipped(data / "names" / "faker_first_names.txt.gz").splitlines()


def _last_names(data: Path, most_frequent: int = 25_000) -> Iterator[str]:
    ranked = [line.split()[0] for line in _gzipped(data / "names" / "dist.all.last.gz").splitlines() if line]
    yield from ranked[:most_frequent]
    yield from _gzipped(data / "names" / "faker_last_names.txt.gz").splitlines()


def _common_words(data: Path) -> Iterator[tuple[str, str]]:
    """Yield words that running text writes in lower case, and whether often."""
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for path in ("text/gmb_raw/gmb_sentences_tokenised.txt.gz", "text/masc/masc_tokenised.txt.gz"):
        for line in _gzipped(data / path).splitlines():
            words = line.split()[1:]
            counts.update(word for word in words if word.isalpha() and word.islower())
            capitals.update(word.lower() for word in words if word.isalpha() and not word.islower())
    for name in ("ewt", "gum"):
        for sentence in treebanks.read_treebank(data / "parsing" / name / "train.conllu.gz"):
            counts.update(word.text for word in sentence.words[1:] if word.text.isalpha() and word.text.islower())
    for word, count in counts.items():
        if count >= 3 and count > capitals[word]:
            yield word, "common_word"
            if count >= 40:
                yield word, "frequent_word"


def _own_names() -> Iterator[tuple[str, str]]:
    for path in sorted(_OWN.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield from ((name.strip(), path.stem) for name in line.split(";"))


def build_lists(data: Path) -> NameLists:
    """Return the lists of `data` (its folders gazetteers, text and parsing) and of `training/lists`, tokenised as spaCy
    does.
    """
    gazetteers = data / "gazetteers"
    whole = [
        *((name, "organization") for name in _organizations(gazetteers)),
        *((name, "place") for name in _places(gazetteers)),
        *_own_names(),
    ]
    tokenizer = English().tokenizer
    distinct = sorted({(name.strip(), kind) for name, kind in whole if len(name.strip()) > 1})
    tokenised = (
        (" ".join(token.text for token in tokenizer(name) if not token.is_space), kind) for name, kind in distinct
    )
    words = [
        *((name, "first_name") for name in _first_names(gazetteers)),
        *((name, "last_name") for name in _last_names(gazetteers)),
        *_common_words(data),
    ]
    return NameLists.collect([*tokenised, *((word, kind) for word, kind in words if " " not in word and len(word) > 1)])
