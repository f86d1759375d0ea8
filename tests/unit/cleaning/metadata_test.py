"""Title, author, date and publisher are read from what the page states."""

from datetime import date

import pytest

from pipeline.cleaning.byline import read_author
from pipeline.cleaning.dates import read_date
from pipeline.cleaning.linked_data import read_linked_data
from pipeline.cleaning.metadata import PageMetadata, read_metadata
from pipeline.cleaning.page import parse_tree


def metadata(head: str, body: str = "<p>Text.") -> PageMetadata:
    return read_metadata(parse_tree(f"<html><head>{head}</head><body>{body}</body></html>"))


LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "Organization", "@id": "#o", "name": "Example News"},
{"@type": "WebPage", "datePublished": "2020-01-01"},
{"@type": ["NewsArticle"], "headline": "Rates rise", "author": [{"name": "Jane Doe"}, "John Smith"],
 "publisher": {"@id": "#o"}, "datePublished": "2024-05-02T23:30:00-04:00", "articleBody": "The bank."}]}</script>"""


def test_linked_data_states_the_article() -> None:
    stated = read_linked_data(parse_tree(f"<html><head>{LINKED}</head></html>").iter("script"))
    assert (stated.headline, stated.body) == ("Rates rise", "The bank.")
    assert stated.authors == ("Jane Doe", "John Smith")
    assert (stated.publisher, stated.published) == ("Example News", "2024-05-02T23:30:00-04:00")


@pytest.mark.parametrize("script", ["", "{", "[]", "null", '"text"', '{"@type": {"a": 1}}', "[" * 5000])
def test_broken_linked_data_states_nothing(script: str) -> None:
    tree = parse_tree(f'<html><script type="application/ld+json">{script}</script></html>')
    assert read_linked_data(tree.iter("script")).headline is None


def test_a_page_behind_another_states_nothing_of_the_first() -> None:
    first, second = (f"<html><head><title>{t}</title></head><body><p>x</p></body></html>" for t in ("One", "Two"))
    found = read_metadata(parse_tree(first + second.replace("<title>", f"{LINKED}<title>")))
    assert (found.title, found.author) == ("One", None)


def test_linked_data_comes_first() -> None:
    found = metadata(LINKED + '<meta property="article:published_time" content="2019-01-01">')
    assert (found.published_on, found.published_on_basis) == (date(2024, 5, 2), "metadata")
    assert (found.author, found.source_name) == ("Jane Doe, John Smith", "Example News")


def test_meta_elements_state_what_linked_data_does_not() -> None:
    found = metadata(
        '<title>Rates rise | Example</title><meta property="og:site_name" content="Example">'
        '<meta name="author" content="By Jane Doe"><meta name="pubdate" content="May 2, 2024">'
        '<link rel="canonical" href="https://example.org/rates">'
    )
    assert found.title == "Rates rise"
    assert (found.author, found.source_name) == ("Jane Doe", "Example")
    assert found.published_on == date(2024, 5, 2)
    assert found.canonical_url == "https://example.org/rates"


def test_the_heading_that_the_title_agrees_with_is_the_headline() -> None:
    found = metadata(
        "<title>Bank raises rates again - Example</title>", "<h1>Example</h1><h1>Bank raises rates again</h1>"
    )
    assert found.title == "Bank raises rates again"


def test_a_date_in_the_address_is_used_last() -> None:
    found = metadata('<link rel="canonical" href="https://example.org/2024/05/02/rates.html">')
    assert (found.published_on, found.published_on_basis) == (date(2024, 5, 2), "url")


def test_the_day_in_the_address_is_the_publishers_own() -> None:
    stamp = '<meta property="article:published_time" content="2024-05-03T02:41:41+00:00">'
    found = metadata(stamp + '<link rel="canonical" href="https://example.org/2024/05/02/rates/">')
    assert (found.published_on, found.published_on_basis) == (date(2024, 5, 2), "url")


def test_a_month_in_the_address_is_no_date() -> None:
    found = metadata('<link rel="canonical" href="https://example.org/2024/12/book-review/">')
    assert found.published_on_basis != "url"


def test_a_page_that_states_nothing_has_no_metadata() -> None:
    found = metadata("")
    assert (found.title, found.author, found.source_name, found.published_on) == (None, None, None, None)
    assert found.published_on_basis == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-08-21", date(2024, 8, 21)),
        ("Published 2024-08-21T10:00:00Z", date(2024, 8, 21)),
        ("20240821", date(2024, 8, 21)),
        ("Aug. 21, 2024 at 3:04 PM", date(2024, 8, 21)),
        ("Wednesday, 21st August 2024", date(2024, 8, 21)),
        ("8/21/2024", date(2024, 8, 21)),
        ("21/8/2024", date(2024, 8, 21)),
        ("2024-13-45", None),
        ("August 2024", None),
        ("no date", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and John Smith", "Jane Doe and John Smith"),
        ("Written by: Jane Doe", "Jane Doe"),
        ("By Jane Doe, Example News", "Jane Doe"),
        ("By Jane Doe | May 2, 2024", "Jane Doe"),
        ("Author: Jane Doe", "Jane Doe"),
        ("By", None),
    ],
)
def test_bylines(byline: str, expected: str | None) -> None:
    assert read_author(byline) == expected
