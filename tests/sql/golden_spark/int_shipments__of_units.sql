/* One shipment and a party or a route it belongs to, with its value beside the limit of its day. */
/* grain: unit_kind, shipment_uid */
WITH matched AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), shipments AS (
  SELECT
    *
  FROM int_shipments__rolled_up_from_lines
), answers AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY shipment_uid ORDER BY limit_amount DESC, coverage ASC NULLS LAST) AS _w
    FROM matched
    WHERE
      NOT limit_amount IS NULL
      AND pool = 'standard'
      AND arrival_date BETWEEN :from_date AND :to_date
  ) AS _t
  WHERE
    _w = 1
), named AS (
  SELECT
    answers.shipment_uid,
    answers.arrival_date,
    answers.amount,
    answers.value_usd,
    answers.limit_amount,
    answers.limit_currency,
    answers.exemption_claimed AND answers.is_available AS is_free,
    answers.coverage = 'known' AS is_certain,
    COALESCE(answers.identity_id, answers.alias_id) AS buyer,
    UPPER(
      TRIM(COALESCE(shipments.seller_id, shipments.seller_name, shipments.shipper_name))
    ) AS seller,
    UPPER(TRIM(shipments.filer_code)) AS filer,
    UPPER(TRIM(shipments.carrier_code)) AS carrier,
    CASE
      WHEN NOT shipments.origin_country IS NULL AND NOT shipments.port_of_entry IS NULL
      THEN UPPER(TRIM(shipments.origin_country)) || ' to ' || UPPER(TRIM(shipments.port_of_entry))
    END AS route
  FROM answers
  INNER JOIN shipments
    ON answers.shipment_uid = shipments.shipment_uid
), united AS (
  SELECT
    'all' AS unit_kind,
    'all shipments' AS unit,
    named.*
  FROM named
  UNION ALL
  SELECT
    'seller' AS unit_kind,
    seller AS unit,
    named.*
  FROM named
  WHERE
    NOT seller IS NULL
  UNION ALL
  SELECT
    'filer' AS unit_kind,
    filer AS unit,
    named.*
  FROM named
  WHERE
    NOT filer IS NULL
  UNION ALL
  SELECT
    'carrier' AS unit_kind,
    carrier AS unit,
    named.*
  FROM named
  WHERE
    NOT carrier IS NULL
  UNION ALL
  SELECT
    'route' AS unit_kind,
    route AS unit,
    named.*
  FROM named
  WHERE
    NOT route IS NULL
), units AS (
  SELECT
    unit_kind,
    unit,
    shipment_uid,
    arrival_date,
    amount,
    value_usd,
    limit_amount,
    limit_currency,
    is_free,
    is_certain,
    CASE WHEN unit_kind = 'seller' THEN buyer ELSE seller END AS source
  FROM united
)
SELECT
  *
FROM units
