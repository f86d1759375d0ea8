"""Prints each figure of cleaning beside its peers: `python -m benchmarks.cleaning --data FOLDER [--gold FOLDER]`.

What belongs here: which figures, on which inputs, in which order. What does not: scores, peers and learning, which are
modules of their own. Peers run on the same pages in the same process; speeds are by the processor time of one core.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import process_time

import trafilatura
from htmldate import find_date
from resiliparse.extract.html2text import extract_plain_text

from benchmarks.cleaning.copies import count_grouped_copies, group_articles
from benchmarks.cleaning.folds import cross_validate
from benchmarks.cleaning.gold import measure_gold
from benchmarks.cleaning.pages import SETS, AnnotatedPage, MissingDataError, find_data, load_pages
from benchmarks.cleaning.scoring import score_texts
from pipeline.cleaning.article import extract_from_page, extract_from_text
from pipeline.cleaning.judgement import Verdict, describe_page, judge_page, judge_text, judge_wording
from pipeline.cleaning.metadata import read_metadata
from pipeline.cleaning.model import SegmentModel
from pipeline.cleaning.page import parse_tree, read_blocks
from pipeline.cleaning.published import find_published_on
from pipeline.cleaning.repairs import repair
from pipeline.cleaning.segments import Segment, split_segments

Extractor = Callable[[AnnotatedPage], str]


def winnow(page: AnnotatedPage) -> str:
    """Return what Winnow keeps of a page."""
    return extract_from_page(page.html).clean_text


def winnow_bare(page: AnnotatedPage) -> str:
    """Return what Winnow keeps of a page's text without its markup."""
    return extract_from_text(all_text(page)).clean_text


def winnow_residue(page: AnnotatedPage) -> str:
    """Return what Winnow keeps of trafilatura's output."""
    return extract_from_text(trafilatura_default(page)).clean_text


def winnow_date(page: AnnotatedPage) -> str:
    """Return the date that Winnow finds for a page."""
    extraction = extract_from_page(page.html)
    return str(find_published_on(extraction.metadata, extraction.particulars, page.html)[0])


def trafilatura_default(page: AnnotatedPage) -> str:
    """Return trafilatura's main text."""
    return trafilatura.extract(page.html, include_comments=False) or ""


def trafilatura_fast(page: AnnotatedPage) -> str:
    """Return trafilatura's main text in its fast mode."""
    return trafilatura.extract(page.html, include_comments=False, fast=True) or ""


def main_content(page: AnnotatedPage) -> str:
    """Return resiliparse's main content."""
    return extract_plain_text(page.html, main_content=True)


def all_text(page: AnnotatedPage) -> str:
    """Return resiliparse's text of the whole page."""
    return extract_plain_text(page.html)


def page_by(model: SegmentModel) -> Extractor:
    """Return an extractor of pages that uses this model."""

    def extract(page: AnnotatedPage) -> str:
        tree = parse_tree(page.html)
        metadata = read_metadata(tree)
        parsed = read_blocks(tree)
        verdicts = judge_page(parsed, describe_page(parsed, metadata), model)
        kept = "\n".join(block.text for block, verdict in zip(parsed.blocks, verdicts, strict=True) if verdict is None)
        return _join(split_segments(repair(kept)[0]), judge_wording)

    return extract


def text_by(model: SegmentModel, source: Extractor) -> Extractor:
    """Return an extractor of bare texts that uses this model."""

    def extract(page: AnnotatedPage) -> str:
        return _join(split_segments(repair(source(page))[0]), partial(judge_text, model=model))

    return extract


def _join(segments: Sequence[Segment], judge: Callable[[Sequence[Segment]], list[Verdict | None]]) -> str:
    return "\n".join(s.text for s, verdict in zip(segments, judge(segments), strict=True) if verdict is None)


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
            held_out[kind] |= {everything[index]: extract(everything[index]) for index in fold.held_out}

    def held_out_row(kind: str, name: str) -> Iterator[str]:
        if folds:
            yield measure(f"Winnow, {folds}-fold by site", pages[name], held_out[kind].__getitem__, timed=False)

    for name in SETS:
        yield f"main text, {name}, {len(pages[name])} pages: 4-gram F1 (precision, recall), pages a second"
        for title, extract in {
            "Winnow": winnow,
            "trafilatura": trafilatura_default,
            "trafilatura fast": trafilatura_fast,
            "resiliparse main content": main_content,
        }.items():
            yield measure(title, pages[name], extract)
        yield from held_out_row("html", name)
        yield f"bare text, {name}: resiliparse's text of the whole page"
        yield measure("as it is", pages[name], all_text)
        yield measure("Winnow", pages[name], winnow_bare)
        yield from held_out_row("bare", name)
        yield f"residue, {name}: trafilatura's output"
        yield measure("as it is", pages[name], trafilatura_default)
        yield measure("Winnow", pages[name], winnow_residue)
        yield from held_out_row("residue", name)


def measure(title: str, pages: Sequence[AnnotatedPage], extract: Extractor, *, timed: bool = True) -> str:
    """Return a row: the score of an extractor on pages and its speed."""
    extract(pages[0])
    start = process_time()
    found = [extract(page) for page in pages]
    speed = f"  {len(pages) / (process_time() - start):7.1f}/s" if timed else ""
    return f"  {title:28} {score_texts((page.body, text) for page, text in zip(pages, found, strict=True))}{speed}"


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
    for text in texts[:10]:
        extract_from_text(text)
    start = process_time()
    for text in texts:
        extract_from_text(text)
    seconds = process_time() - start
    words = sum(len(text.split()) for text in texts) / len(texts)
    yield f"bare-text documents, {len(texts)} of {words:.0f} words on average: {len(texts) / seconds:.0f} a second"


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
