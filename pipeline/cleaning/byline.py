"""Bylines: who wrote an article.

What belongs here: reading names out of a byline. What does not: telling a byline from other lines.
"""

import re
from typing import Final

_LEAD: Final = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|story|words|text|article)\s+)?(?:by\b:?|author\s*[:|]|reporters?\s*[:|])\s*",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"\s*(?:[,|•·–—]\s*(?!(?:and|[A-Z][\w.'’-]+ [A-Z])\b).*|\s[-–—]\s.*|\s(?:for|in|at|on)\s.*|\d.*)$", re.IGNORECASE
)


def read_author(byline: str) -> str | None:
    """Return the name or names of a byline as it writes them, None where it holds none.

    "By Jane Doe, Example News" gives "Jane Doe"; several names stay together: "Jane Doe and John Smith".
    """
    name = _TAIL.sub("", _LEAD.sub("", byline)).strip(" .,()|")
    return name or None
