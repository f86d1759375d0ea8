"""What a change is measured against: the year before, the quarter before, a date.

Belongs here: the words beside a change that say so. Does not belong here: the times of claims (`dating`).
"""

import re
from typing import NamedTuple

from pipeline.extraction.claims.finding import Finding
from pipeline.extraction.claims.page import Page
from pipeline.extraction.model import Span
from pipeline.tables import ChangeBasis

_AFTER, _BEFORE = 110, 40


class _Basis(NamedTuple):
    basis: ChangeBasis
    words: re.Pattern[str]


def _compile(unit: str, adverb: str) -> re.Pattern[str]:
    """The ways to say it of one unit of time: "year on year", "from a year earlier", "than the previous year"."""
    compared = r"(?:from|than|against|versus|over|compared (?:with|to)|on|of)"
    former = r"(?:last|previous|prior|preceding)"
    return re.compile(
        rf"\b{unit}[- ](?:on|over)[- ]{unit}\b"
        rf"|\ba {unit} (?:ago|earlier|before)\b"
        rf"|\b{compared}\b[^.;]{{0,50}}?\b(?:the |its )?{former} {unit}\b"
        rf"|\b{compared} the {unit} before\b|\b(?:on|over) the {unit}\b"
        rf"|\b{adverb}\b",
        re.IGNORECASE,
    )


_BASES = (
    _Basis("quarter_on_quarter", _compile("quarter", "sequentially|QoQ")),
    _Basis("month_on_month", _compile("month", "MoM")),
    _Basis("week_on_week", _compile("week", "WoW")),
    _Basis("day_on_day", _compile("day", "DoD")),
    _Basis(
        "year_on_year",
        _compile(
            "year",
            r"annually|YoY|(?:same|year-ago|corresponding|comparable) (?:period|quarter|month)|last year|year-earlier",
        ),
    ),
    _Basis(
        "since",
        re.compile(r"\bsince\b|\bso far this (?:year|month|quarter)\b|\b(?:year|month)[- ]to[- ]date\b", re.IGNORECASE),
    ),
)


def find_basis(page: Page, finding: Finding) -> ChangeBasis | None:
    """Return what a change with a figure is measured against; None where the words beside it do not say."""
    if finding.direction is None or finding.quantity is None:
        return None
    text = page.analysis.article.text
    sentence = page.sentence_span(finding.trigger)
    after = _until_next_amount(page, finding, min(finding.quantity.span.end + _AFTER, sentence.end))
    before = text[max(finding.quantity.span.start - _BEFORE, sentence.start) : finding.quantity.span.start]
    for words in (text[finding.quantity.span.end : after], before):
        found = [(match.start(), number) for number, basis in enumerate(_BASES) if (match := basis.words.search(words))]
        if found:
            return _BASES[min(found)[1]].basis
    return None


def _until_next_amount(page: Page, finding: Finding, end: int) -> int:
    """Where the words beside the change end: before another change in percent begins."""
    assert finding.quantity is not None
    span: Span = finding.quantity.span
    later = (q.value.span.start for q in page.quantities if q.value.kind == "percent" and q.value.span.start > span.end)
    return min([end, *later])
