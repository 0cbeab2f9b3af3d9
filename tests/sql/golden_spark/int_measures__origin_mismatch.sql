/* One origin_mismatch flag in words and figures. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__origin_mismatch
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(other_country) AS other_country,
    MIN(origin_country) AS origin_country,
    MAX(sign_count) AS sign_count,
    COUNT(*) FILTER(WHERE
      is_shipped_from) AS shipped_count,
    COUNT(*) FILTER(WHERE
      is_exported_from) AS exported_count,
    COUNT(*) FILTER(WHERE
      is_posted_from) AS posted_count,
    BOOL_AND(is_free) AS is_free,
    MIN(layer) AS layer,
    MAX(rate) AS rate,
    MAX(claimed_rate) AS claimed_rate,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'origin_mismatch' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN sign_count > 1 THEN 'inferred' ELSE 'supporting' END AS strength,
    1 - 1 / CAST(shipments + 1 AS DOUBLE) AS size,
    CAST(shipments AS STRING) || CASE
      WHEN is_free
      THEN CASE WHEN shipments = 1 THEN ' shipment claims' ELSE ' shipments claim' END || ' the exemption as goods of ' || origin_country || ', and came from ' || other_country || ', whose goods had none: '
      ELSE CASE WHEN shipments = 1 THEN ' shipment is' ELSE ' shipments are' END || ' entered as goods of ' || origin_country || ', and came from ' || other_country || ', whose goods pay ' || CAST(CAST(rate AS DECIMAL(18, 4)) AS STRING) || ' of the value under ' || layer || ', not ' || CAST(CAST(claimed_rate AS DECIMAL(18, 4)) AS STRING) || ': '
    END || CONCAT_WS(
      ', ',
      CASE
        WHEN shipped_count > 0
        THEN 'by the shipper ' || CAST(shipped_count AS STRING)
      END,
      CASE
        WHEN exported_count > 0
        THEN 'by the country of export ' || CAST(exported_count AS STRING)
      END,
      CASE
        WHEN posted_count > 0
        THEN 'by the number of the mail item ' || CAST(posted_count AS STRING)
      END
    ) || '.' AS reason,
    CONCAT_WS(
      ', ',
      '"Where goods are sent from is not where they are made."',
      CASE WHEN sign_count = 1 THEN '"It is one sign alone."' END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"origin_claimed": "' || origin_country || '"',
      '"sent_from": "' || other_country || '"'
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
