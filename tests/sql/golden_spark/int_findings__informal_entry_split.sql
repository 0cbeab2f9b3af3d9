/* One informal_entry_split flag in words and figures. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__informal_entry_split
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'informal_entry_split' AS typology,
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
      WHEN has_issuer AND is_certain AND declared_count = shipments
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    CAST(shipments AS STRING) || CASE
      WHEN way = 'order'
      THEN ' lots of one order'
      ELSE ' pieces for one consignee on one conveyance'
    END || ', each within the informal limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ', are together worth ' || CAST(total_amount AS STRING) || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN declared_count < shipments
        THEN '"The kind of entry is not given for all pieces; informal entry is assumed."'
      END,
      CASE
        WHEN NOT has_issuer
        THEN '"It is not known whose order number this is; two sellers may use the same one."'
      END,
      CASE
        WHEN way = 'order'
        THEN '"Lots may be sent apart for other reasons, such as stock, size or a back order."'
        ELSE '"Goods on one conveyance may be entered apart where 19 CFR 141.52 lets them."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    '"way": "' || way || '"' AS attributes
  FROM crossings
)
SELECT
  *
FROM described
