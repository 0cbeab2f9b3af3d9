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
  FROM int_shipments__beside_limits
  WHERE
    pool IN ('standard', 'informal entry')
), kinds AS (
  SELECT
    'seller' AS unit_kind
  UNION ALL
  SELECT
    'filer' AS unit_kind
  UNION ALL
  SELECT
    'carrier' AS unit_kind
  UNION ALL
  SELECT
    'route' AS unit_kind
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'just_below_clustering'
), below AS (
  SELECT
    *
  FROM shipments
  WHERE
    is_free
    AND amount <= limit_amount
    AND amount > CAST(limit_amount * (
      1 - :near_limit_share
    ) AS DECIMAL(18, 4))
), of_units AS (
  SELECT
    kinds.unit_kind,
    below.*,
    CASE kinds.unit_kind
      WHEN 'seller'
      THEN below.seller
      WHEN 'filer'
      THEN below.filer
      WHEN 'carrier'
      THEN below.carrier
      WHEN 'route'
      THEN below.route
    END AS unit
  FROM below
  CROSS JOIN kinds
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
    of_units.shipment_uid,
    of_units.arrival_date,
    of_units.amount,
    of_units.value_usd,
    of_units.is_certain,
    typologies.rule_id,
    COALESCE(of_units.entry_basis, typologies.source) AS legal_basis,
    tests.unit_kind || ' ' || tests.unit || ', ' || tests.limit_currency || ' ' || CAST(tests.limit_amount AS STRING) AS subject
  FROM tests
  INNER JOIN of_units
    ON tests.unit_kind = of_units.unit_kind
    AND tests.unit = of_units.unit
    AND tests.limit_currency = of_units.limit_currency
    AND tests.limit_amount = of_units.limit_amount
  INNER JOIN typologies
    ON of_units.arrival_date >= typologies.valid_from
    AND of_units.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
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
