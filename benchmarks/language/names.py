"""Named entities against tagged texts.

Belongs here: exact spans against the tagged sets, and distinct names against articles whose entities are listed. Does
not belong here: what extraction makes
of the recogniser's finds.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.language.scores import Tally
from pipeline.language import Language
from training.passages import Passage

NamesByType = dict[str, Tally]


def score_spans(language: Language, passages: Sequence[Passage], types: Sequence[str]) -> NamesByType:
    """Return, by type, the tally of exact spans (offsets and type) in `passages`."""
    tallies = {kind: Tally() for kind in types}
    for passage, doc in zip(passages, language.parse(passage.text for passage in passages), strict=True):
        for kind, tally in tallies.items():
            wanted = {(name.start, name.end) for name in passage.names if name.label == kind}
            tally.compare(wanted, {(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == kind})
    return tallies


def sum_tallies(tallies: Iterable[Tally]) -> Tally:
    """Return one tally of all counts."""
    total = Tally()
    for tally in tallies:
        total.hits, total.extra, total.missed = (
            total.hits + tally.hits,
            total.extra + tally.extra,
            total.missed + tally.missed,
        )
    return total


class ListedEntity(NamedTuple):
    """An entity that an article's annotation lists: its type, all its names, and whether finding it is neither rewarded
    nor punished.
    """

    kind: str
    names: frozenset[str]
    optional: bool


class Article(NamedTuple):
    """The body of an article and the entities in it."""

    text: str
    entities: tuple[ListedEntity, ...]


def read_news(gold: Path, pages: Path) -> Iterator[Article]:
    """Yield the annotated pages of the article extraction benchmark, with its ground truth as their body."""
    bodies = json.loads((pages / "ground-truth.json").read_text(encoding="utf-8"))
    for path in sorted(gold.glob("*.json")):
        body = next(page["articleBody"] for name, page in bodies.items() if name.startswith(path.stem))
        yield Article(body, _listed(path))


def read_seeds(gold: Path, seeds: Path) -> Iterator[Article]:
    """Yield the annotated seed documents without the lines that their annotation calls boilerplate."""
    for path in sorted(gold.glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        text = (seeds / annotation["document"]).read_text(encoding="utf-8")
        for line in sorted(annotation["boilerplate"], key=len, reverse=True):
            text = text.replace(line, "\n", 1)
        for wrong, right in annotation.get("repairs", []):
            text = text.replace(wrong, right)
        yield Article(text, _listed(path))


def _listed(path: Path) -> tuple[ListedEntity, ...]:
    entities = json.loads(path.read_text(encoding="utf-8"))["entities"]
    return tuple(
        ListedEntity(e["type"], frozenset(map(_normalise, (e["name"], *e.get("aliases", [])))), bool(e.get("optional")))
        for e in entities
    )


def _normalise(name: str) -> str:
    """Return `name` as the annotation's scorer compares names: no case, possessive, article or outer punctuation."""
    name = re.sub(r"'s\b|s'(?=\s|$)", "", name.casefold().replace("’", "'"))
    name = re.sub(r"[^\w%.+&-]+", " ", name).strip(" .")
    return re.sub(r"^(the|a|an) ", "", name)


def score_articles(language: Language, articles: Sequence[Article]) -> NamesByType:
    """Return, by type, the tally of distinct entities: a listed one is found if one of its names is; a found name is
    extra if no listed entity bears it.
    """
    tallies: NamesByType = defaultdict(Tally)
    for article, doc in zip(articles, language.parse(article.text for article in articles), strict=True):
        found = {(ent.label_, _normalise(ent.text)) for ent in doc.ents}
        for entity in article.entities:
            borne = {(entity.kind, name) for name in entity.names}
            tally = tallies[entity.kind]
            if not entity.optional:
                tally.hits += bool(borne & found)
                tally.missed += not borne & found
            found -= borne
        for kind, _ in found:
            tallies[kind].extra += 1
    return dict(tallies)
