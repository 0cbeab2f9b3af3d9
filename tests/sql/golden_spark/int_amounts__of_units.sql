/* One amount that shipments of a party or a route had under one limit: how often, and from how many sellers or buyers. */
/* grain: unit_kind, unit, limit_currency, limit_amount, amount */
WITH shipments AS NOT MATERIALIZED (
  SELECT
    *
  FROM int_shipments__beside_limits
  WHERE
    pool IN ('standard', 'informal entry')
), kinds AS (
  SELECT
    'all' AS unit_kind
  UNION ALL
  SELECT
    'seller' AS unit_kind
  UNION ALL
  SELECT
    'filer' AS unit_kind
  UNION ALL
  SELECT
    'carrier' AS unit_kind
  UNION ALL
  SELECT
    'route' AS unit_kind
), around /* the few amounts around a limit say of which parties and routes there is enough to be told */ AS (
  SELECT
    *
  FROM shipments
  WHERE
    amount >= CAST(limit_amount * (
      1 - :around_limit_share
    ) AS DECIMAL(18, 4))
    AND amount <= CAST(limit_amount * (
      1 + :around_limit_share
    ) AS DECIMAL(18, 4))
), units AS (
  SELECT
    kinds.unit_kind,
    CASE kinds.unit_kind
      WHEN 'all'
      THEN 'all shipments'
      WHEN 'seller'
      THEN around.seller
      WHEN 'filer'
      THEN around.filer
      WHEN 'carrier'
      THEN around.carrier
      ELSE around.route
    END AS unit,
    around.limit_currency,
    around.limit_amount
  FROM around
  CROSS JOIN kinds
  GROUP BY ALL
  HAVING
    COUNT(*) >= :min_unit_shipments
), told_kinds AS (
  SELECT DISTINCT
    unit_kind
  FROM units
), of_units AS NOT MATERIALIZED (
  SELECT
    told_kinds.unit_kind,
    shipments.limit_currency,
    shipments.limit_amount,
    shipments.amount,
    CASE told_kinds.unit_kind
      WHEN 'all'
      THEN 'all shipments'
      WHEN 'seller'
      THEN shipments.seller
      WHEN 'filer'
      THEN shipments.filer
      WHEN 'carrier'
      THEN shipments.carrier
      ELSE shipments.route
    END AS unit,
    CASE
      WHEN told_kinds.unit_kind = 'seller'
      THEN shipments.buyer
      ELSE shipments.seller
    END AS source
  FROM shipments
  CROSS JOIN told_kinds
), counted AS (
  SELECT
    of_units.unit_kind,
    of_units.unit,
    of_units.limit_currency,
    of_units.limit_amount,
    of_units.amount,
    COUNT(*) AS shipments,
    COUNT(DISTINCT of_units.source) AS sources
  FROM of_units
  INNER JOIN units
    ON of_units.unit_kind = units.unit_kind
    AND of_units.unit = units.unit
    AND of_units.limit_currency = units.limit_currency
    AND of_units.limit_amount = units.limit_amount
  GROUP BY
    of_units.unit_kind,
    of_units.unit,
    of_units.limit_currency,
    of_units.limit_amount,
    of_units.amount
)
SELECT
  *
FROM counted
