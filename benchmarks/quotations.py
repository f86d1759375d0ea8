"""Measure quotations and their speakers on PolNeAR (Newell et al., LREC 2018: https://aclanthology.org/L18-1524/).

Run as `python -m benchmarks.quotations --data DATA`, where DATA holds `quotes/polnear/text/*.txt` and
`quotes/polnear/attributions/*.ann` (brat). The corpus states no licence: it is measured on and nothing of it is kept.

An attribution counts as direct if at least half of its content stands between quotation marks that enclose little else:
reports nested in a quotation are not. Contents match one to one if the characters they share are at least half of those
of both together; pieces that one cue attributes are one content, as in the corpus. A speaker is right if its words
overlap those of the annotated source, or name the same person by the same last word. Documents are split in two by a
hash of their name: rules may be tuned on one half, never on the other.
"""

import argparse
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.extraction.attribution import find_attributions
from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.model import Article, Attribution, Span
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language

_MARKS = re.compile(r"''|[\"“”]")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Item:
    """One attribution: the characters of its content, the spans of its source, and whether it is a direct quotation."""

    content: frozenset[int]
    sources: tuple[Span, ...]
    is_direct: bool


@dataclass
class Score:
    """Counts of one kind of attribution over a set of documents."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    speakers: int = 0

    def add(self, other: "Score") -> None:
        """Add the counts of another score."""
        self.gold += other.gold
        self.found += other.found
        self.matched += other.matched
        self.speakers += other.speakers

    def describe(self) -> str:
        """Return precision, recall, F1 and the share of right speakers among the matched."""
        precision, recall = self.matched / max(1, self.found), self.matched / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        right = self.speakers / max(1, self.matched)
        return f"F1 {f1:.3f} (P {precision:.3f}, R {recall:.3f}, {self.gold} in gold) speaker {right:.3f} of matched"


def read_gold(text: str, quoted: list[Span], annotation: Path) -> list[Item]:
    """Return the attributions of one brat file; offsets are code points of `text`."""
    spans: dict[str, list[Span]] = {}
    events: list[list[str]] = []
    for line in annotation.read_text(encoding="utf-8").splitlines():
        identifier, _, rest = line.partition("\t")
        fields = rest.split("\t")[0]
        if identifier.startswith("T"):
            places = fields.partition(" ")[2].split(";")
            spans[identifier] = [Span(int(start), int(end)) for start, end in (place.split() for place in places)]
        elif identifier.startswith("E"):
            events.append(fields.split())
    items: list[Item] = []
    for event in events:
        roles = [argument.split(":") for argument in event[1:]]
        content = [span for role, target in roles if role.startswith("Content") for span in spans[target]]
        sources = [span for role, target in roles if role.startswith("Source") for span in spans[target]]
        if any(span.end > span.start for span in content):
            items.append(_item(text, quoted, content, sources))
    return items


def find_quoted(text: str) -> list[Span]:
    """Return what stands between quotation marks: a curly mark opens or closes, a straight one does what is due."""
    quoted: list[Span] = []
    for line in _LINE.finditer(text):
        opened: int | None = None
        for mark in _MARKS.finditer(text, *line.span()):
            if mark.group() == "“" or (opened is None and mark.group() != "”"):
                opened = mark.end() if opened is None else opened
            elif opened is not None:
                quoted.append(Span(opened, mark.start()))
                opened = None
        if opened is not None:
            quoted.append(Span(opened, line.end()))
    return quoted


def _item(text: str, quoted: list[Span], content: Iterable[Span], sources: Iterable[Span]) -> Item:
    spans = list(content)
    characters = _letters(text, spans)
    marked = (_letters(text, [span]) for span in quoted if any(span.overlaps(other) for other in spans))
    direct = sum(len(characters & one) for one in marked if 2 * len(characters & one) >= len(one))
    return Item(characters, tuple(sources), is_direct=2 * direct >= len(characters))


def _letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in range(span.start, span.end) if text[i].isalnum())


def group_found(text: str, quoted: list[Span], attributions: Iterable[Attribution]) -> list[Item]:
    """Return what was found as items; quotations under one cue are one item."""
    groups: dict[object, list[Attribution]] = {}
    for number, attribution in enumerate(attributions):
        is_part = attribution.cue is not None and attribution.rule_id.startswith("attribution.quotation")
        groups.setdefault(attribution.cue if is_part else number, []).append(attribution)
    return [
        _item(text, quoted, [one.content for one in group], [group[0].speaker] if group[0].speaker else [])
        for group in groups.values()
    ]


def score(text: str, gold: list[Item], found: list[Item], *, is_direct: bool) -> Score:
    """Return the counts for direct quotations, or for all other attributions."""
    wanted = [item for item in gold if item.is_direct == is_direct]
    given = [item for item in found if item.is_direct == is_direct]
    pairs = sorted(
        (
            (len(one.content & other.content) / max(1, len(one.content | other.content)), i, j)
            for i, one in enumerate(wanted)
            for j, other in enumerate(given)
        ),
        reverse=True,
    )
    result = Score(gold=len(wanted), found=len(given))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for overlap, i, j in pairs:
        if overlap < 0.5 or i in used_gold or j in used_found:
            continue
        used_gold.add(i)
        used_found.add(j)
        result.matched += 1
        result.speakers += is_same_speaker(text, wanted[i].sources, given[j].sources)
    return result


def is_same_speaker(text: str, gold: Iterable[Span], found: Iterable[Span]) -> bool:
    """Return whether two sources overlap, or end in the same name."""
    found = list(found)
    gold = list(gold)
    if not gold or not found:
        return not gold and not found
    if any(one.overlaps(other) for one in gold for other in found):
        return True
    return bool(_names(text, gold) & {name for span in found for name in _names(text, [span])})


def _names(text: str, spans: Iterable[Span]) -> set[str]:
    words = {word for span in spans for word in re.findall(r"[A-Z][\w’'-]+", text[span.start : span.end])}
    return words - {"Mr", "Mrs", "Ms", "Dr", "The", "He", "She", "President", "Sen", "Rep", "Gov"}


def is_tuning(name: str) -> bool:
    """Return whether a document belongs to the half that rules may be tuned on."""
    return sha256(name.encode()).digest()[0] % 2 == 0


def measure(data: Path) -> Iterator[tuple[str, str, list[Item], list[Item]]]:
    """Yield name, text, annotated and found items of each document."""
    folder = data / "quotes" / "polnear"
    annotations = {path.stem.rpartition("_")[0]: path for path in (folder / "attributions").glob("*.ann")}
    language, knowledge = load_language(), load_knowledge()
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        doc = next(iter(language.parse([text])))
        article = Article(path.stem, text, None, None)
        entities, mentions = find_mentions(article, doc, knowledge)
        quoted = find_quoted(text)
        found = group_found(text, quoted, find_attributions(article, doc, entities, mentions))
        yield path.stem, text, read_gold(text, quoted, annotations[path.stem]), found


def main() -> None:
    """Print direct and other attributions for the tuning half, the held-out half and both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds quotes/polnear")
    arguments = parser.parse_args()
    began = time.monotonic()
    totals = {(half, kind): Score() for half in ("tuning half", "held-out half", "all") for kind in (True, False)}
    for name, text, gold, found in measure(arguments.data):
        for is_direct in (True, False):
            counts = score(text, gold, found, is_direct=is_direct)
            totals["tuning half" if is_tuning(name) else "held-out half", is_direct].add(counts)
            totals["all", is_direct].add(counts)
    for (half, is_direct), total in totals.items():
        print(f"{half:14} {'direct quotations' if is_direct else 'other attributions':19} {total.describe()}")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
