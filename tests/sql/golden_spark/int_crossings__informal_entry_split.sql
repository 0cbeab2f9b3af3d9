/* One order, or one conveyance and consignee, entered informally piece by piece and over the informal limit together. */
/* grain: flag_id */
WITH pieces AS (
  SELECT
    *
  FROM int_pieces__entered_informally
), summed AS (
  SELECT
    group_key,
    way,
    rule_id,
    limit_currency,
    CASE
      WHEN COUNT(DISTINCT identity_id) = 1 AND COUNT(identity_id) = COUNT(*)
      THEN MIN(identity_id)
    END AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(limit_amount) AS limit_amount,
    MIN(CASE WHEN has_issuer THEN 1 ELSE 0 END) = 1 AS has_issuer,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    COUNT(is_informal) AS declared_count,
    MIN(legal_basis) AS legal_basis
  FROM pieces
  GROUP BY
    group_key,
    way,
    rule_id,
    limit_currency
), named AS (
  SELECT
    summed.*,
    group_key || ', informal entry' AS subject
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
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'informal_entry_split', subject, rule_id)), :id_digits) AS flag_id,
    named.*
  FROM named
)
SELECT
  *
FROM keyed
