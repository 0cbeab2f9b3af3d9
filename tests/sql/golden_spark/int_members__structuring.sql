/* One shipment of a structuring flag. */
/* grain: flag_id, shipment_uid */
WITH tests AS (
  SELECT
    *
  FROM structuring_tests
  WHERE
    q_value <= :structuring_false_share AND near_days >= :min_near_days
), days AS (
  SELECT
    *
  FROM int_days__of_no_split_order
  WHERE
    is_near
), shipments AS (
  SELECT
    *
  FROM int_shipments__beside_limits
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'structuring'
), free AS (
  SELECT
    *
  FROM shipments
  WHERE
    is_free
), near AS (
  SELECT
    tests.identity_id,
    tests.near_days,
    tests.around_days,
    tests.usual_share,
    tests.spread,
    tests.buyers,
    tests.method,
    tests.p_value,
    tests.q_value,
    tests.tests,
    tests.one_in,
    free.shipment_uid,
    free.arrival_date,
    free.amount,
    free.value_usd,
    free.limit_amount,
    free.limit_currency,
    free.is_certain,
    typologies.rule_id,
    COALESCE(free.entry_basis, typologies.source) AS legal_basis,
    tests.identity_id || ', ' || tests.pool || ', ' || tests.limit_currency || ', quarter from ' || CAST(tests.quarter_start AS STRING) AS subject
  FROM tests
  INNER JOIN days
    ON tests.identity_id = days.identity_id
    AND tests.pool = days.pool
    AND tests.limit_currency = days.limit_currency
    AND tests.quarter_start = days.quarter_start
  INNER JOIN free
    ON days.identity_id = free.identity_id
    AND days.pool = free.pool
    AND days.limit_currency = free.limit_currency
    AND days.arrival_date = free.arrival_date
  INNER JOIN typologies
    ON free.arrival_date >= typologies.valid_from
    AND free.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'structuring', subject, rule_id)), :id_digits) AS flag_id,
    near.*
  FROM near
)
SELECT
  *
FROM members
