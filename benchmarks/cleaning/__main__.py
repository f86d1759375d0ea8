"""Prints each figure of cleaning beside its peers: `python -m benchmarks.cleaning --data FOLDER [--gold FOLDER]`.

What belongs here: which figures, on which inputs, in which order. What does not: scores, peers and learning, which are
modules of their own. Peers run on the same pages in the same process, in turns; speeds are by the processor time of one
core.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import TypeVar

import trafilatura
from htmldate import find_date
from resiliparse.extract.html2text import extract_plain_text

from benchmarks.cleaning.copies import count_grouped_copies, group_articles
from benchmarks.cleaning.folds import cross_validate
from benchmarks.cleaning.gold import measure_gold
from benchmarks.cleaning.pages import SETS, AnnotatedPage, MissingDataError, find_data, load_pages
from benchmarks.cleaning.scoring import score_texts
from pipeline.cleaning.article import Extraction, extract_from_pages, extract_from_texts
from pipeline.cleaning.documents import AT_ONCE
from pipeline.cleaning.features import Stack
from pipeline.cleaning.judgement import Verdict, describe_pages, judge_pages, judge_texts, judge_wording
from pipeline.cleaning.metadata import read_metadata
from pipeline.cleaning.model import SegmentModel
from pipeline.cleaning.nonarticles import NonArticle
from pipeline.cleaning.page import parse_tree, read_blocks
from pipeline.cleaning.published import find_published_on
from pipeline.cleaning.repairs import repair
from pipeline.cleaning.segments import Segment, split_segments

Cleaned = TypeVar("Cleaned", Extraction, Extraction | NonArticle)
Extractor = Callable[[Sequence[AnnotatedPage]], list[str]]
_ROUNDS = 10
"""How often the bare texts are read: once is over in a tenth of a second."""


def winnow(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return what Winnow keeps of pages."""
    found = _clean_together(extract_from_pages, [page.html for page in pages])
    return ["" if isinstance(each, NonArticle) else each.clean_text for each in found]


