/* What was measured of one origin_shift flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__origin_shift
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(changed_from) AS changed_from,
    MAX(before_count) AS before_count,
    MAX(before_suspended) AS before_suspended,
    MAX(after_suspended) AS after_suspended,
    COUNT(DISTINCT origin_country) AS origins,
    MIN(origin_country) AS first_origin,
    MIN(gain) AS gain,
    MAX(rise) AS new_rise,
    MAX(old_rise) AS old_rise,
    MIN(usual_place) AS usual_place,
    COUNT(*) FILTER(WHERE
      sent_from = usual_place) AS still_sent_count,
    COUNT(*) FILTER(WHERE
      sent_from <> usual_place) AS sent_elsewhere_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'origin_shift' AS typology,
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
    1 - 1 / CAST(shipments + 1 AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    changed_from,
    before_count,
    before_suspended,
    after_suspended,
    origins,
    first_origin,
    gain,
    new_rise,
    old_rise,
    usual_place,
    still_sent_count,
    sent_elsewhere_count
  FROM summed
)
SELECT
  *
FROM measured
