/* Splits that name fewer pieces than a split has, or do not go over their limit. */
/* grain: flag_id */
WITH flags AS (
  SELECT
    *
  FROM mart_flags
), hollow AS (
  SELECT
    flag_id,
    typology,
    shipments,
    excess_usd
  FROM flags
  WHERE
    NOT limit_amount IS NULL AND (
      shipments < :min_pieces OR excess_usd < 0
    )
)
SELECT
  *
FROM hollow
