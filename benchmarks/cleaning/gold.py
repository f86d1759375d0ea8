"""The project's own annotations: boilerplate that must go, words of the article that must stay.

What belongs here: reading those annotations and counting. What does not: entities and claims. Counted as the
annotations' own `score.py` counts: a boilerplate line is gone when the clean text has it nowhere, a short one when no
line is equal to it; body words are those of the raw text without the boilerplate.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.cleaning.pages import AnnotatedPage
from pipeline.cleaning.article import Extraction, extract_from_pages, extract_from_texts
from pipeline.cleaning.nonarticles import NonArticle

_SEEDS = Path(__file__).parents[2] / "seeds"


def measure_gold(folder: Path, pages: Sequence[AnnotatedPage]) -> Iterator[str]:
    """Yield a row on the seeds and one on the news pages; of the latter the body is what the page's annotation says."""
    for name in ("seeds", "news"):
        lines_gone: list[bool] = []
        kept = total = 0
        for path in sorted((folder / name).glob("*.json")):
            truth = json.loads(path.read_text("utf-8"))
            page = next((page for page in pages if page.name.startswith(path.stem)), None)
            extraction = _extract(truth["document"], page)
            body = page.body if page is not None else extraction.raw_text
            for line in truth["boilerplate"]:
                body = _without(body, line)
                lines_gone.append(_is_gone(line, extraction.clean_text))
            for wrong, right in truth.get("repairs", []):
                body = body.replace(wrong, right)
            wanted = _words(body)
            kept += (wanted & _words(extraction.clean_text)).total()
            total += wanted.total()
        yield (
            f"gold/{name}: boilerplate_removed {sum(lines_gone) / max(len(lines_gone), 1):.4f} of {len(lines_gone)},"
            f" body_words_kept {kept / max(total, 1):.4f} of {total}"
        )


def _extract(document: str, page: AnnotatedPage | None) -> Extraction:
    if page is None:
        return extract_from_texts([(_SEEDS / document).read_text("utf-8")])[0]
    (found,) = extract_from_pages([page.html])
    if isinstance(found, NonArticle):
        raise TypeError(f"{document} is annotated as an article: {found.detail}")
    return found


def _without(body: str, line: str) -> str:
    return re.sub(r"\s+".join(map(re.escape, line.split())), " ", body, count=1)


def _is_gone(line: str, clean: str) -> bool:
    flat, flat_clean = " ".join(line.split()), " ".join(clean.split())
    if len(flat.split()) > 2 or re.search(r"\d", flat) or flat not in flat_clean:
        return flat not in flat_clean
    return flat not in clean.split("\n")


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
