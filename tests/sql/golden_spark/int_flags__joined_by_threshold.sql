/* One flag of a person and looser threshold at which it is part of a larger group over the limit. */
/* grain: flag_id, threshold */
WITH identities AS (
  SELECT
    *
  FROM int_identities__joined_by_threshold
), days AS (
  SELECT
    *
  FROM int_shipments__summed_to_joined_day
), conveyances AS (
  SELECT
    *
  FROM int_shipments__summed_to_joined_conveyance
), daily_limit AS (
  SELECT
    *
  FROM int_crossings__daily_limit
), informal_entry_split AS (
  SELECT
    *
  FROM int_crossings__informal_entry_split
), members AS (
  SELECT
    *
  FROM int_members__united
), pieces AS (
  SELECT
    *
  FROM int_shipments__entered_informally
), daily AS (
  SELECT
    daily_limit.flag_id,
    days.threshold,
    days.group_id
  FROM days
  INNER JOIN identities
    ON days.threshold = identities.threshold AND days.part_id = identities.part_id
  INNER JOIN daily_limit
    ON identities.identity_id = daily_limit.identity_id
    AND days.arrival_date = daily_limit.arrival_date
    AND days.pool = daily_limit.pool
    AND days.limit_amount = daily_limit.limit_amount
    AND days.limit_currency = daily_limit.limit_currency
), conveyed AS (
  SELECT DISTINCT
    informal_entry_split.flag_id,
    informal_entry_split.identity_id,
    informal_entry_split.rule_id,
    informal_entry_split.limit_currency,
    pieces.conveyance_id,
    pieces.arrival_date
  FROM informal_entry_split
  INNER JOIN members
    ON informal_entry_split.flag_id = members.flag_id
  INNER JOIN pieces
    ON members.shipment_uid = pieces.shipment_uid
    AND informal_entry_split.way = pieces.way
  WHERE
    informal_entry_split.way IN ('bill', 'conveyance_consignee')
), informal AS (
  SELECT
    conveyed.flag_id,
    conveyances.threshold,
    conveyances.group_id
  FROM conveyances
  INNER JOIN identities
    ON conveyances.threshold = identities.threshold
    AND conveyances.part_id = identities.part_id
  INNER JOIN conveyed
    ON identities.identity_id = conveyed.identity_id
    AND conveyances.conveyance_id = conveyed.conveyance_id
    AND conveyances.arrival_date = conveyed.arrival_date
    AND conveyances.rule_id = conveyed.rule_id
    AND conveyances.limit_currency = conveyed.limit_currency
), united AS (
  SELECT
    flag_id,
    threshold,
    group_id
  FROM daily
  UNION ALL
  SELECT
    flag_id,
    threshold,
    group_id
  FROM informal
)
SELECT
  *
FROM united
