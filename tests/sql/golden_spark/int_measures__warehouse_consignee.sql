/* One warehouse_consignee flag in words and figures. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__warehouse_consignee
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CASE
      WHEN COUNT(DISTINCT identity_id) = 1 AND COUNT(identity_id) = COUNT(*)
      THEN MIN(identity_id)
    END AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    MIN(name_words) AS name_words,
    COUNT(DISTINCT seller) AS sellers,
    COUNT(*) FILTER(WHERE
      NOT is_certain) AS uncertain_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'warehouse_consignee' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    limit_amount,
    limit_currency,
    CAST(total_usd * (
      1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    'inferred' AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    CAST(shipments AS STRING) || ' pieces for one warehouse ("' || name_words || '") arrived on ' || CAST(window_start AS STRING) || ' under the exemption, without an order, a buyer or an owner in care of whom; each is within ' || 'the limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ' and together they are worth ' || CAST(total_amount AS STRING) || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN sellers > 1
        THEN '"The goods are of ' || CAST(sellers AS STRING) || ' sellers: if each still owns its own and is named to customs, each is a person of its own."'
      END,
      CASE
        WHEN uncertain_count > 0
        THEN '"Origin or mode is not known for some pieces; elsewhere there was no exemption."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(', ', '"sellers_of_day": ' || CAST(sellers AS STRING)) AS attributes
  FROM summed
)
SELECT
  *
FROM described
