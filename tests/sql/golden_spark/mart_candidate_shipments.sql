/* One shipment of a candidate. */
/* grain: candidate_id, shipment_uid */
WITH pieces AS (
  SELECT
    *
  FROM int_candidates__with_shipments
), named AS (
  SELECT
    candidate_id,
    shipment_uid
  FROM pieces
)
SELECT
  *
FROM named
