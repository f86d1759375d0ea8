-- Denials, one row per denying claim and denied fact: who denies what, in which medium, and the fact it meets elsewhere (null where no document states it). The medium is who reports the denial in its article, there or where the article repeats it, else the publisher.
CREATE OR REPLACE VIEW denials AS
WITH denying AS (
  SELECT
    denial.*,
    nullif(coalesce(report.speaker, report.subject), denial.speaker) AS reporter
  FROM claim_evidence AS denial
  JOIN claims USING (claim_id)
  LEFT JOIN claim_evidence AS report ON report.claim_id = claims.parent_claim_id
  WHERE denial.stance = 'denies'
)
SELECT
  denial.claim_id,
  denial.fact_id,
  denial.subject,
  denial.predicate,
  denial.object,
  denial.value_text,
  denial.speaker,
  denial.attribution,
  coalesce(
    denial.reporter,
    min(denial.reporter) OVER (PARTITION BY denial.document_id, denial.fact_id),
    denial.source_name
  ) AS medium,
  denial.evidence_text,
  denial.source_uri,
  denial.published_on,
  denied.fact_id AS denied_fact_id,
  denied.independent_source_count AS denied_source_count,
  denied.first_reported_on AS denied_first_reported_on,
  relation.reason
FROM denying AS denial
LEFT JOIN fact_relations AS relation ON relation.fact_id = denial.fact_id AND relation.relation = 'denies'
LEFT JOIN facts AS denied ON denied.fact_id = relation.related_fact_id;
