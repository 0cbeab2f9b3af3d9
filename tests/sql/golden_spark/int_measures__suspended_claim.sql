/* What was measured of one suspended_claim flag. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__suspended_claim
), goods AS (
  SELECT
    *
  FROM ref_goods_conditions
  WHERE
    regime = :regime AND is_eligible AND NOT hts_headings IS NULL
), personal AS (
  SELECT
    *
  FROM ref_entry_types
  WHERE
    regime = :regime AND pool = 'personal'
), left_out /* goods that the suspension may leave out, by their tariff heading */ AS (
  SELECT
    crossings.flag_id,
    MIN(goods.goods) AS goods,
    MIN(goods.source) AS source
  FROM crossings
  INNER JOIN goods
    ON crossings.pool = goods.pool
    AND crossings.arrival_date >= goods.valid_from
    AND crossings.arrival_date < COALESCE(goods.valid_to, CAST('9999-12-31' AS DATE))
    AND '|' || goods.hts_headings || '|' LIKE '%|' || SUBSTRING(crossings.hts_code, 1, 4) || '|%'
  GROUP BY
    crossings.flag_id
), told AS (
  SELECT
    crossings.*,
    left_out.goods AS left_out_goods,
    left_out.source AS left_out_source,
    NOT personal.entry_type IS NULL AND crossings.pool = 'standard' AS is_sent_by_seller
  FROM crossings
  LEFT JOIN personal
    ON LOWER(crossings.entry_type) = LOWER(personal.entry_type)
    AND crossings.arrival_date >= personal.valid_from
    AND crossings.arrival_date < COALESCE(personal.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN left_out
    ON crossings.flag_id = left_out.flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'suspended_claim' AS typology,
    identity_id,
    subject,
    arrival_date AS window_start,
    arrival_date AS window_end,
    CAST(1 AS BIGINT) AS shipments,
    value_usd AS total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN is_certain AND left_out_goods IS NULL THEN 'objective' ELSE 'inferred' END AS strength,
    CAST(1 AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    exemption_basis,
    coverage,
    left_out_goods,
    left_out_source,
    SUBSTRING(hts_code, 1, 4) AS heading,
    is_sent_by_seller,
    NOT origin_country IS NULL AS is_origin_known,
    is_certain
  FROM told
)
SELECT
  *
FROM measured
