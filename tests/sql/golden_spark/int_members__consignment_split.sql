/* One shipment of a consignment_split flag. */
/* grain: flag_id, shipment_uid */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__consignment_split
), pieces AS (
  SELECT
    *
  FROM int_shipments__grouped_by_consignment
), members AS (
  SELECT
    crossings.flag_id,
    pieces.shipment_uid,
    pieces.amount
  FROM crossings
  INNER JOIN pieces
    ON crossings.group_key = pieces.group_key
    AND crossings.way = pieces.way
    AND crossings.provision = pieces.provision
    AND crossings.limit_currency = pieces.limit_currency
)
SELECT
  *
FROM members
