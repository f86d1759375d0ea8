"""Of several statements of a date the most trusted is believed."""

from datetime import date

import pytest

from pipeline.cleaning.metadata import PageMetadata, read_metadata
from pipeline.cleaning.page import parse_tree
from pipeline.cleaning.published import find_published_on

STATED = '<meta property="article:published_time" content="2024-05-01T08:00:00Z">'
UNCLEAR = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "May 5, 2024"}</script>'
TIME = '<article><h1>Rates rise</h1><time datetime="2024-05-02">2 May</time><p>Text.</p></article>'
LABELLED, DATED = "Published on May 3, 2024", "May 4, 2024"


def state(source: str) -> PageMetadata:
    return read_metadata(parse_tree(source))


@pytest.mark.parametrize(
    ("source", "particulars", "expected"),
    [
        (STATED + TIME, [DATED, LABELLED], (date(2024, 5, 1), "metadata")),
        (TIME, [DATED, LABELLED], (date(2024, 5, 3), "text")),
        (TIME, [DATED], (date(2024, 5, 2), "text")),
        ("<p>Text without any date.", [DATED], (date(2024, 5, 4), "text")),
        (UNCLEAR + "<p>Text.", [], (date(2024, 5, 5), "metadata")),
        ("<p>Text without any date.", [], (None, "none")),
    ],
)
def test_the_most_trusted_statement_of_a_page(source: str, particulars: list[str], expected: object) -> None:
    assert find_published_on(state(source), particulars, source) == expected


def test_a_bare_text_has_its_lines_alone() -> None:
    assert find_published_on(None, [DATED, LABELLED], "Text.") == (date(2024, 5, 3), "text")
    assert find_published_on(None, [], "It was published on May 3, 2024.") == (None, "none")
