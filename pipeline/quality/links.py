"""Checks that resolution lost nothing: every entity and claim of a document is linked, and counts follow the links."""

from pipeline.quality.model import Check
from pipeline.quality.sql_rules import QueryRule, RowRule, query_check, row_check
from pipeline.tables import Entity, EntityLink, Fact, FactLink, FactRelation


def links_complete() -> tuple[Check, ...]:
    """Return the checks that each document entity has an entity, and each claim a fact of its predicate."""
    return (
        query_check(
            "entity_links_complete",
            EntityLink,
            "Every entity of every document is resolved, to an entity of its type.",
            [
                QueryRule(
                    "all_linked",
                    "a document's entity is linked to an entity",
                    "SELECT document_entity_id, name FROM document_entities "
                    "ANTI JOIN entity_links USING (document_entity_id) ORDER BY 1",
                    "SELECT count(*) FROM document_entities",
                ),
                QueryRule(
                    "same_type",
                    "the two have one type",
                    "SELECT d.document_entity_id, d.name, d.entity_type, "
                    "e.name AS linked_name, e.entity_type AS linked_type "
                    "FROM entity_links JOIN document_entities d USING (document_entity_id) "
                    "JOIN entities e USING (entity_id) WHERE d.entity_type <> e.entity_type ORDER BY 1",
                    "SELECT count(*) FROM entity_links",
                ),
            ],
            reads=("document_entities", "entities", "entity_links"),
        ),
        query_check(
            "fact_links_complete",
            FactLink,
            "Every claim makes a fact of its predicate.",
            [
                QueryRule(
                    "all_linked",
                    "a claim is linked to a fact",
                    "SELECT claim_id, predicate FROM claims ANTI JOIN fact_links USING (claim_id) ORDER BY 1",
                    "SELECT count(*) FROM claims",
                ),
                QueryRule(
                    "same_predicate",
                    "the two have one predicate",
                    "SELECT claim_id, c.predicate, f.predicate AS fact_predicate FROM fact_links "
                    "JOIN claims c USING (claim_id) JOIN facts f ON f.fact_id = fact_links.fact_id "
                    "WHERE c.predicate <> f.predicate ORDER BY 1",
                    "SELECT count(*) FROM fact_links",
                ),
            ],
            reads=("claims", "fact_links", "facts"),
        ),
    )


def counts_match() -> tuple[Check, ...]:
    """Return the checks that counts of entities and facts are those of the rows behind them."""
    return (
        query_check(
            "entities_counts_match",
            Entity,
            "Mentions and documents of an entity are as many as its row says.",
            [
                QueryRule(
                    "mention_and_document_count",
                    "mention_count and document_count are counts of mentions",
                    "SELECT entity_id, name, mention_count, document_count, mentions, documents "
                    "FROM entities LEFT JOIN (SELECT entity_id, count(*) AS mentions, "
                    "count(DISTINCT document_id) AS documents FROM resolved_mentions GROUP BY ALL) USING (entity_id) "
                    "WHERE mention_count <> coalesce(mentions, 0) OR document_count <> coalesce(documents, 0) "
                    "ORDER BY 1",
                    "SELECT count(*) FROM entities",
                )
            ],
            reads=("entities", "entity_links", "mentions"),
        ),
        query_check(
            "facts_counts_match",
            Fact,
            "Claims and documents of a fact are as many as its row says, and its sources no more than its documents.",
            [
                QueryRule(
                    "claim_and_document_count",
                    "claim_count and document_count are counts of linked claims",
                    "SELECT fact_id, predicate, claim_count, document_count, claims, documents "
                    "FROM facts LEFT JOIN (SELECT fact_id, count(*) AS claims, "
                    "count(DISTINCT document_id) AS documents FROM resolved_claims GROUP BY ALL) USING (fact_id) "
                    "WHERE claim_count <> coalesce(claims, 0) OR document_count <> coalesce(documents, 0) ORDER BY 1",
                    "SELECT count(*) FROM facts",
                ),
                QueryRule(
                    "independent_source_count",
                    "independent sources are no more than documents",
                    "SELECT fact_id, document_count, independent_source_count FROM facts "
                    "WHERE independent_source_count > document_count ORDER BY 1",
                    "SELECT count(*) FROM facts",
                ),
            ],
            reads=("claims", "entity_links", "fact_links", "facts"),
        ),
    )


def relations_join_two_facts() -> Check:
    """Return the check that no fact relates to itself."""
    return row_check(
        "fact_relations_join_two_facts",
        FactRelation,
        "A relation joins two different facts.",
        [RowRule("two_facts", "a fact does not relate to itself", "fact_id = related_fact_id", ("relation", "reason"))],
    )
