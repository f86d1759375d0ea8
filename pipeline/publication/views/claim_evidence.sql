-- A readable line per claim: who did or said what, the value, on whose word, and the exact sentence and source.
CREATE OR REPLACE VIEW claim_evidence AS
SELECT
  claims.claim_id,
  claims.fact_id,
  claims.document_id,
  coalesce(subject.name, claims.subject_text) AS subject,
  claims.predicate,
  coalesce(object.name, claims.object_text) AS object,
  claims.value_text,
  claims.direction,
  claims.time_text,
  claims.polarity,
  claims.stance,
  claims.modality,
  claims.attribution,
  coalesce(speaker.name, claims.speaker_text) AS speaker,
  claims.evidence_text,
  documents.source_name,
  documents.source_uri,
  documents.published_on,
  claims.start_char,
  claims.end_char,
  claims.confidence
FROM claims
JOIN documents USING (document_id)
LEFT JOIN entities AS subject ON subject.entity_id = claims.subject_entity_id
LEFT JOIN entities AS object ON object.entity_id = claims.object_entity_id
LEFT JOIN entities AS speaker ON speaker.entity_id = claims.speaker_entity_id;
