-- Claims that are plainly asserted: affirmed, affirmed by their source, and actual rather than planned, forecast or rumoured.
CREATE OR REPLACE VIEW asserted_claims AS
SELECT *
FROM claims
WHERE polarity = 'affirmed'
  AND stance = 'affirms'
  AND modality = 'actual';
