"""Winnow's own extractor: the steps of this package over one article after the other.

Belongs here: the order of the steps and the extractor's version. Does not belong here: what any step does.
"""

from collections.abc import Iterable, Iterator
from itertools import tee

from spacy.tokens import Doc

from pipeline.extraction.attribution import find_attributions
from pipeline.extraction.claims import ClaimFinder, sentence_spans
from pipeline.extraction.mentions import find_mentions
from pipeline.extraction.model import Analysis, Article, Extraction
from pipeline.extraction.quantities import find_quantities
from pipeline.extraction.times import find_times
from pipeline.knowledge import Knowledge
from pipeline.language import Language
from pipeline.predicates import Registry

RULES_VERSION = "winnow-rules/0.1.0"


class OwnExtractor:
    """Reads articles with a language pipeline, the knowledge file and the predicate registry."""

    def __init__(self, language: Language, knowledge: Knowledge, registry: Registry) -> None:
        self._language = language
        self._knowledge = knowledge
        self._finder = ClaimFinder(registry)

    @property
    def version(self) -> str:
        """Name and version of the rules, and the language pipeline they ran on."""
        return f"{RULES_VERSION}+{self._language.name}"

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Return one extraction per article, in order."""
        read, parsed = tee(articles)
        docs = self._language.parse(article.text for article in parsed)
        for article, doc in zip(read, docs, strict=True):
            yield self.extract_parsed(article, doc)

    def extract_parsed(self, article: Article, doc: Doc) -> Extraction:
        """Return the extraction of an article whose text is parsed already."""
        analysis = self.analyse(article, doc)
        return Extraction(
            sentences=sentence_spans(doc),
            entities=analysis.entities,
            mentions=analysis.mentions,
            claims=self._finder.find(analysis),
        )

    def analyse(self, article: Article, doc: Doc) -> Analysis:
        """Return everything that is known of the article before claims are looked for."""
        entities, mentions = find_mentions(article, doc, self._knowledge)
        return Analysis(
            article=article,
            doc=doc,
            entities=entities,
            mentions=mentions,
            quantities=tuple(find_quantities(article.text)),
            times=tuple(find_times(article.text, article.published_on)),
            attributions=tuple(find_attributions(article, doc, entities, mentions)),
        )
