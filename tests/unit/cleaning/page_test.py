"""Any HTML becomes blocks of text in document order, in bounded time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.page import MalformedPageError, parse_page

PAGE = """<!doctype html><html><head><title>T</title><style>p{}</style></head><body>
<nav class="main-nav"><a href=/>Home</a></nav>
<article><h1>Rates rise</h1><p>The <b>bank</b> raised<br>its rate.</p><script>var x = "<p>no</p>";</script>
<div style="display: none">hidden</div> tail</article></body></html>"""


def test_blocks_stand_in_document_order_one_a_line() -> None:
    page = parse_page(PAGE)
    assert page.raw_text == "Home\nRates rise\nThe bank raised\nits rate.\nhidden\ntail"
    assert all(page.raw_text[block.start : block.end] == block.text for block in page.blocks)


def test_blocks_know_their_markup() -> None:
    page = parse_page(PAGE)
    first, heading, paragraph, _, hidden, _ = page.blocks
    assert first.link_characters == len("Home")
    assert page.containers[heading.container].tag == "h1"
    assert paragraph.emphasised_characters == len("bank")
    assert page.containers[hidden.container].is_hidden
    assert not page.containers[paragraph.container].is_hidden


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + "deep",
        "<p>" * 50_000 + "open paragraphs",
        "<a>" * 20_000 + "open links",
        "<table><tr><td>" * 10_000 + "cells",
        "one line " * 500_000,
        "<p>x</p>" * 100_000,
        "<script>" + "while(true){}" * 200_000,
        "<!--" * 100_000,
        '<p class="' + "a " * 500_000 + '">names</p>',
        PAGE[:120],
        "<meta charset=utf-16><p>declared otherwise",
        "<p>" + "&amp;" * 200_000,
    ],
    ids=lambda source: source[:14],
)
def test_malformed_pages_end_in_bounded_time(source: str) -> None:
    start = time.process_time()
    try:
        page = parse_page(source)
    except MalformedPageError:
        pass
    else:
        assert len(page.raw_text) <= len(source)
    assert time.process_time() - start < 10


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        page = parse_page(source)
    except MalformedPageError:
        return
    assert page.raw_text == "\n".join(block.text for block in page.blocks)
    assert all(block.text == " ".join(block.text.split()) != "" for block in page.blocks)


@pytest.mark.parametrize("tag", ["div", "font", "table><tr><td"])
def test_text_under_too_many_elements_is_not_lost(tag: str) -> None:
    page = parse_page("<p>before" + f"<{tag}>" * 5_000 + "<p>The bank raised its rate.")
    assert page.raw_text.split("\n")[-1] == "The bank raised its rate."


def test_a_page_without_any_element_is_refused() -> None:
    with pytest.raises(MalformedPageError):
        parse_page("")
