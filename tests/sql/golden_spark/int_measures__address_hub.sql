/* One address_hub flag in words and figures. */
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
), described AS (
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
    CAST(hub_names AS STRING) || ' consignees got ' || CAST(shipments AS STRING) || CASE
      WHEN is_entered
      THEN ' shipments on informal entries'
      ELSE ' shipments under the exemption'
    END || ' at one address in one week, and no unit tells them apart.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN NOT place_kind IS NULL
        THEN '"The address is listed as ' || REPLACE(place_kind, '_', ' ') || '."'
      END,
      CASE
        WHEN owned_count > 0
        THEN '"' || CAST(owned_count AS STRING) || ' of the shipments name an owner in care of whom they are: the owner is the person."'
      END,
      '"Address equality alone is never identity."'
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"names": ' || CAST(hub_names AS STRING),
      '"place": "' || COALESCE(place_kind, 'not listed') || '"'
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
