-- What is claimed of each entity over time, one row per claim and entity that is a party to it; undated articles leave the day null.
CREATE OR REPLACE VIEW entity_timeline AS
WITH parties AS (
  SELECT claim_id, subject_entity_id AS entity_id, 'subject' AS role
  FROM claims
  WHERE subject_entity_id IS NOT NULL
  UNION ALL
  SELECT claim_id, object_entity_id AS entity_id, 'object' AS role
  FROM claims
  WHERE object_entity_id IS NOT NULL
    AND object_entity_id IS DISTINCT FROM subject_entity_id
)
SELECT
  parties.entity_id,
  entities.name,
  entities.entity_type,
  coalesce(claims.event_start, claims.event_end, documents.published_on) AS on_day,
  CASE
    WHEN coalesce(claims.event_start, claims.event_end) IS NOT NULL THEN 'event'
    WHEN documents.published_on IS NOT NULL THEN 'publication'
  END AS on_day_basis,
  parties.role,
  evidence.subject,
  evidence.predicate,
  evidence.object,
  evidence.value_text,
  evidence.polarity,
  evidence.stance,
  evidence.modality,
  evidence.speaker,
  claims.fact_id,
  facts.status,
  evidence.evidence_text,
  evidence.source_uri,
  parties.claim_id
FROM parties
JOIN entities USING (entity_id)
JOIN claims USING (claim_id)
JOIN documents USING (document_id)
JOIN claim_evidence AS evidence USING (claim_id)
LEFT JOIN facts ON facts.fact_id = claims.fact_id
ORDER BY entities.name, parties.entity_id, on_day NULLS LAST, parties.claim_id;
