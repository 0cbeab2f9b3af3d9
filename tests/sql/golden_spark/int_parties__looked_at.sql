/* One person as written whose name and address are looked at, with what kind of party it is. */
/* grain: alias_id */
/* In a pruned run only those of whom some days, orders, entries or consignments are over a limit: nobody else is asked. */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__chosen
), parties AS (
  SELECT
    *
  FROM parties
), party_keys AS (
  SELECT
    *
  FROM party_keys
), shipments AS (
  SELECT
    *
  FROM int_shipments__rolled_up_from_lines
), over_limits AS (
  SELECT
    shipment_uid
  FROM int_members__daily_limit
  UNION
  SELECT
    shipment_uid
  FROM int_members__order_split
  UNION
  SELECT
    shipment_uid
  FROM int_members__informal_entry_split
  UNION
  SELECT
    shipment_uid
  FROM int_members__consignment_split
), asked AS (
  SELECT DISTINCT
    shipments.alias_id
  FROM shipments
  INNER JOIN over_limits
    ON shipments.shipment_uid = over_limits.shipment_uid
  INNER JOIN chosen
    ON chosen.resolve = 'hot'
  UNION
  SELECT
    party_keys.alias_id
  FROM party_keys
  INNER JOIN chosen
    ON chosen.resolve = 'all'
), looked_at AS (
  SELECT
    parties.alias_id,
    parties.consignee_name,
    parties.consignee_address,
    parties.consignee_address2,
    parties.consignee_city,
    parties.consignee_state,
    parties.consignee_postal_code,
    parties.consignee_country,
    party_keys.party_class
  FROM parties
  INNER JOIN party_keys
    ON parties.alias_id = party_keys.alias_id
  INNER JOIN asked
    ON parties.alias_id = asked.alias_id
)
SELECT
  *
FROM looked_at
