/* One origin and a stretch of days on which its goods had no exemption while others had one. */
/* grain: origin_country, suspended_from */
WITH limits AS (
  SELECT
    *
  FROM ref_limits
), scopes AS (
  SELECT
    *
  FROM ref_scopes
), members AS (
  SELECT
    *
  FROM ref_scope_members
), named AS (
  SELECT
    members.member AS origin_country,
    limits.valid_from,
    COALESCE(limits.valid_to, CAST('9999-12-31' AS DATE)) AS valid_to
  FROM limits
  INNER JOIN scopes
    ON scopes.scope_kind = 'origin' AND limits.origin_scope = scopes.scope
  INNER JOIN members
    ON members.scope_kind = 'origin' AND limits.origin_scope = members.scope
  WHERE
    limits.regime = :regime
    AND COALESCE(limits.if_suspension, :eo_suspension) = :eo_suspension
    AND limits.grouping_key = 'person_day'
    AND limits.pool = 'standard'
    AND limits.status LIKE 'suspended%'
    AND NOT scopes.is_negated
), reached AS (
  SELECT
    named.*,
    MAX(valid_to) OVER (
      PARTITION BY origin_country
      ORDER BY valid_from NULLS LAST, valid_to NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND 1 preceding
    ) AS reached_before
  FROM named
), numbered /* stretches that touch or overlap are one */ AS (
  SELECT
    reached.*,
    SUM(CASE WHEN valid_from <= reached_before THEN 0 ELSE 1 END) OVER (
      PARTITION BY origin_country
      ORDER BY valid_from NULLS LAST, valid_to NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS stretch_no
  FROM reached
), stretches AS (
  SELECT
    origin_country,
    MIN(valid_from) AS suspended_from,
    MAX(valid_to) AS suspended_to
  FROM numbered
  GROUP BY
    origin_country,
    stretch_no
)
SELECT
  *
FROM stretches
