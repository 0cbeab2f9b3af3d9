/* One pair of identities that a possible_daily_limit flag takes for one party, and what each sign of it says. */
/* grain: flag_id, identity_id_l, identity_id_r */
WITH members AS (
  SELECT
    *
  FROM int_members__possible_daily_limit
), pairs AS (
  SELECT
    *
  FROM possible_pairs
), flagged_days AS (
  SELECT DISTINCT
    flag_id,
    part_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency
  FROM members
), of_flags AS (
  SELECT
    days_l.flag_id,
    pairs.*
  FROM pairs
  INNER JOIN flagged_days AS days_l
    ON pairs.identity_id_l = days_l.part_id
    AND pairs.arrival_date = days_l.arrival_date
    AND pairs.pool = days_l.pool
    AND pairs.limit_amount = days_l.limit_amount
    AND pairs.limit_currency = days_l.limit_currency
  INNER JOIN flagged_days AS days_r
    ON pairs.identity_id_r = days_r.part_id AND days_l.flag_id = days_r.flag_id
)
SELECT
  *
FROM of_flags
