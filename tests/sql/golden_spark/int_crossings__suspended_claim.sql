/* One shipment that claims an exemption which was not on offer for its day, origin and mode. */
/* grain: flag_id */
/* by: shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), claims AS (
  SELECT
    shipments.*,
    coverage = 'known' AS is_certain,
    'shipment ' || shipment_uid AS subject
  FROM shipments
  WHERE
    exemption_claimed
    AND exemption_basis <> 'assumed'
    AND NOT is_available
    AND NOT rule_id IS NULL
    AND arrival_date BETWEEN :from_date AND :to_date
), keyed AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'suspended_claim', subject, rule_id)), :id_digits) AS flag_id,
    claims.*
  FROM claims
)
SELECT
  *
FROM keyed
