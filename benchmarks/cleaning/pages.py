"""The annotated pages that cleaning is measured and trained on.

What belongs here: finding and reading the data folder. What does not: scoring. The folder holds `aeb/` and `wcxb/`,
each with `ground-truth.json` (page to articleBody, url, and for wcxb title, author, publish_date) and `html/` with
gzipped pages: half of https://github.com/scrapinghub/article-extraction-benchmark, and articles of the Web Content
Extraction Benchmark.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

ENVIRONMENT_VARIABLE = "WINNOW_TRAINING_DATA"
SETS = ("aeb", "wcxb")


class MissingDataError(Exception):
    """The data folder is not named or does not hold the pages."""


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """A page and what a person says its article is."""

    name: str
    data: bytes
    body: str
    url: str
    title: str | None
    author: str | None
    published_on: date | None

    @property
    def site(self) -> str:
        """Return the host name: pages of one site are alike and must not be split between training and test."""
        return (urlsplit(self.url).hostname or self.name).removeprefix("www.")

    @property
    def html(self) -> str:
        """Return the page's source as text."""
        return self.data.decode("utf-8", "replace")


def find_data(folder: Path | None) -> Path:
    """Return the folder of page sets: the one named, or that of the environment variable WINNOW_TRAINING_DATA.

    Raises MissingDataError with what to do where there is none.
    """
    named = folder or (Path(value) if (value := os.environ.get(ENVIRONMENT_VARIABLE)) else None)
    if named is None:
        raise MissingDataError(f"name the folder of annotated pages by --data or {ENVIRONMENT_VARIABLE}")
    for candidate in (named, named / "pages", named / "data" / "pages"):
        if all((candidate / name / "ground-truth.json").is_file() for name in SETS):
            return candidate
    raise MissingDataError(f"{named} holds no aeb/ground-truth.json and wcxb/ground-truth.json")


def load_pages(folder: Path, name: str) -> list[AnnotatedPage]:
    """Return the pages of one set in the order of their names."""
    truth = json.loads((folder / name / "ground-truth.json").read_text("utf-8"))
    return [
        AnnotatedPage(
            name=key,
            data=gzip.decompress((folder / name / "html" / f"{key}.html.gz").read_bytes()),
            body=entry["articleBody"],
            url=entry.get("url", ""),
            title=entry.get("title"),
            author=entry.get("author"),
            published_on=date.fromisoformat(entry["publish_date"]) if entry.get("publish_date") else None,
        )
        for key, entry in sorted(truth.items())
    ]


def split_by_site(pages: Sequence[AnnotatedPage], folds: int, seed: str = "") -> list[list[int]]:
    """Return the indices of each fold; a site's pages are all in one, chosen by the hash of its name and the seed."""
    parts: list[list[int]] = [[] for _ in range(folds)]
    for index, page in enumerate(pages):
        parts[int(hashlib.sha256((seed + page.site).encode()).hexdigest(), 16) % folds].append(index)
    return parts
