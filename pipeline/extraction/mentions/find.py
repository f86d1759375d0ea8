"""From a parsed article to its entities and mentions: names, their entities, then the words that refer to them.

Belongs here: the order of the steps and the drafts they end in. Does not belong here: any rule.
"""

from spacy.tokens import Doc

from pipeline.extraction.columns import read_columns
from pipeline.extraction.mentions.clusters import Cluster, make_clusters
from pipeline.extraction.mentions.evidence import Evidence, EvidenceReader
from pipeline.extraction.mentions.gazetteer import find_known_names
from pipeline.extraction.mentions.names import Name, NameFinder
from pipeline.extraction.mentions.reference import ReferenceFinder
from pipeline.extraction.mentions.support import Support
from pipeline.extraction.mentions.vocabulary import Vocabulary, load_vocabulary
from pipeline.extraction.mentions.words import Page, read_page
from pipeline.extraction.model import Article, EntityDraft, MentionDraft, Span
from pipeline.knowledge import Knowledge
from pipeline.tables import EntityType, MentionKind


def find_mentions(
    article: Article, doc: Doc, knowledge: Knowledge
) -> tuple[tuple[EntityDraft, ...], tuple[MentionDraft, ...]]:
    """Return the entities of `article` in order of first mention, and all mentions sorted by span.

    `doc` must cover exactly `article.text`; tags, trees and entities are used where it has them. Spans are half-open,
    in code points of that text. Mentions that are names are disjoint; a description may contain a name ("the
    Hangzhou-based company"). `MentionDraft.entity` indexes the entities, None where the document does not say who is
    meant. Raises ValueError if `doc` is of another text.
    """
    if read_columns(doc).source != article.text:
        raise ValueError(f"{article.document_id}: the parsed text is not the text of the article")
    vocabulary = load_vocabulary()
    page = read_page(doc, knowledge.lists)
    found = NameFinder(page, find_known_names(page, knowledge), knowledge, vocabulary).find()
    names = list(Support(page, knowledge, vocabulary).select(found))
    reader = EvidenceReader(page, knowledge.lists, vocabulary)
    labels = _model_labels(doc)
    evidence = {name.first: (*reader.read(name), *_from_model(name, page, labels)) for name in names}
    clusters = make_clusters(names, evidence, page, knowledge, vocabulary)
    types: list[EntityType] = [cluster.type_of(vocabulary.weights) for cluster in clusters]
    entities = tuple(_draft(cluster, kind) for cluster, kind in zip(clusters, types, strict=True))
    mentions = [
        _mention(name, cluster, number, types[number], page, evidence, vocabulary)
        for number, cluster in enumerate(clusters)
        for name in cluster.names
    ]
    mentions += ReferenceFinder(page, clusters, types, vocabulary, knowledge.lists).find()
    return entities, tuple(sorted(mentions, key=lambda mention: (mention.span, mention.kind)))


def _model_labels(doc: Doc) -> dict[tuple[int, int], EntityType]:
    kinds: dict[str, EntityType] = {
        "organization": "organization", "person": "person", "product": "product", "place": "place", "event": "event",
        "law": "law", "ORG": "organization", "PERSON": "person", "PER": "person", "PRODUCT": "product",
        "WORK_OF_ART": "product", "GPE": "place", "LOC": "place", "FAC": "place", "EVENT": "event", "LAW": "law",
    }  # fmt: skip
    return {(ent.start_char, ent.end_char): kinds[ent.label_] for ent in doc.ents if ent.label_ in kinds}


def _from_model(name: Name, page: Page, labels: dict[tuple[int, int], EntityType]) -> tuple[Evidence, ...]:
    kind = labels.get((page.words[name.first].start, page.words[name.last - 1].end))
    return (Evidence(kind, "model"),) if kind else ()


def _draft(cluster: Cluster, kind: EntityType) -> EntityDraft:
    identifier = min(cluster.entries, default=None)
    entry = cluster.entries[identifier] if identifier else None
    ticker = cluster.ticker or (entry.description.ticker if entry else None)
    return EntityDraft(cluster.full_name, kind, identifier, ticker)


def _mention(
    name: Name,
    cluster: Cluster,
    number: int,
    kind: EntityType,
    page: Page,
    evidence: dict[int, tuple[Evidence, ...]],
    vocabulary: Vocabulary,
) -> MentionDraft:
    span = Span(page.words[name.first].start, page.words[name.last - 1].end)
    own = [item.rule for item in evidence[name.first] if item.entity_type == kind]
    pool = own or sorted(rule for (entity_type, rule) in cluster.evidence if entity_type == kind)
    rule = max(pool, key=lambda rule: (vocabulary.weights[rule], rule), default="default_organization")
    scores = cluster.score(vocabulary.weights)
    best = scores[kind]
    second = max(score for other, score in scores.items() if other != kind)
    confidence = round(min(0.99, 0.5 + 0.5 * (best - second) / (best + 1.0)), 4)
    return MentionDraft(span, _kind_of(name, cluster), number, confidence, f"mention.{rule}")


def _kind_of(name: Name, cluster: Cluster) -> MentionKind:
    if name.first in cluster.kinds:
        return cluster.kinds[name.first]
    return "name" if name.text == cluster.full_name else "alias"
