/* What was measured of one informal_entry_split flag. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__informal_entry_split
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'informal_entry_split' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    limit_amount,
    limit_currency,
    CAST(total_usd * (
      1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    way,
    total_amount,
    bills,
    declared_count,
    proxy_count,
    numbered_count,
    billed_count,
    has_issuer,
    is_mail,
    is_of_equals,
    is_all_near,
    CAST(limit_amount * :near_limit_share AS DECIMAL(18, 2)) AS near_amount,
    is_numbered_in_a_row,
    is_of_one_bill,
    is_of_one_day,
    is_of_several_bills,
    is_of_several_centers
  FROM crossings
)
SELECT
  *
FROM measured
