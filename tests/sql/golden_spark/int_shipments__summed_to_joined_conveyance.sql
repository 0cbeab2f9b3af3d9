/* One conveyance of identities that a looser threshold would join: their informal pieces, added up. */
/* grain: threshold, part_id, conveyance_id, arrival_date, rule_id, limit_currency */
WITH pieces AS (
  SELECT
    *
  FROM int_shipments__entered_informally
), parts AS (
  SELECT
    *
  FROM identity_parts
), thresholds AS (
  SELECT
    *
  FROM identity_thresholds
  WHERE
    standing IN ('high', 'looser')
), summed AS (
  SELECT
    parts.threshold,
    parts.part_id,
    pieces.conveyance_id,
    pieces.arrival_date,
    pieces.rule_id,
    pieces.limit_currency,
    MAX(pieces.limit_amount) AS limit_amount,
    COUNT(DISTINCT pieces.identity_id) AS identity_count,
    MIN(pieces.identity_id) AS first_identity_id,
    MAX(pieces.identity_id) AS last_identity_id,
    COUNT(*) AS shipments,
    CAST(SUM(pieces.amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(pieces.value_usd) AS DECIMAL(18, 2)) AS total_usd
  FROM pieces
  INNER JOIN parts
    ON pieces.alias_id = parts.alias_id
  INNER JOIN thresholds
    ON parts.threshold = thresholds.threshold
  WHERE
    pieces.way = 'conveyance_consignee'
  GROUP BY
    parts.threshold,
    parts.part_id,
    pieces.conveyance_id,
    pieces.arrival_date,
    pieces.rule_id,
    pieces.limit_currency
), over_limit AS (
  SELECT
    'f' || LEFT(
      MD5(
        CONCAT_WS(
          '|',
          :regime,
          'informal_entry_split',
          CONCAT_WS('|', 'joined', part_id, conveyance_id, CAST(arrival_date AS STRING)),
          CONCAT_WS('|', rule_id, limit_currency)
        )
      ),
      :id_digits
    ) AS group_id,
    summed.*
  FROM summed
  WHERE
    identity_count > 1 AND shipments >= :min_pieces AND total_amount > limit_amount
)
SELECT
  *
FROM over_limit
