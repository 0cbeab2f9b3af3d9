/* One pair of identities that a possible_daily_limit flag takes for one party, with what speaks for it. */
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
), worded AS (
  SELECT
    of_flags.*,
    CONCAT_WS(
      ', ',
      CASE name
        WHEN 'same'
        THEN 'names of the same letters'
        WHEN 'slip'
        THEN 'names one slip apart'
        WHEN 'initial'
        THEN 'a name that is initial and surname of the other'
        WHEN 'variant'
        THEN 'variants of one given name'
        WHEN 'close'
        THEN 'names a few slips apart'
        WHEN 'alike'
        THEN 'names that resemble each other'
        WHEN 'two names'
        THEN 'known names of two people'
        WHEN 'other'
        THEN 'different names'
      END,
      CASE WHEN kind = 'elsewhere' THEN 'different addresses' END,
      CASE unit WHEN 'same' THEN 'the same unit' WHEN 'other' THEN 'different units' END,
      CASE phone
        WHEN 'same'
        THEN 'the same phone'
        WHEN 'slip'
        THEN 'phones one digit apart'
        WHEN 'other'
        THEN 'different phones'
      END,
      CASE email
        WHEN 'same'
        THEN 'the same e-mail address'
        WHEN 'slip'
        THEN 'e-mail addresses a slip apart'
        WHEN 'other'
        THEN 'different e-mail addresses'
      END
    ) AS grounds
  FROM of_flags
)
SELECT
  *
FROM worded
