"""Countries meant by an adjective before an office: "Chinese President".

Belongs here: the adjectives and the names of their countries. Does not belong here: mentions by name
(`pipeline.extraction.mentions`); an adjective is no mention, so that it counts only where an office asks for a country.
"""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.extraction.claims.page import Page
from pipeline.extraction.model import Role, Span

_FILE = Path(__file__).parent / "data" / "demonyms.toml"


@cache
def load_demonyms() -> dict[str, tuple[str, ...]]:
    """Return the names of the country of each adjective, lower-cased. Raises pydantic.ValidationError."""
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def find_country(page: Page, token: int) -> Role | None:
    """Return the country of an adjective, as an entity where the document names it; None for other words."""
    names = load_demonyms().get(page.tree.lower[token])
    is_joined = token > 0 and page.tree.lower[token - 1] in {"-", "–"}
    if names is None or is_joined or not page.tree.is_capital[token]:
        return None
    drafts = enumerate(page.analysis.entities)
    entity = next((i for i, draft in drafts if draft.entity_type == "place" and draft.name in names), None)
    return Role(Span(page.tree.start[token], page.tree.end[token]), entity)
