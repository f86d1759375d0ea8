"""What is no article is told apart, with the sign that gave it away."""

import pytest

from pipeline.cleaning.nonarticles import find_reason
from pipeline.cleaning.segments import split_segments

SENTENCE = "The company said on Monday that it would invest more than $50 billion in cloud computing over three years."


def reason(text: str, title: str | None = None) -> str | None:
    found = find_reason(text, split_segments(text), title)
    return found.reason if found is not None else None


@pytest.mark.parametrize(
    "text",
    [
        "404 Not Found\nThe page you are looking for was not found on this server. Please check the address.",
        "Access Denied\nYou do not have permission to access this page on this server, says the edge network.",
        "Just a moment...\nEnable JavaScript and cookies to continue. Ray ID: 8a7b6c5d4e3f2a1b",
        "Sorry, this page no longer exists. Go to the front page to read the latest of our news and views.",
    ],
)
def test_error_pages(text: str) -> None:
    assert reason(text) == "error_page"


def test_consent_pages() -> None:
    text = (
        "Before you continue\nWe and our partners use cookies and personal data to show personalised content. Give or "
        "refuse your consent in the privacy settings at any time."
    )
    assert reason(text) == "consent_page"


def test_listings() -> None:
    assert reason("\n".join(f"Company {n} raises its forecast for the year" for n in range(12))) == "listing_page"


def test_tables() -> None:
    rows = [f"{name}\n{n}.{n}5\n+{n}.2%" for n, name in enumerate(("Gold", "Silver", "Copper", "Wheat", "Oil", "Gas"))]
    assert reason("\n".join(rows)) == "no_article"


def test_transcripts_of_nothing() -> None:
    assert reason("[Music]\n00:15\n[Applause]\n00:30\n[Music]") == "no_article"


def test_short_texts() -> None:
    assert reason("Shares rose on Monday.") == "too_short"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        f"{SENTENCE} Its website was not available on Tuesday.",
        "\n".join(["Outlook", SENTENCE, "1. Chips", SENTENCE, "2. Models", SENTENCE, "3. Prices", SENTENCE]),
        f"Regulators fined the firm over cookies and consent. {SENTENCE} " * 8,
        f"The error 404 is as old as the web. {SENTENCE} " * 10,
    ],
)
def test_articles_pass(text: str) -> None:
    assert reason(text) is None
