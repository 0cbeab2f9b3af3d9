/* One consignment_split flag in words and figures. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__consignment_split
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'consignment_split' AS typology,
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
      WHEN is_unit_known AND is_certain AND NOT is_unverified
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    CAST(shipments AS STRING) || CASE way
      WHEN 'consignment'
      THEN ' pieces under one transport document for one person'
      WHEN 'sender_conveyance'
      THEN ' pieces from one sender for one person on one conveyance'
      WHEN 'conveyance_consignee'
      THEN ' pieces for one consignee on one conveyance'
      ELSE ' pieces that one person bought from one seller on one day'
    END || ' came in under the relief, each within the limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ' and together worth ' || CAST(total_amount AS STRING) || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN NOT is_unit_known
        THEN '"The conveyance is not known; what arrived on one day is taken to have come together."'
      END,
      CASE
        WHEN is_unverified
        THEN '"The rule is told from memory or from practice; no official text of it was seen."'
      END,
      CASE WHEN NOT is_certain THEN '"Origin or mode is not known for some pieces."' END,
      CASE
        WHEN order_count > 1
        THEN '"The pieces belong to ' || CAST(order_count AS STRING) || ' different orders."'
      END,
      '"Pieces may be consigned apart for other reasons, such as stock, size or a back order."'
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    '"way": "' || way || '"' AS attributes
  FROM crossings
)
SELECT
  *
FROM described
