-- Facts that cannot both be right, one row per pair: what each states, how many independent sources stand behind it, and a sentence for each.
CREATE OR REPLACE VIEW contradictions AS
WITH exhibits AS (
  SELECT
    fact_id,
    arg_min(subject, claim_id) AS subject,
    arg_min(object, claim_id) AS object,
    arg_min(value_text, claim_id) AS value_text,
    arg_min(evidence_text, claim_id) AS evidence_text,
    arg_min(source_uri, claim_id) AS source_uri
  FROM claim_evidence
  GROUP BY fact_id
)
SELECT
  relation.fact_id,
  relation.related_fact_id,
  fact.predicate,
  exhibit.subject,
  exhibit.object,
  exhibit.value_text,
  related_exhibit.value_text AS related_value_text,
  fact.independent_source_count,
  related.independent_source_count AS related_source_count,
  fact.first_reported_on,
  related.first_reported_on AS related_first_reported_on,
  exhibit.evidence_text,
  related_exhibit.evidence_text AS related_evidence_text,
  exhibit.source_uri,
  related_exhibit.source_uri AS related_source_uri,
  relation.reason
FROM fact_relations AS relation
JOIN facts AS fact ON fact.fact_id = relation.fact_id
JOIN facts AS related ON related.fact_id = relation.related_fact_id
JOIN exhibits AS exhibit ON exhibit.fact_id = relation.fact_id
JOIN exhibits AS related_exhibit ON related_exhibit.fact_id = relation.related_fact_id
WHERE relation.relation = 'contradicts';
