"""How well names are found: `python -m benchmarks.entities --data DATA --gold GOLD [--show SET] [--model MODEL]`.

Belongs here: the entity score of the gold annotations (precision, recall and F1 over document, name or alias, and type;
entities marked optional leave both counts), and exact spans of person, organization and place on public sets (UNER EWT
test, WikiGold) as a control. Does not belong here: scores of a published file.
"""

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import spacy
from pydantic import BaseModel

from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.model import Article
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.language import LanguageModelError, load_language

NAMED = {"name", "alias", "surname", "acronym", "ticker"}
OWN_NEWS = {"o": "organization", "p": "person", "r": "product", "l": "place", "e": "event", "w": "law"}
CONTROL = {"PER": "person", "ORG": "organization", "LOC": "place"}


class GoldEntity(BaseModel):
    """An entity of a gold file."""

    name: str
    type: str
    aliases: list[str] = []
    optional: bool = False


class Gold(BaseModel):
    """What is read of a gold file."""

    document: str
    boilerplate: list[str] | None = None
    repairs: list[tuple[str, str]] = []
    entities: list[GoldEntity]


class Found(NamedTuple):
    """An entity found: its type and every surface."""

    kind: str
    names: frozenset[str]


class Tally(Counter[str]):
    """Counts of hit, missed and extra."""

    def line(self) -> str:
        """Return precision, recall, F1 and both totals."""
        hit, gold, found = self["hit"], self["hit"] + self["missed"], self["hit"] + self["extra"]
        precision, recall = hit / max(found, 1), hit / max(gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  gold {gold}  found {found}"


class Reader:
    """Parses texts and finds their mentions, keeping time."""

    def __init__(self, model: str, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.words = 0
        self.seconds = 0.0
        try:
            self._parse = load_language(model).parse
        except LanguageModelError:
            blank = spacy.blank("en")
            self._parse = blank.pipe
            print("no language model: tokens only")

    def read(self, text: str) -> list[tuple[int, int, str, str, int]]:
        """Return (start, end, kind of mention, type, entity) of every resolved mention."""
        doc = next(iter(self._parse([text])))
        begun = time.process_time()
        entities, mentions = find_mentions(Article("benchmark", text, None, None), doc, self._knowledge)
        self.seconds += time.process_time() - begun
        self.words += len(text.split())
        return [
            (mention.span.start, mention.span.end, mention.kind, entities[mention.entity].entity_type, mention.entity)
            for mention in mentions
            if mention.entity is not None
        ]

    def entities(self, text: str) -> list[Found]:
        """Return the entities that `text` names."""
        surfaces: dict[tuple[int, str], set[str]] = defaultdict(set)
        for start, end, mention_kind, kind, number in self.read(text):
            if mention_kind in NAMED:
                surfaces[number, kind].add(text[start:end])
        return [Found(kind, frozenset(names)) for (_, kind), names in sorted(surfaces.items())]


def norm(text: str) -> str:
    """Return `text` as the gold score compares names."""
    text = re.sub(r"'s\b|s'(?=\s|$)", "", text.casefold().replace("’", "'"))
    text = re.sub(r"[^\w%.+&-]+", " ", text).strip(" .")
    return re.sub(r"^(the|a|an) ", "", text)


def fits(wanted: GoldEntity, got: Found) -> bool:
    """Return whether type and a name agree."""
    names = {norm(name) for name in (wanted.name, *wanted.aliases)}
    return wanted.type == got.kind and bool(names & {norm(name) for name in got.names})


def pair_up(wanted: list[GoldEntity], found: list[Found]) -> dict[int, int]:
    """Return the largest one-to-one matching, found to wanted; earlier wanted ones are served first."""
    taken: dict[int, int] = {}

    def place(at: int, seen: set[int]) -> bool:
        for number, got in enumerate(found):
            if number not in seen and fits(wanted[at], got):
                seen.add(number)
                if number not in taken or place(taken[number], seen):
                    taken[number] = at
                    return True
        return False

    for at in range(len(wanted)):
        place(at, set())
    return taken


def match(gold: list[GoldEntity], found: list[Found], tallies: dict[str, Tally], show: str | None) -> None:
    """Count one document, required entities first."""
    order = sorted(gold, key=lambda entity: entity.optional)
    taken = pair_up(order, found)
    matched = set(taken.values())
    for at, wanted in enumerate(order):
        if not wanted.optional:
            count(tallies, wanted.type, "hit" if at in matched else "missed", show, [wanted.name, *wanted.aliases])
    for number, got in enumerate(found):
        if number not in taken:
            count(tallies, got.kind, "extra", show, sorted(got.names))


def count(tallies: dict[str, Tally], kind: str, verdict: str, show: str | None, names: list[str]) -> None:
    """Count one verdict for its type and for all; with `show`, print what was missed or extra."""
    tallies["all"][verdict] += 1
    tallies[kind][verdict] += 1
    if show and verdict != "hit":
        print(f"  {show}: {verdict} {kind}: {names}")


def gold_texts(gold: Path, data: Path) -> Iterator[tuple[str, str, Gold]]:
    """Yield set, body text and gold of each annotated document; seed boilerplate is taken out as the gold lists it."""
    seeds = gold.parent / "seeds"
    bodies = json.loads((data / "pages/aeb/ground-truth.json").read_text(encoding="utf-8"))
    for path in sorted(gold.glob("*/*.json")):
        wanted = Gold.model_validate_json(path.read_text(encoding="utf-8"))
        if path.parent.name == "seeds":
            text = (seeds / wanted.document).read_text(encoding="utf-8")
            for line in sorted(wanted.boilerplate or [], key=len, reverse=True):
                text = text.replace(line, "", 1)
            for wrong, right in wanted.repairs:
                text = text.replace(wrong, right)
        else:
            stem = path.stem
            text = next(body["articleBody"] for key, body in bodies.items() if key.startswith(stem))
        yield path.parent.name, text, wanted


def score_gold(reader: Reader, gold: Path, data: Path, show: str) -> None:
    """Print the entity score of each gold set and of all together."""
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for name, text, wanted in gold_texts(gold, data):
        found = reader.entities(text)
        match(wanted.entities, found, tallies[name], wanted.document[:12] if show == name else None)
        match(wanted.entities, found, tallies["seeds and news"], None)
    for name, by_type in tallies.items():
        print_tallies(f"gold/{name}", by_type)


def score_own_news(reader: Reader, data: Path, show: str) -> None:
    """Print the entity score over the passages written for this project, each passage one document."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for path in sorted((data / "entities/own_news").glob("*.txt")):
        for number, passage in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())):
            text, spans = strip_tags(passage)
            names: dict[tuple[str, str], None] = dict.fromkeys((kind, text[start:end]) for start, end, kind in spans)
            wanted = [GoldEntity(name=name, type=kind) for kind, name in names]
            found = [
                Found(kind, frozenset([text[start:end]]))
                for start, end, kind in sorted(
                    {(s, e, k) for s, e, mention, k, _ in reader.read(text) if mention in NAMED}
                )
            ]
            distinct = list({(item.kind, min(item.names)): item for item in found}.values())
            match(wanted, distinct, tallies, f"{path.stem} {number}" if show == "own_news" else None)
    print_tallies("own_news (distinct surfaces)", tallies)


def strip_tags(passage: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of an inline-tagged passage and its (start, end, type)."""
    spans: list[tuple[int, int, str]] = []
    text, at, opened = "", 0, 0
    for tag in re.finditer(r"<(/?)([oprlew])>", passage):
        text += passage[at : tag.start()]
        at = tag.end()
        if tag[1]:
            spans.append((opened, len(text), OWN_NEWS[tag[2]]))
        opened = len(text)
    return text + passage[at:], spans


def read_iob(path: Path, word: int, label: int) -> Iterator[list[tuple[str, str]]]:
    """Yield the (word, label) rows of each sentence; `word` and `label` are columns."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            columns = line.split("\t")
            rows.append((columns[word], columns[label]))


def score_control(reader: Reader, path: Path, columns: tuple[int, int], size: int) -> None:
    """Print exact-span scores of person, organization and place; `size` sentences make a document."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    sentences = list(read_iob(path, *columns))
    for at in range(0, len(sentences), size):
        text, wanted = "", set[tuple[int, int, str]]()
        for sentence in sentences[at : at + size]:
            for word, label in sentence:
                kind = CONTROL.get(label[2:])
                start = len(text)
                text += word
                if kind and label[0] == "B":
                    wanted.add((start, len(text), kind))
                elif kind:
                    last = max(wanted)
                    wanted.remove(last)
                    wanted.add((last[0], len(text), kind))
                text += " "
            text = text.rstrip() + "\n"
        found = {(s, e, k) for s, e, mention, k, _ in reader.read(text) if mention in NAMED and k in CONTROL.values()}
        for kind in CONTROL.values():
            ours, theirs = {x for x in found if x[2] == kind}, {x for x in wanted if x[2] == kind}
            for tally in (tallies["all"], tallies[kind]):
                tally.update(hit=len(ours & theirs), missed=len(theirs - ours), extra=len(ours - theirs))
    print_tallies(path.parent.name, tallies)


def print_tallies(title: str, tallies: dict[str, Tally]) -> None:
    """Print the figures of a set, all types first."""
    print(title)
    for kind in sorted(tallies, key=lambda kind: (kind != "all", kind)):
        print(f"    {kind:14}{tallies[kind].line()}")


def main() -> None:
    """Print every score and the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--model", default="winnow_en")
    parser.add_argument("--show", default="", help="list misses and extras of seeds, news or own_news")
    options = parser.parse_args()
    reader = Reader(options.model, load_knowledge())
    score_gold(reader, options.gold, options.data, options.show)
    score_own_news(reader, options.data, options.show)
    score_control(reader, options.data / "entities/uner_ewt/test.iob2", (1, 2), 20)
    score_control(reader, options.data / "entities/wikigold/wikigold.tsv", (0, 1), 20)
    print(f"{reader.words / reader.seconds:,.0f} words a second, one core, parse not counted")


if __name__ == "__main__":
    main()
