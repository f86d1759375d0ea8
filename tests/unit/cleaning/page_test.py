"""Any HTML becomes blocks of text in document order, in bounded time."""

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.page import HIDDEN, MalformedPageError, Page, parse_tree, read_blocks

PAGE = """<!doctype html><html><head><title>T</title><style>p{}</style></head><body>
<nav class="main-nav"><a href=/>Home</a></nav>
<article><h1>Rates rise</h1><p>The <b>bank</b> raised<br>its rate.</p><script>var x = "<p>no</p>";</script>
<div style="display: none">hidden</div> tail</article></body></html>"""


def read_page(source: str) -> Page:
    return read_blocks(parse_tree(source))


def test_blocks_stand_in_document_order_one_a_line() -> None:
    page = read_page(PAGE)
    assert page.raw_text == "Home\nRates rise\nThe bank raised\nits rate.\nhidden\ntail"
    assert all(page.raw_text[block.start : block.end] == block.text for block in page.blocks)


def test_blocks_know_their_markup() -> None:
    page = read_page(PAGE)
    first, heading, paragraph, _, hidden, _ = page.blocks
    assert first.link_characters == len("Home")
    assert page.containers.tags[heading.container] == "h1"
    assert paragraph.emphasised_characters == len("bank")
    assert page.containers.marks[hidden.container] == HIDDEN
    assert page.containers.marks[paragraph.container] == 0


MALFORMED = (
    "<div>" * 100_000 + "deep",
    "<p>" * 50_000 + "open paragraphs",
    "<a>" * 20_000 + "open links",
    "<ul>" * 2_000 + "open lists",
    "<table><tr><td>" * 10_000 + "cells",
    "one line " * 500_000,
    "<p>x</p>" * 100_000,
    "<script>" + "while(true){}" * 200_000,
    "<!--" * 100_000,
    '<p class="' + "a " * 500_000 + '">names</p>',
    PAGE[:120],
    "<meta charset=utf-16><p>declared otherwise",
    "<p>" + "&amp;" * 200_000,
)


@pytest.mark.parametrize("source", MALFORMED, ids=lambda source: source[:14])
def test_malformed_pages_end_in_bounded_time(source: str) -> None:
    start = time.process_time()
    try:
        page = read_page(source)
    except MalformedPageError:
        pass
    else:
        assert len(page.raw_text) <= len(source)
    assert time.process_time() - start < 10


BOUNDED = """
import resource, sys
from pipeline.cleaning.article import Source, clean_articles
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert clean_articles([Source(sys.stdin.read(), is_page=True)])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss differs between systems")
@pytest.mark.parametrize("source", ["<div>" * 100_000 + "deep", "<p>x</p>" * 100_000, "one line " * 500_000])
def test_malformed_pages_end_in_bounded_memory(source: str) -> None:
    ended = subprocess.run([sys.executable, "-c", BOUNDED], input=source, capture_output=True, text=True, check=True)
    assert int(ended.stdout) < 1_000_000  # kilobytes


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        page = read_page(source)
    except MalformedPageError:
        return
    assert page.raw_text == "\n".join(block.text for block in page.blocks)
    assert all(block.text == " ".join(block.text.split()) != "" for block in page.blocks)


@pytest.mark.parametrize("tag", ["div", "font", "table><tr><td"])
def test_text_under_too_many_elements_is_not_lost(tag: str) -> None:
    page = read_page("<p>before" + f"<{tag}>" * 5_000 + "<p>The bank raised its rate.")
    assert page.raw_text.split("\n")[-1] == "The bank raised its rate."


def test_what_stands_behind_the_end_of_a_page_is_part_of_it() -> None:
    page = read_page("<html><body><p>Menu</p></body></html>Rates <b>rise</b><p>The bank</p></html><p>raised its rate.")
    assert page.raw_text == "Menu\nRates rise\nThe bank\nraised its rate."
    assert page.containers.tags == ["html", "body", "p", "p", "p"]
    assert read_page("<html><head><title>T</title></head></html><body><p>Rates rise.").raw_text == "Rates rise."
    assert read_page("<title>T</title></html>Rates rise.").raw_text == "Rates rise."


MENU = "<ul><li><a href=/a>World</a><li><a href=/b>Business</a><li><a href=/c>Sport</a></ul>"


def test_a_list_of_links_is_one_block() -> None:
    menu, paragraph = read_page(f"{MENU}<p>The bank raised its rate.").blocks
    assert menu.text == "World Business Sport"
    assert (menu.link_count, menu.link_characters) == (3, len(menu.text))
    assert paragraph.text == "The bank raised its rate."


@pytest.mark.parametrize("tag", ["nav", "footer"])
def test_a_menu_without_prose_is_one_block(tag: str) -> None:
    assert [b.text for b in read_page(f"<{tag}><p>Example News<p>About us</{tag}>").blocks] == ["Example News About us"]


@pytest.mark.parametrize("tag", ["nav", "footer", "ul"])
def test_prose_in_a_menu_stays_in_paragraphs(tag: str) -> None:
    paragraph = "The bank raised its rate. It was the first time. Analysts had waited. Shares fell. "
    page = read_page(f"<{tag}><li>{paragraph}<li>{paragraph}</{tag}>")
    assert len(page.blocks) == 2


def test_a_list_with_words_around_its_links_stays_a_list() -> None:
    page = read_page("<ul><li><a href=/a>Alibaba</a> rose by a tenth<li><a href=/b>Baidu</a> fell<li>Tencent</ul>")
    assert len(page.blocks) == 3


def test_a_page_without_any_element_is_refused() -> None:
    with pytest.raises(MalformedPageError):
        read_page("")
