/* One order_split flag in words and figures. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__order_split
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'order_split' AS typology,
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
    CASE
      WHEN has_issuer AND is_certain AND number_count = 1
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    CAST(shipments AS STRING) || ' lots of one order came under the exemption on ' || CAST(day_count AS STRING) || CASE WHEN day_count = 1 THEN ' day' ELSE ' days' END || ', each within the limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ' and together worth ' || CAST(total_amount AS STRING) || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN NOT has_issuer
        THEN '"It is not known whose order number this is; two sellers may use the same one."'
      END,
      CASE
        WHEN number_count > 1
        THEN '"The lots carry different numbers that are read as parts of one order."'
      END,
      CASE
        WHEN identity_count > 1
        THEN '"The lots are addressed to ' || CAST(identity_count AS STRING) || ' different consignees."'
      END,
      CASE WHEN NOT is_certain THEN '"Origin or mode is not known for some lots."' END,
      '"Lots may be sent apart for other reasons, such as stock, size or a back order."'
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"days": ' || CAST(day_count AS STRING),
      '"order_numbers": ' || CAST(number_count AS STRING),
      '"order_identities": ' || CAST(identity_count AS STRING)
    ) AS attributes
  FROM crossings
)
SELECT
  *
FROM described
