/* Splits that name fewer shipments than a split has, and flags of a limit that do not go over it. */
/* grain: flag_id */
WITH flags AS (
  SELECT
    *
  FROM mart_flags
), alone /* what is over a limit by itself needs no second shipment */ AS (
  SELECT DISTINCT
    typology
  FROM ref_typologies
  WHERE
    regime = :regime AND stands_on = 'each'
), hollow AS (
  SELECT
    flags.flag_id,
    flags.typology,
    flags.shipments,
    flags.excess_usd
  FROM flags
  LEFT JOIN alone
    ON flags.typology = alone.typology
  WHERE
    NOT flags.limit_amount IS NULL
    AND (
      (
        flags.shipments < :min_pieces AND alone.typology IS NULL
      )
      OR flags.excess_usd < 0
    )
)
SELECT
  *
FROM hollow
