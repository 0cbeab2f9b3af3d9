/* One line of a shipment that loses the exemption if a flag holds: what its duty depends on. */
/* grain: landed_id */
WITH pieces AS (
  SELECT
    *
  FROM int_shipments__of_flags
), lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), flagged AS (
  SELECT DISTINCT
    shipment_uid,
    origin_country,
    mode
  FROM pieces
  WHERE
    lost = 'exemption'
), named AS (
  SELECT
    lines.landed_id,
    lines.shipment_uid,
    lines.arrival_date,
    COALESCE(lines.origin_country, flagged.origin_country) AS origin_country,
    flagged.mode,
    lines.hts_code,
    lines.exact_customs_value_usd,
    CAST(SUM(lines.exact_customs_value_usd) OVER (
      PARTITION BY lines.shipment_uid
      ORDER BY lines.line_rank NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(36, 10)) AS exact_so_far_usd
  FROM lines
  INNER JOIN flagged
    ON lines.shipment_uid = flagged.shipment_uid
), shared /* shares of the shipment's value: they add up to it, to the cent */ AS (
  SELECT
    landed_id,
    shipment_uid,
    arrival_date,
    origin_country,
    mode,
    hts_code,
    CAST(CAST(exact_so_far_usd AS DECIMAL(18, 2)) - CAST(exact_so_far_usd - exact_customs_value_usd AS DECIMAL(18, 2)) AS DECIMAL(18, 2)) AS customs_value_usd
  FROM named
)
SELECT
  *
FROM shared
