"""An outlet named as the place of a denial reports it; the denial stands in that report."""

import pytest

from tests.articles import extract


def media_of_denials(text: str) -> list[str | None]:
    """Return the subject of the report that each denial of a text stands in."""
    claims = extract(text).claims
    parents = [
        claims[draft.parent] if draft.parent is not None else None for draft in claims if draft.stance != "affirms"
    ]
    spans = [parent.subject.span if parent else None for parent in parents]
    return [text[span.start : span.end] if span else None for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tencent denied in a statement to Reuters that it had acquired Supercell.", ["Reuters"]),
        ("Microsoft denied to Bloomberg that it would buy TikTok.", ["Bloomberg"]),
        (
            "Microsoft denied it would buy TikTok. The denial, made on the news site The Information, was brief.",
            ["The Information"],
        ),
        (
            "Google denied that it had invested in Reddit. The denial, given to The Guardian on Monday, was brief.",
            ["The Guardian"],
        ),
        ("Microsoft denied that it would buy TikTok.", [None]),
        ("Microsoft denied that it would buy TikTok. Shares of Reddit fell, according to Bloomberg.", [None]),
    ],
)
def test_the_outlet_that_a_denial_was_made_to_reports_it(text: str, expected: list[str | None]) -> None:
    assert media_of_denials(text) == expected
