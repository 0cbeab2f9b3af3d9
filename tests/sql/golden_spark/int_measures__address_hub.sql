/* What was measured of one address_hub flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__address_hub
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(hub_names) AS hub_names,
    MIN(place_kind) AS place_kind,
    COUNT(*) FILTER(WHERE
      is_owner_named) AS owned_count,
    BOOL_OR(is_entered) AS is_entered,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'address_hub' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    'supporting' AS strength,
    0.2 * (
      1 - 1 / CAST(hub_names AS DOUBLE)
    ) AS size,
    rule_id,
    legal_basis,
    hub_names,
    is_entered,
    place_kind,
    owned_count
  FROM summed
)
SELECT
  *
FROM measured
