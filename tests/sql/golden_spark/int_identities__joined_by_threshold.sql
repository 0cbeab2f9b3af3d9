/* One identity and looser threshold that would join it with others, and the part that they would be together. */
/* grain: threshold, identity_id */
WITH parts AS (
  SELECT
    *
  FROM identity_parts
), thresholds AS (
  SELECT
    *
  FROM identity_thresholds
), aliases AS (
  SELECT
    *
  FROM int_aliases__joined_to_identities
), joined AS (
  SELECT DISTINCT
    parts.threshold,
    aliases.identity_id,
    parts.part_id
  FROM parts
  INNER JOIN thresholds
    ON parts.threshold = thresholds.threshold
  INNER JOIN aliases
    ON parts.alias_id = aliases.alias_id
  WHERE
    thresholds.standing IN ('high', 'looser')
)
SELECT
  *
FROM joined
