/* One claimed shipment in one unit a relief is about: consignment, sender and conveyance, conveyance, purchase. */
/* grain: shipment_uid, way, provision */
WITH exempted AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), units AS (
  SELECT
    *
  FROM conditions
  WHERE
    grouping_key IN ('consignment', 'sender_conveyance', 'conveyance_consignee', 'purchase_day')
    AND kind IN ('exemption', 'lots_bar', 'relief')
), claimed AS (
  SELECT
    exempted.shipment_uid,
    exempted.identity_id,
    exempted.arrival_date,
    exempted.pool,
    exempted.origin_country,
    exempted.mode,
    exempted.coverage,
    exempted.limit_amount,
    exempted.limit_currency,
    exempted.amount,
    exempted.value_usd,
    exempted.exemption_claimed,
    exempted.is_available
  FROM exempted
  WHERE
    NOT exempted.identity_id IS NULL
    AND exempted.arrival_date BETWEEN :from_date AND :to_date
), matched /* the exemption's own limit for itself and for what bars it; a further relief has its own, told where it differs */ AS (
  SELECT
    claimed.*,
    units.kind,
    units.provision,
    units.grouping_key AS way,
    units.rule_id,
    units.legal_basis,
    units.is_unverified,
    claimed.coverage = 'known' AND units.coverage = 'known' AS is_certain,
    CASE
      WHEN units.kind = 'relief'
      THEN units.limit_amount
      ELSE claimed.limit_amount
    END AS tested_limit,
    CASE
      WHEN units.kind = 'relief'
      THEN units.limit_currency
      ELSE claimed.limit_currency
    END AS tested_currency,
    units.limit_usd_per_unit
  FROM claimed
  INNER JOIN units
    ON claimed.arrival_date = units.arrival_date
    AND claimed.pool = units.pool
    AND claimed.origin_country IS NOT DISTINCT FROM units.origin_country
    AND claimed.mode IS NOT DISTINCT FROM units.mode
  WHERE
    claimed.exemption_claimed
    AND CASE
      WHEN units.kind = 'relief'
      THEN units.is_available
      AND (
        units.limit_amount IS DISTINCT FROM claimed.limit_amount
        OR units.limit_currency IS DISTINCT FROM claimed.limit_currency
      )
      WHEN units.kind = 'exemption'
      THEN units.is_available AND units.limit_amount = claimed.limit_amount
      ELSE claimed.is_available
    END
), named AS (
  SELECT
    matched.shipment_uid,
    matched.identity_id,
    matched.arrival_date,
    matched.way,
    matched.provision,
    matched.rule_id,
    matched.legal_basis,
    matched.is_unverified,
    matched.is_certain,
    matched.value_usd,
    matched.tested_limit AS limit_amount,
    matched.tested_currency AS limit_currency,
    CASE
      WHEN matched.kind <> 'relief'
      THEN matched.amount
      WHEN matched.tested_currency = shipments.currency
      THEN shipments.tested_value
      ELSE CAST(CAST(shipments.tested_usd AS DOUBLE) / CAST(matched.limit_usd_per_unit AS DOUBLE) AS DECIMAL(18, 2))
    END AS amount,
    UPPER(TRIM(shipments.house_bill)) AS house_bill,
    UPPER(
      TRIM(COALESCE(shipments.shipper_name, shipments.seller_id, shipments.seller_name))
    ) AS sender,
    UPPER(
      TRIM(COALESCE(shipments.seller_id, shipments.seller_name, shipments.shipper_name))
    ) AS seller,
    UPPER(TRIM(shipments.conveyance_id)) AS conveyance,
    shipments.order_date,
    shipments.order_id
  FROM matched
  INNER JOIN shipments
    ON matched.shipment_uid = shipments.shipment_uid
), grouped AS (
  SELECT
    named.*,
    CASE way
      WHEN 'consignment'
      THEN 'document ' || house_bill || ', identity ' || identity_id
      WHEN 'sender_conveyance'
      THEN 'sender ' || sender || ', ' || COALESCE('conveyance ' || conveyance || ', ', '') || CAST(arrival_date AS STRING) || ', identity ' || identity_id
      WHEN 'conveyance_consignee'
      THEN 'conveyance ' || conveyance || ', ' || CAST(arrival_date AS STRING) || ', identity ' || identity_id
      ELSE 'seller ' || seller || ', bought ' || CAST(order_date AS STRING) || ', identity ' || identity_id
    END AS group_key,
    way <> 'sender_conveyance' OR NOT conveyance IS NULL AS is_unit_known
  FROM named
), pieces AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (
        PARTITION BY shipment_uid, way, provision
        ORDER BY limit_amount DESC, rule_id ASC NULLS LAST
      ) AS _w
    FROM grouped
    WHERE
      NOT group_key IS NULL
      AND CASE
        WHEN :boundary = 'at'
        THEN amount < limit_amount
        ELSE amount <= limit_amount
      END
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM pieces
