"""How good and how fast extraction is: `python -m benchmarks.extraction --data DATA --gold GOLD`.

GOLD holds `score.py`, whose rules of matching are used, and a folder of annotations per set; DATA holds the pages they
annotate. Articles enter as the annotators saw them (body text, boilerplate out), so that extraction alone is
measured. Prints precision, recall and F1 of entities and claims and the accuracy of attributes per set, how reliable
confidence is, and words a second from clean text to claims on one core.

No figure here is that of unseen text. Rules were written on the set `seeds` and on half of `news` (`READ`), which was
read whole. The texts of the other half were not read for rules, but their false claims were, twice, and their scores
were looked at many times, and changes kept or dropped by them: expect less than they show of text that nobody has
seen. `--unread` gives the figures of that half alone. Confidences are constants that were set by hand on what was read,
so that their reliability is shown apart for what was read and what was not.
"""

import argparse
import importlib.util
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.calibration import Verdict, show_reliability
from pipeline.cleaning.ledger import SpanMap
from pipeline.extraction.grounding import ground
from pipeline.extraction.model import Article, Extraction
from pipeline.extraction.own import OwnExtractor
from pipeline.knowledge import load_knowledge
from pipeline.language import Language, load_language
from pipeline.predicates import load_registry

Gold = dict[str, Any]
NAMED = ("name", "alias", "surname", "acronym", "ticker")
READ = frozenset({"51374560", "9ebb3af6", "f8ff621a", "fde930b0"})
ROLES = ("subject", "object", "speaker")


@dataclass
class SetScore:
    """Tallies of one set of annotated articles."""

    entities: Any
    claims: Any
    by_type: dict[str, Any]
    by_predicate: dict[str, Any]
    attributes: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    shown: list[tuple[str, str, Gold]] = field(default_factory=list)


def load_score(gold: Path) -> ModuleType:
    """Return the scoring rules beside the annotations, as a module."""
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_articles(data: Path, folder: Path) -> Iterator[tuple[Gold, Article]]:
    """Yield the annotations of a set and the article that each is about."""
    bodies: dict[str, Gold] = json.loads((data / "pages/aeb/ground-truth.json").read_text())
    for path in sorted(folder.glob("*.json")):
        gold: Gold = json.loads(path.read_text())
        name = Path(gold["document"]).stem
        page = next((bodies[key]["articleBody"] for key in bodies if key.startswith(name)), None)
        text = page if page is not None else _read_seed(data.parent / "seeds" / gold["document"], gold)
        published = date.fromisoformat(gold["published_on"]) if gold["published_on"] else None
        yield gold, Article(name, text, None, published)


def was_read(name: str, document_id: str) -> bool:
    """Return whether the article, of the set `name`, was read to write rules."""
    return name == "seeds" or document_id[:8] in READ


def _read_seed(path: Path, gold: Gold) -> str:
    text = path.read_text()
    for wrong, right in gold.get("repairs", []):
        text = text.replace(wrong, right)
    for line in sorted(gold["boilerplate"], key=len, reverse=True):
        text = text.replace(line, "", 1)
    return text.strip()


def score_set(score: ModuleType, extractor: OwnExtractor, articles: list[tuple[Gold, Article]]) -> SetScore:
    """Return the tallies over all articles of a set."""
    tally: type[Any] = score.Tally
    result = SetScore(tally(), tally(), defaultdict(tally), defaultdict(tally))
    extractions = extractor.extract(article for _, article in articles)
    for (gold, article), extraction in zip(articles, extractions, strict=True):
        _score_document(score, result, gold, article, extraction)
    return result