def winnow_bare(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return what Winnow keeps of the pages' texts without their markup."""
    return [each.clean_text for each in _clean_together(extract_from_texts, all_text(pages))]


def winnow_residue(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return what Winnow keeps of trafilatura's output."""
    return [each.clean_text for each in _clean_together(extract_from_texts, trafilatura_default(pages))]


def wordings_residue(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return what the wordings of residue, without a model, leave of trafilatura's output."""
    texts = [split_segments(repair(text)[0]) for text in trafilatura_default(pages)]
    return [_join(text, verdicts) for text, verdicts in zip(texts, judge_wording(texts), strict=True)]


def _clean_together(clean: Callable[[Sequence[str]], list[Cleaned]], contents: Sequence[str]) -> list[Cleaned]:
    """Clean as many documents together as the pipeline does."""
    starts = range(0, len(contents), AT_ONCE)
    return [cleaned for start in starts for cleaned in clean(contents[start : start + AT_ONCE])]


def winnow_date(page: AnnotatedPage) -> str:
    """Return the date that Winnow finds for a page."""
    (found,) = extract_from_pages([page.html])
    if isinstance(found, NonArticle):
        return found.detail
    return str(find_published_on(found.metadata, found.particulars, page.html)[0])


def trafilatura_default(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return trafilatura's main texts."""
    return [trafilatura.extract(page.html, include_comments=False) or "" for page in pages]


def trafilatura_fast(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return trafilatura's main texts in its fast mode."""
    return [trafilatura.extract(page.html, include_comments=False, fast=True) or "" for page in pages]


def main_content(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return resiliparse's main contents."""
    return [extract_plain_text(page.html, main_content=True) for page in pages]


def all_text(pages: Sequence[AnnotatedPage]) -> list[str]:
    """Return resiliparse's texts of the whole pages."""
    return [extract_plain_text(page.html) for page in pages]


def page_by(model: SegmentModel) -> Extractor:
    """Return an extractor of pages that uses this model."""

    def extract(page: AnnotatedPage) -> str:
        tree = parse_tree(page.html)
        metadata = read_metadata(tree)
        stack = Stack([read_blocks(tree)])
        (verdicts,) = judge_pages(stack, describe_pages(stack, [metadata]), model)
        kept = "\n".join(block.text for block, verdict in zip(stack.blocks, verdicts, strict=True) if verdict is None)
        segments = split_segments(repair(kept)[0])
        return _join(segments, judge_wording([segments])[0])

    return lambda pages: [extract(page) for page in pages]


def text_by(model: SegmentModel, source: Extractor) -> Extractor:
    """Return an extractor of bare texts that uses this model."""

    def extract(pages: Sequence[AnnotatedPage]) -> list[str]:
        texts = [split_segments(repair(text)[0]) for text in source(pages)]
        return [_join(text, verdicts) for text, verdicts in zip(texts, judge_texts(texts, model), strict=True)]

    return extract


def _join(segments: Sequence[Segment], verdicts: Sequence[Verdict | None]) -> str:
    return "\n".join(s.text for s, verdict in zip(segments, verdicts, strict=True) if verdict is None)


def report_main_text(pages: dict[str, list[AnnotatedPage]], folds: int) -> Iterator[str]:
    """Yield the rows on main text: from HTML, from bare text, from an extractor's residue."""
    everything = [page for name in SETS for page in pages[name]]
    held_out: dict[str, dict[AnnotatedPage, str]] = {"html": {}, "bare": {}, "residue": {}}
    for fold in cross_validate(everything, folds) if folds else ():
        extractors = {
            "html": page_by(fold.page_model),
            "bare": text_by(fold.text_model, all_text),
            "residue": text_by(fold.text_model, trafilatura_default),
        }
        for kind, extract in extractors.items():
            unseen = [everything[index] for index in fold.held_out]
            held_out[kind] |= dict(zip(unseen, extract(unseen), strict=True))

    def held_out_row(kind: str, name: str) -> Iterator[str]:
        if folds:
            yield _score(f"Winnow, {folds}-fold by site", pages[name], [held_out[kind][page] for page in pages[name]])

    for name in SETS:
        yield f"main text, {name}, {len(pages[name])} pages: 4-gram F1 (precision, recall), pages a second"
        yield from measure(
            pages[name],
            {
                "Winnow": winnow,
                "trafilatura": trafilatura_default,
                "trafilatura fast": trafilatura_fast,
                "resiliparse main content": main_content,
            },
        )
        yield from held_out_row("html", name)
        yield f"bare text, {name}: resiliparse's text of the whole page"
        yield from measure(pages[name], {"as it is": all_text, "Winnow": winnow_bare})
        yield from held_out_row("bare", name)
        yield f"residue, {name}: trafilatura's output"
        yield from measure(
            pages[name],
            {"as it is": trafilatura_default, "Winnow": winnow_residue, "Winnow, by wording alone": wordings_residue},
        )
        yield from held_out_row("residue", name)


def measure(pages: Sequence[AnnotatedPage], extractors: dict[str, Extractor]) -> Iterator[str]:
    """Yield a row for each extractor: its score on the pages and its speed.

    They take turns after every few pages: a machine whose own speed changes then slows all of them alike.
    """
    found: dict[str, list[str]] = {title: [] for title in extractors}
    seconds = dict.fromkeys(extractors, 0.0)
    for extract in extractors.values():
        extract(pages[:1])
    for start in range(0, len(pages), AT_ONCE):
        for title, extract in extractors.items():
            begin = process_time()
            found[title] += extract(pages[start : start + AT_ONCE])
            seconds[title] += process_time() - begin
    for title, texts in found.items():
        yield f"{_score(title, pages, texts)}  {len(pages) / seconds[title]:7.1f}/s"


def _score(title: str, pages: Sequence[AnnotatedPage], found: Sequence[str]) -> str:
    return f"  {title:28} {score_texts((page.body, text) for page, text in zip(pages, found, strict=True))}"


def report_dates(pages: Sequence[AnnotatedPage]) -> Iterator[str]:
    """Yield the rows on publication dates."""
    dated = [page for page in pages if page.published_on is not None]
    yield f"publication date, wcxb, {len(dated)} pages that state one: exact"
    readers: dict[str, Callable[[AnnotatedPage], str | None]] = {
        "Winnow": winnow_date,
        "htmldate, original date": lambda page: find_date(page.html, original_date=True),
        "htmldate, its default": lambda page: find_date(page.html),
    }
    for title, read in readers.items():
        start = process_time()
        exact = sum(read(page) == str(page.published_on) for page in dated)
        speed = len(dated) / (process_time() - start)
        yield f"  {title:28} {exact / len(dated):.4f} ({exact} of {len(dated)})  {speed:7.1f}/s"


def report_bare_speed(pages: Sequence[AnnotatedPage]) -> Iterator[str]:
    """Yield the row on the speed of bare texts: articles of 500 to 900 words with their own boilerplate added."""
    texts = [page.body + "\nRelated Articles\nShare this article\nSign in to comment" for page in pages]
    texts = [text for text in texts if 500 <= len(text.split()) <= 900]
    extract_from_texts(texts[:10])
    start = process_time()
    for _ in range(_ROUNDS):
        _clean_together(extract_from_texts, texts)
    speed = _ROUNDS * len(texts) / (process_time() - start)
    words = sum(len(text.split()) for text in texts) / len(texts)
    yield f"bare-text documents, {len(texts)} of {words:.0f} words on average, {_ROUNDS} times: {speed:.0f} a second"


def report_copies(pages: dict[str, list[AnnotatedPage]]) -> Iterator[str]:
    """Yield the rows on near-duplicates."""
    everything = [page for name in SETS for page in pages[name]]
    grouped, total = count_grouped_copies(everything)
    yield f"near-duplicates, a tenth of the words changed and other residue: {grouped / total:.4f} of {total} grouped"
    groups = group_articles(everything)
    yield f"near-duplicates, articles of both sets as they are: {len(groups)} groups"
    yield from (f"  {group}" for group in groups)


def main() -> int:
    """Print all rows; return 2 with one line on what to do where the data is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cleaning", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of annotated pages (or WINNOW_TRAINING_DATA)")
    parser.add_argument("--gold", type=Path, help="folder of annotations with seeds/ and news/")
    parser.add_argument("--folds", type=int, default=5, help="parts of cross-validation, 0 for none")
    options = parser.parse_args()
    try:
        folder = find_data(options.data)
    except MissingDataError as error:
        print(f"bench-cleaning: {error}", file=sys.stderr)
        return 2
    pages = {name: load_pages(folder, name) for name in SETS}
    reports = [report_bare_speed(pages["wcxb"]), report_dates(pages["wcxb"]), report_copies(pages)]
    if options.gold is not None:
        reports.append(measure_gold(options.gold, pages["aeb"]))
    reports.append(report_main_text(pages, options.folds))
    for report in reports:
        for row in report:
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
