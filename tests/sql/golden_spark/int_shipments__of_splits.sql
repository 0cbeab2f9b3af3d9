/* One shipment of a flag for which an innocent explanation is tested, with what would show it. */
/* grain: flag_id, shipment_uid */
WITH members AS (
  SELECT
    *
  FROM int_members__united
), findings AS (
  SELECT
    *
  FROM int_measures__united
), shipments AS (
  SELECT
    *
  FROM mart_shipments
), benign AS (
  SELECT
    *
  FROM ref_benign_splits
), phrases AS (
  SELECT
    *
  FROM ref_benign_phrases
), traits AS (
  SELECT
    *
  FROM party_traits
), parcels AS (
  SELECT
    *
  FROM ref_parcel_weights
), asked AS (
  SELECT DISTINCT
    typology
  FROM benign
), pieces AS (
  SELECT
    members.flag_id,
    members.shipment_uid,
    members.amount,
    findings.typology,
    findings.limit_amount,
    findings.window_end,
    shipments.alias_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.house_bill,
    shipments.conveyance_id,
    shipments.description,
    shipments.weight_kg,
    shipments.mode,
    UPPER(TRIM(shipments.order_id)) AS order_number,
    UPPER(TRIM(shipments.marketplace)) AS marketplace,
    UPPER(TRIM(COALESCE(shipments.seller_id, shipments.seller_name))) AS seller,
    UPPER(TRIM(COALESCE(shipments.product_id, shipments.description))) AS goods
  FROM members
  INNER JOIN findings
    ON members.flag_id = findings.flag_id
  INNER JOIN asked
    ON findings.typology = asked.typology
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
), said AS (
  SELECT DISTINCT
    pieces.flag_id,
    pieces.shipment_uid,
    phrases.benign
  FROM pieces
  INNER JOIN phrases
    ON LOWER(pieces.description) LIKE '%' || phrases.phrase || '%'
), said_once AS (
  SELECT
    flag_id,
    shipment_uid,
    MAX(CASE WHEN benign = 'replacement' THEN 1 ELSE 0 END) = 1 AS is_replacement,
    MAX(CASE WHEN benign = 'backorder_said' THEN 1 ELSE 0 END) = 1 AS is_backorder,
    MAX(CASE WHEN benign = 'subscription' THEN 1 ELSE 0 END) = 1 AS is_subscription
  FROM said
  GROUP BY
    flag_id,
    shipment_uid
), described AS (
  SELECT
    pieces.flag_id,
    pieces.shipment_uid,
    pieces.typology,
    pieces.amount,
    pieces.limit_amount,
    pieces.window_end,
    pieces.arrival_date,
    pieces.value_usd,
    pieces.house_bill,
    pieces.conveyance_id,
    pieces.weight_kg,
    pieces.order_number,
    pieces.marketplace,
    pieces.seller,
    pieces.goods,
    parcels.most_kg,
    COALESCE(said_once.is_replacement, FALSE) AS is_replacement,
    COALESCE(said_once.is_backorder, FALSE) AS is_backorder,
    COALESCE(said_once.is_subscription, FALSE) AS is_subscription,
    COALESCE(
      NOT traits.place_kind IS NULL
      AND pieces.arrival_date >= traits.place_from
      AND pieces.arrival_date < COALESCE(traits.place_to, CAST('9999-12-31' AS DATE)),
      FALSE
    ) AS is_known_place,
    LAG(pieces.arrival_date) OVER (
      PARTITION BY pieces.flag_id
      ORDER BY pieces.arrival_date NULLS LAST, pieces.shipment_uid NULLS LAST
    ) AS previous_date,
    ROW_NUMBER() OVER (
      PARTITION BY pieces.flag_id
      ORDER BY pieces.weight_kg NULLS LAST, pieces.shipment_uid NULLS LAST
    ) AS weight_place
  FROM pieces
  LEFT JOIN said_once
    ON pieces.flag_id = said_once.flag_id
    AND pieces.shipment_uid = said_once.shipment_uid
  LEFT JOIN traits
    ON pieces.alias_id = traits.alias_id
  LEFT JOIN parcels
    ON pieces.mode = parcels.mode
    AND /* one entry may cover many packages; a mail item is an entry by itself */ (
      pieces.typology <> 'informal_entry_split' OR pieces.mode = 'mail'
    )
    AND pieces.arrival_date >= parcels.valid_from
    AND pieces.arrival_date < COALESCE(parcels.valid_to, CAST('9999-12-31' AS DATE))
)
SELECT
  *
FROM described