def _score_document(score: ModuleType, result: SetScore, gold: Gold, article: Article, extraction: Extraction) -> None:
    names: dict[int, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        if mention.kind in NAMED and mention.entity is not None:
            names[mention.entity].add(article.text[mention.span.start : mention.span.end])
    entities = [
        {"type": extraction.entities[i].entity_type, "names": found | {extraction.entities[i].name}}
        for i, found in sorted(names.items())
    ]

    def entity_fits(wanted: Gold, got: Gold) -> bool:
        same = score.same_name({wanted["name"], *wanted.get("aliases", [])}, got["names"])
        return wanted["type"] == got["type"] and same

    def type_of(item: Gold) -> Any:
        return result.by_type[item["type"]]

    def predicate_of(item: Gold) -> Any:
        return result.by_predicate[item["predicate"]]

    def claim_fits(wanted: Gold, claim: Gold) -> bool:
        return score.claim_matches(gold, wanted, claim)

    shown: list[tuple[str, Gold]] = []
    score.count(gold["entities"], entities, entity_fits, [result.entities], type_of, shown)
    claims = list(_claim_rows(article, extraction, names))
    matched = score.count(
        gold["claims"],
        claims,
        claim_fits,
        [result.claims],
        predicate_of,
        shown,
        score.closeness,
    )
    right = {id(claim) for _, claim in matched}
    result.verdicts += [Verdict(article.document_id, claim["confidence"], id(claim) in right) for claim in claims]
    result.shown += [(article.document_id, verdict, item) for verdict, item in shown]
    for wanted, claim in matched:
        _judge_attributes(score, result.attributes, gold, wanted, claim)


def _claim_rows(article: Article, extraction: Extraction, names: dict[int, set[str]]) -> Iterator[Gold]:
    text = article.text
    for claim in extraction.claims:
        held, value, when = claim.attribution, claim.quantity, claim.time
        row: Gold = {
            "predicate": claim.predicate,
            "value_kind": value.kind if value else None,
            "value_low": value.low if value else None,
            "value_high": value.high if value else None,
            "currency": value.currency if value else None,
            "comparator": value.comparator if value else None,
            "direction": claim.direction,
            "polarity": claim.polarity,
            "stance": claim.stance,
            "modality": claim.modality,
            "attribution": held.kind if held else "author",
            "event_start": when.start if when else None,
            "event_end": when.end if when else None,
            "evidence_text": text[claim.evidence.start : claim.evidence.end],
            "rule_id": claim.rule_id,
            "confidence": claim.confidence,
        }
        speaker = (held.speaker, held.entity) if held else (None, None)
        parties = (
            (claim.subject.span, claim.subject.entity),
            (claim.object.span, claim.object.entity) if claim.object else (None, None),
            speaker,
        )
        for role, (span, entity) in zip(ROLES, parties, strict=True):
            row[f"{role}_text"] = text[span.start : span.end] if span else None
            row[f"{role}_names"] = (
                names.get(entity, set()) | {extraction.entities[entity].name} if entity is not None else set()
            )
            row[f"{role}_entity_id"] = entity
        yield row


def _judge_attributes(
    score: ModuleType, attributes: dict[str, list[bool]], gold: Gold, wanted: Gold, claim: Gold
) -> None:
    for name in ("polarity", "stance", "modality", "attribution"):
        if wanted["predicate"] not in score.SPEECH or name == "attribution":
            attributes[name].append(wanted.get(name) == claim[name])
    if wanted.get("direction"):
        attributes["direction"].append(wanted["direction"] == claim["direction"])
    if wanted.get("speaker"):
        same = score.party_matches(gold, wanted["speaker"], claim["speaker_names"], claim["speaker_text"])
        attributes["speaker"].append(same)
    else:
        attributes["speaker"].append(claim["speaker_entity_id"] is None and not claim["speaker_text"])
    if wanted.get("value"):
        attributes["comparator"].append(wanted["value"]["comparator"] == claim["comparator"])
    wanted_time: Gold = wanted.get("time") or {}
    for end in ("start", "end"):
        if wanted_time.get(end):
            attributes[f"time_{end}"].append(str(claim[f"event_{end}"] or "").startswith(wanted_time[end]))


def print_set(name: str, result: SetScore) -> None:
    """Print the figures of one set."""
    print(f"== {name}")
    print(f"entities {result.entities.figures()}")
    for kind, tally in sorted(result.by_type.items()):
        print(f"    {kind:20} {tally.figures()}")
    print(f"claims   {result.claims.figures()}")
    for predicate, tally in sorted(result.by_predicate.items()):
        print(f"    {predicate:20} {tally.figures()}")
    print("attributes", {k: f"{sum(v) / len(v):.3f} of {len(v)}" for k, v in sorted(result.attributes.items())})


def print_speed(language: Language, extractor: OwnExtractor, articles: list[Article]) -> None:
    """Print words per second of processor time from clean text to rows of claims, and the language model's share."""
    list(extractor.extract(articles[:2]))
    started = time.process_time()
    docs = list(language.parse(article.text for article in articles))
    parsed = time.process_time()
    for article, doc in zip(articles, docs, strict=True):
        ground(article, extractor.extract_parsed(article, doc), SpanMap.from_edits([]), extractor.version)
    seconds, share = time.process_time() - started, parsed - started
    words = sum(len(article.text.split()) for article in articles)
    print(
        f"== speed: {words} words in {seconds:.1f} s of one core, {words / seconds:.0f} words a second; "
        f"the language model takes {share / seconds:.0%}"
    )


def main() -> None:
    """Score every set of annotations and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["seeds", "news"])
    parser.add_argument("--unread", action="store_true", help="leave out the articles that were read for the rules")
    parser.add_argument("--show", nargs="*", default=[], help="sets whose missed and extra items are listed")
    options = parser.parse_args()
    score = load_score(options.gold)
    language = load_language()
    extractor = OwnExtractor(language, load_knowledge(), load_registry())
    read: list[Verdict] = []
    unread: list[Verdict] = []
    articles: list[Article] = []
    totals: Counter[str] = Counter()
    for name in options.sets:
        pairs = list(read_articles(options.data, options.gold / name))
        if options.unread:
            pairs = [(gold, article) for gold, article in pairs if not was_read(name, article.document_id)]
        if not pairs:
            continue
        result = score_set(score, extractor, pairs)
        print_set(name, result)
        if name in options.show:
            _show(result)
        for verdict in result.verdicts:
            (read if was_read(name, verdict.document_id) else unread).append(verdict)
        articles += [article for _, article in pairs]
        totals.update(hit=result.claims.hit, missed=result.claims.missed, extra=result.claims.extra)
    together = score.Tally()
    together.hit, together.missed, together.extra = totals["hit"], totals["missed"], totals["extra"]
    print(f"== claims of all sets together: {together.figures()}")
    for group, verdicts in (("that were read for the rules", read), ("that were not", unread)):
        if verdicts:
            print(f"== reliability of confidence, articles {group}")
            print("\n".join(show_reliability(verdicts)))
    print_speed(language, extractor, articles)


def _show(result: SetScore) -> None:
    keys = ("type", "name", "names", "predicate", "subject", "subject_text", "object", "object_text", "value",
            "value_low", "evidence", "evidence_text", "rule_id")  # fmt: skip
    for document, verdict, item in result.shown:
        held = {key: str(item[key])[:160] for key in keys if item.get(key)}
        print(f"{document[:8]} {verdict}: {json.dumps(held, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
