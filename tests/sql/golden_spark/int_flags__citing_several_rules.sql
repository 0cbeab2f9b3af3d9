/* One flag that rests on several rules, and the citation of each of them, in the order of the rules. */
/* grain: flag_id */
WITH findings AS (
  SELECT
    *
  FROM int_measures__united
), limits AS (
  SELECT
    *
  FROM ref_limits
), several AS (
  SELECT
    flag_id,
    rule_id,
    window_start
  FROM findings
  WHERE
    rule_id LIKE '%+%'
), sources AS (
  SELECT DISTINCT
    several.flag_id,
    limits.rule_id,
    limits.source
  FROM several
  INNER JOIN limits
    ON limits.regime = :regime
    AND '+' || several.rule_id || '+' LIKE '%+' || limits.rule_id || '+%'
    AND several.window_start >= limits.valid_from
    AND several.window_start < COALESCE(limits.valid_to, CAST('9999-12-31' AS DATE))
), cited AS (
  SELECT
    flag_id,
    LISTAGG(rule_id || ': ' || source, '; ') WITHIN GROUP (ORDER BY
      rule_id NULLS LAST) AS legal_basis
  FROM sources
  GROUP BY
    flag_id
)
SELECT
  *
FROM cited
