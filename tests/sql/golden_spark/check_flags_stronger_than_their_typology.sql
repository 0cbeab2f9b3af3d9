/* Flags that are said to be stronger than a flag of their typology can be. */
/* grain: flag_id */
WITH flags AS (
  SELECT
    *
  FROM mart_flags
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime
), strongest AS (
  SELECT
    typology,
    MAX(CASE strength WHEN 'objective' THEN 1 WHEN 'inferred' THEN 0 ELSE -1 END) AS strength
  FROM typologies
  GROUP BY
    typology
), stronger AS (
  SELECT
    flags.flag_id,
    flags.typology,
    flags.strength
  FROM flags
  INNER JOIN strongest
    ON flags.typology = strongest.typology
  WHERE
    CASE flags.strength WHEN 'objective' THEN 1 WHEN 'inferred' THEN 0 ELSE -1 END > strongest.strength
)
SELECT
  *
FROM stronger
