"""One document becomes an article, with a ledger that leads back, or a reason."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cleaning.article import (
    Article,
    Extraction,
    Source,
    clean_articles,
    extract_from_pages,
    extract_from_texts,
)
from pipeline.cleaning.ledger import apply_edits, revert_edits
from pipeline.cleaning.leftover import find_boilerplate
from pipeline.cleaning.nonarticles import NonArticle
from pipeline.cleaning.residue import residue_rules

SEEDS = Path(__file__).parents[3] / "seeds"
BODY = (
    "The company said on Monday that it would invest more than $50 billion in cloud computing over three years.",
    "Its shares rose by 14% in Hong Kong, the most in a year, after it reported growing sales for the third quarter.",
    "“These results show that our strategy works,” the chief executive told analysts, who had expected far less.",
    "Rivals are spending as much. Prices of models have fallen since January, and start-ups find it hard to follow.",
)
RESIDUE = tuple(text for rule in residue_rules() if rule.scope != "prefix" for text in rule.fires)
LINES = st.one_of(
    st.sampled_from(BODY), st.sampled_from(RESIDUE), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
)


def clean_article(content: str, *, is_page: bool = False) -> Article:
    (article,) = clean_articles([Source(content, is_page)])
    assert isinstance(article, Article)
    return article


def extract_from_text(raw: str) -> Extraction:
    (extraction,) = extract_from_texts([raw])
    return extraction


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=14).map("\n".join))
def test_cleaning_a_clean_text_changes_nothing(raw: str) -> None:
    first = extract_from_text(raw)
    assert apply_edits(raw, first.edits) == first.clean_text
    assert revert_edits(first.clean_text, first.edits) == raw
    again = extract_from_text(first.clean_text)
    assert (again.clean_text, again.edits) == (first.clean_text, ())
    assert find_boilerplate(first.clean_text) == []


def test_half_of_a_surrogate_pair_stays_where_it_stands() -> None:
    raw = "\n".join([BODY[0], f"{BODY[1]} \ud83d", "No comments yet"])
    assert extract_from_text(raw).clean_text == "\n".join([BODY[0], f"{BODY[1]} \ud83d"])


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("*.txt")))
def test_every_seed_is_an_article(name: str) -> None:
    raw = (SEEDS / name).read_text("utf-8")
    article = clean_article(raw)
    assert revert_edits(article.clean_text, article.edits) == raw
    assert len(article.clean_text) > 0.7 * len(raw)
    assert find_boilerplate(article.clean_text) == []
    assert clean_article(article.clean_text).edits == ()


def test_the_article_stays_and_residue_goes_with_its_rule() -> None:
    raw = "\n".join(["Advertisement", *BODY, "Related Articles", "Bank raises its rate", "Comments", "No comments yet"])
    article = clean_article(raw)
    assert article.clean_text == "\n".join(BODY)
    assert [(edit.kind, edit.rule_id) for edit in article.edits] == [
        ("advertisement", "advertisement-label"),
        ("related_links", "related-block"),
        ("related_links", "related-block"),
        ("comment_widget", "comment-section"),
        ("comment_widget", "comment-count"),
    ]


def test_date_author_and_disclaimer_are_read_before_they_go() -> None:
    note = "This article was written with the help of artificial intelligence and reviewed by an editor."
    raw = "\n".join(["Cloud spending soars", "By Jane Doe", "Published: May 2, 2024", *BODY, note])
    article = clean_article(raw)
    assert (article.title, article.author) == ("Cloud spending soars", "Jane Doe")
    assert (article.published_on, article.published_on_basis) == (date(2024, 5, 2), "text")
    assert article.is_ai_generated
    assert article.clean_text == "\n".join(["Cloud spending soars", *BODY])


PAGE = f"""<html><head><title>Cloud spending soars | Example News</title>
<meta property="og:site_name" content="Example News"><meta property="article:published_time" content="2024-05-02">
</head><body><header><nav><ul><li><a href=/>Home</a><li><a href=/b>Business</a><li><a href=/t>Technology</a></ul></nav>
</header>
<article><h1>Cloud spending soars</h1><div class="byline">By Jane Doe</div>
<p>{"</p><p>".join(BODY)}</p><p>{BODY[0]} {BODY[1]}</p></article>
<aside class="related"><h3>Related Articles</h3><ul><li><a href=/1>Bank raises its rate</a><li><a href=/2>Oil falls</a>
</ul></aside>
<footer><p>© 2024 Example News. All rights reserved.</p></footer></body></html>"""


def test_a_page_becomes_an_article() -> None:
    article = clean_article(PAGE, is_page=True)
    assert article.clean_text.split("\n") == [*BODY, f"{BODY[0]} {BODY[1]}"]
    assert (article.title, article.author, article.source_name) == ("Cloud spending soars", "Jane Doe", "Example News")
    assert (article.published_on, article.published_on_basis) == (date(2024, 5, 2), "metadata")
    assert apply_edits(article.raw_text, article.edits) == article.clean_text
    assert revert_edits(article.clean_text, article.edits) == article.raw_text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_page_cut_or_mixed_anywhere_ends_in_a_text_or_a_reason(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(PAGE)))
    end = data.draw(st.integers(start, len(PAGE)))
    source = PAGE[:start] + data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=30)) + PAGE[end:]
    (extraction,) = extract_from_pages([source])
    if isinstance(extraction, Extraction):
        assert apply_edits(extraction.raw_text, extraction.edits) == extraction.clean_text
        assert find_boilerplate(extraction.clean_text) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(LINES, max_size=9), max_size=5))
def test_documents_cleaned_together_are_as_cleaned_alone(documents: list[list[str]]) -> None:
    texts = ["\n".join(lines) for lines in documents]
    assert extract_from_texts(texts) == [extract_from_text(text) for text in texts]
    pages = [*("<p>".join(lines) for lines in documents), PAGE]
    assert extract_from_pages(pages) == [extraction for page in pages for extraction in extract_from_pages([page])]


@pytest.mark.parametrize(
    ("text", "reason", "detail"),
    [
        (
            "阿里巴巴宣布在未来三年投资人工智能和云计算，总额超过过去十年。公司表示，这一战略旨在加强创新。",
            "unsupported_language",
            "Chinese",
        ),
        (
            "Die Regierung hat am Mittwoch beschlossen, die Steuern für Unternehmen zu senken.",
            "unsupported_language",
            "German",
        ),
        ("Shares rose on Monday.", "too_short", "words"),
        ("12345", "too_short", "1 words"),
        ("123 456 789 " * 20, "no_article", "language"),
    ],
)
def test_what_is_no_article_says_why(text: str, reason: str, detail: str) -> None:
    (found,) = clean_articles([Source(text, is_page=False)])
    assert isinstance(found, NonArticle)
    assert found.reason == reason
    assert detail in found.detail
