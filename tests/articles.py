"""Winnow's own extractor over short texts, loaded once, when the first test needs it."""

from datetime import date
from functools import cache

from pipeline.extraction.model import Article, Extraction
from pipeline.extraction.own import OwnExtractor
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.predicates import load_registry

THURSDAY = date(2024, 5, 16)


@cache
def load_extractor() -> OwnExtractor:
    """Return the extractor as it ships."""
    return OwnExtractor(load_language(), load_knowledge(), load_registry())


def extract(text: str, published_on: date | None = THURSDAY) -> Extraction:
    """Return what the extractor finds in an article without a title."""
    (extraction,) = load_extractor().extract([Article("test", text, None, published_on)])
    return extraction
