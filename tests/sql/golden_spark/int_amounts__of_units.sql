/* One amount that shipments of a party or a route had under one limit: how often, and from how many sellers or buyers. */
/* grain: unit_kind, unit, limit_currency, limit_amount, amount */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__of_units
), units AS (
  SELECT
    unit_kind,
    unit,
    limit_currency,
    limit_amount
  FROM shipments
  WHERE
    amount >= CAST(limit_amount * (
      1 - :around_limit_share
    ) AS DECIMAL(18, 4))
    AND amount <= CAST(limit_amount * (
      1 + :around_limit_share
    ) AS DECIMAL(18, 4))
  GROUP BY
    unit_kind,
    unit,
    limit_currency,
    limit_amount
  HAVING
    COUNT(*) >= :min_unit_shipments
), counted AS (
  SELECT
    shipments.unit_kind,
    shipments.unit,
    shipments.limit_currency,
    shipments.limit_amount,
    shipments.amount,
    COUNT(*) AS shipments,
    COUNT(DISTINCT shipments.source) AS sources
  FROM shipments
  INNER JOIN units
    ON shipments.unit_kind = units.unit_kind
    AND shipments.unit = units.unit
    AND shipments.limit_currency = units.limit_currency
    AND shipments.limit_amount = units.limit_amount
  GROUP BY
    shipments.unit_kind,
    shipments.unit,
    shipments.limit_currency,
    shipments.limit_amount,
    shipments.amount
)
SELECT
  *
FROM counted
