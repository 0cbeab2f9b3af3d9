/* One pair of identities that a possible_daily_limit flag takes for one party: what a review of it would settle. */
/* grain: flag_id, identity_id_l, identity_id_r */
WITH pairs AS (
  SELECT
    *
  FROM int_pairs__of_possible_days
), texts AS (
  SELECT
    *
  FROM lead_pair_texts
), members AS (
  SELECT
    *
  FROM int_members__united
), findings AS (
  SELECT
    *
  FROM int_measures__united
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), certain AS (
  SELECT DISTINCT
    members.shipment_uid
  FROM members
  INNER JOIN findings
    ON members.flag_id = findings.flag_id
  WHERE
    findings.typology = 'daily_limit'
), new_lots AS (
  SELECT
    members.flag_id,
    CAST(SUM(shipments.value_usd) AS DECIMAL(18, 2)) AS new_usd
  FROM members
  INNER JOIN findings
    ON members.flag_id = findings.flag_id
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  LEFT JOIN certain
    ON members.shipment_uid = certain.shipment_uid
  WHERE
    findings.typology = 'possible_daily_limit' AND certain.shipment_uid IS NULL
  GROUP BY
    members.flag_id
), named AS (
  SELECT
    pairs.flag_id,
    pairs.identity_id_l,
    pairs.identity_id_r,
    pairs.alias_id_l,
    pairs.alias_id_r,
    pairs.arrival_date,
    pairs.probability,
    texts.grounds,
    pairs.kind AS place,
    pairs.weight_of_name,
    pairs.weight_of_unit,
    pairs.weight_of_phone,
    pairs.weight_of_email,
    pairs.weight_of_day,
    pairs.weight_of_values,
    new_lots.new_usd
  FROM pairs
  INNER JOIN new_lots
    ON pairs.flag_id = new_lots.flag_id
  INNER JOIN texts
    ON pairs.flag_id = texts.flag_id
    AND pairs.identity_id_l = texts.identity_id_l
    AND pairs.identity_id_r = texts.identity_id_r
)
SELECT
  *
FROM named
