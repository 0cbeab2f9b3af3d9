/* One consignment, or other unit that a relief is about: within the limit piece by piece and over it together. */
/* grain: flag_id */
WITH pieces AS (
  SELECT
    *
  FROM int_shipments__grouped_by_consignment
), summed AS (
  SELECT
    group_key,
    way,
    provision,
    limit_currency,
    MIN(identity_id) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(limit_amount) AS limit_amount,
    COUNT(DISTINCT order_id) AS order_count,
    MIN(CASE WHEN is_unit_known THEN 1 ELSE 0 END) = 1 AS is_unit_known,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    MAX(CASE WHEN is_unverified THEN 1 ELSE 0 END) = 1 AS is_unverified,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM pieces
  GROUP BY
    group_key,
    way,
    provision,
    limit_currency
), named AS (
  SELECT
    summed.*,
    group_key || ', ' || provision AS subject
  FROM summed
  WHERE
    shipments >= :min_pieces
    AND CASE
      WHEN :boundary = 'at'
      THEN total_amount >= limit_amount
      ELSE total_amount > limit_amount
    END
), keyed AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'consignment_split', subject, rule_id)), :id_digits) AS flag_id,
    named.*
  FROM named
)
SELECT
  *
FROM keyed
