/* One shipment of a just_below_clustering flag: of the party or route, just below the limit. */
/* grain: flag_id, shipment_uid */
WITH tests AS (
  SELECT
    *
  FROM clustering_tests
  WHERE
    unit_kind <> 'all'
    AND q_value <= :clustering_false_share
    AND elsewhere_share <= :max_elsewhere_share
), shipments AS (
  SELECT
    *
  FROM int_shipments__of_units
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'just_below_clustering'
), near AS (
  SELECT
    tests.unit_kind,
    tests.unit,
    tests.limit_currency,
    tests.limit_amount,
    tests.method,
    tests.p_value,
    tests.q_value,
    tests.tests,
    tests.elsewhere,
    tests.elsewhere_share,
    tests.excess,
    tests.excess_low,
    tests.excess_high,
    tests.heaped_share,
    tests.once_statistic,
    tests.at_limit,
    shipments.shipment_uid,
    shipments.arrival_date,
    shipments.amount,
    shipments.value_usd,
    shipments.is_certain,
    typologies.rule_id,
    typologies.source AS legal_basis,
    tests.unit_kind || ' ' || tests.unit || ', ' || tests.limit_currency || ' ' || CAST(tests.limit_amount AS STRING) AS subject
  FROM tests
  INNER JOIN shipments
    ON tests.unit_kind = shipments.unit_kind
    AND tests.unit = shipments.unit
    AND tests.limit_currency = shipments.limit_currency
    AND tests.limit_amount = shipments.limit_amount
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    shipments.is_free
    AND shipments.amount <= shipments.limit_amount
    AND shipments.amount > CAST(shipments.limit_amount * (
      1 - :near_limit_share
    ) AS DECIMAL(18, 4))
), members AS (
  SELECT
    'f' || LEFT(
      MD5(CONCAT_WS('|', :regime, 'just_below_clustering', subject, rule_id)),
      :id_digits
    ) AS flag_id,
    near.*
  FROM near
)
SELECT
  *
FROM members
