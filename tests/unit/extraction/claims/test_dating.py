"""When statements happened: the time of their own sentence that applies, or the one that they continue."""

from datetime import date

import pytest

from pipeline.extraction.model import ClaimDraft
from tests.articles import THURSDAY, extract


def read(text: str, published_on: date | None = THURSDAY) -> tuple[ClaimDraft, ...]:
    return extract(text, published_on).claims


def when(text: str, predicate: str, published_on: date | None = THURSDAY) -> tuple[str | None, str | None]:
    """Return start and end of the last claim of a predicate, as ISO dates."""
    claim = [claim for claim in read(text, published_on) if claim.predicate == predicate][-1]
    time = claim.time
    start, end = (time.start, time.end) if time else (None, None)
    return (start.isoformat() if start else None, end.isoformat() if end else None)


@pytest.mark.parametrize(
    ("text", "predicate", "start", "end"),
    [
        ("Apple acquired Shazam for $400 million in 2018.", "acquire", "2018-01-01", "2018-12-31"),
        ("Tesla plans to open 20 stores in India by 2026.", "launch", None, "2026-12-31"),
        ("Nike's revenue rose 5% to $12 billion in the three months to March.", "revenue", "2024-01-01", "2024-03-31"),
        ("Nike's revenue was $12 billion, up from $10 billion in 2022.", "revenue", "2022-01-01", "2022-12-31"),
        ("Tesla has delivered 400,000 cars this year.", "metric", "2024-01-01", "2024-05-16"),
        ("Tesla expects to deliver 400,000 cars this year.", "metric", "2024-01-01", "2024-12-31"),
    ],
)
def test_the_nearest_time_of_the_sentence_applies(text: str, predicate: str, start: str, end: str) -> None:
    assert when(text, predicate) == (start, end)


def test_a_comparator_compares_no_times() -> None:
    assert when("Ford has more than 190 stores in 2023.", "metric") == ("2023-01-01", "2023-12-31")


def test_a_figure_is_not_of_the_day_on_which_it_is_reported() -> None:
    assert when("Nike's revenue rose 5%, the company said on Tuesday.", "revenue_change") == (None, None)


def test_speech_is_not_of_the_time_that_it_speaks_of() -> None:
    text = "“We will open plants in 2027,” Tesla CEO Elon Musk said on Tuesday."
    assert when(text, "say") == ("2024-05-14", "2024-05-14")


def test_speech_goes_on_until_the_speaker_is_dated_anew() -> None:
    text = "Elon Musk said on Tuesday that demand was strong. “Our factories are full,” Musk said."
    assert {when(text, "say")} == {("2024-05-14", "2024-05-14")}


def test_figures_continue_the_report_of_the_sentence_before() -> None:
    text = "Ford's sales rose 4% in April. Ford's profit fell 2%."
    assert when(text, "profit_change") == ("2024-04-01", "2024-04-30")
    assert when(text.replace(". Ford", ".\n\nFord"), "profit_change") == (None, None)


def test_moves_of_shares_are_of_the_day_of_trading() -> None:
    assert when("Shares of Ford fell 3%.", "share_price_change") == ("2024-05-16", "2024-05-16")
    assert when("Ford cut jobs on Tuesday. Shares of Ford fell 3%.", "share_price_change")[0] == "2024-05-14"
    assert when("Shares of Ford fell 3% after third-quarter results.", "share_price_change")[0] == "2024-05-16"
    assert when("Shares of Ford fell 3%.", "share_price_change", None) == (None, None)
    assert when("Shares of Ford fell 3% to the lowest level since March 2020.", "share_price_change")[1] == "2024-05-16"


def test_a_time_that_cannot_be_known_hides_no_other() -> None:
    text = "Ford's shares rose 14% last week after the company opened a plant in 2023."
    assert when(text, "share_price_change", None) == (None, None)
