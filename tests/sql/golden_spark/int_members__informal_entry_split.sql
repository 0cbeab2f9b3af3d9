/* One shipment of an informal_entry_split flag. */
/* grain: flag_id, shipment_uid */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__informal_entry_split
), pieces AS (
  SELECT
    *
  FROM int_shipments__entered_informally
), members AS (
  SELECT
    crossings.flag_id,
    pieces.shipment_uid,
    pieces.amount
  FROM crossings
  INNER JOIN pieces
    ON crossings.group_key = pieces.group_key
    AND crossings.way = pieces.way
    AND crossings.rule_id = pieces.rule_id
    AND crossings.limit_currency = pieces.limit_currency
)
SELECT
  *
FROM members
