/* One indicator: the rows it names, the rule, what was seen and what speaks against it. */
/* grain: flag_id */
WITH daily_limit AS (
  SELECT
    *
  FROM int_findings__daily_limit
), order_split AS (
  SELECT
    *
  FROM int_findings__order_split
), suspended_claim AS (
  SELECT
    *
  FROM int_findings__suspended_claim
), informal_entry_split AS (
  SELECT
    *
  FROM int_findings__informal_entry_split
), consignment_split AS (
  SELECT
    *
  FROM int_findings__consignment_split
), measures AS (
  SELECT
    *
  FROM int_flags__measured_by_members
), findings AS (
  SELECT
    *
  FROM daily_limit
  UNION ALL
  SELECT
    *
  FROM order_split
  UNION ALL
  SELECT
    *
  FROM suspended_claim
  UNION ALL
  SELECT
    *
  FROM informal_entry_split
  UNION ALL
  SELECT
    *
  FROM consignment_split
), flags AS (
  SELECT
    findings.flag_id,
    findings.regime,
    findings.typology,
    findings.identity_id,
    findings.subject,
    findings.window_start,
    findings.window_end,
    findings.shipments,
    findings.total_usd,
    findings.limit_amount,
    findings.limit_currency,
    findings.excess_usd,
    findings.strength,
    ROUND(
      findings.size * CASE WHEN findings.identity_id IS NULL THEN 1 ELSE measures.weakest_link END * CASE WHEN findings.strength = 'objective' THEN 1 ELSE 0.5 END,
      :score_digits
    ) AS score,
    findings.reason,
    '[' || CONCAT_WS(
      ', ',
      CASE WHEN findings.counter_reasons <> '' THEN findings.counter_reasons END,
      CASE
        WHEN measures.other_date_count > 0
        THEN '"' || CAST(measures.other_date_count AS STRING) || ' of ' || CAST(measures.shipments AS STRING) || ' pieces carry no day of arrival; another date stands in for it."'
      END,
      CASE
        WHEN NOT findings.identity_id IS NULL
        AND measures.weakest_link < :doubtful_probability
        THEN '"That these spellings are one person rests on a link of probability ' || CAST(CAST(measures.weakest_link AS DECIMAL(18, 2)) AS STRING) || '."'
      END,
      CASE
        WHEN measures.assumed_claim_count > 0
        THEN '"For ' || CAST(measures.assumed_claim_count AS STRING) || ' of the pieces neither claim nor entry type is given; a claim is assumed."'
      END,
      CASE
        WHEN measures.near_midnight_count > 0
        THEN '"' || CAST(measures.near_midnight_count AS STRING) || ' of the pieces arrived within ' || CAST(:near_midnight_hours AS STRING) || ' hours of midnight; by another clock they belong to another day."'
      END,
      CASE
        WHEN measures.owner_count > 0
        THEN '"For ' || CAST(measures.owner_count AS STRING) || ' of the pieces the person is the buyer or importer named, not the consignee."'
      END,
      CASE
        WHEN measures.proxy_value_count > 0
        THEN '"For ' || CAST(measures.proxy_value_count AS STRING) || ' of the pieces the declared value stands in for the transaction value."'
      END,
      CASE
        WHEN measures.care_of_count > 0
        THEN '"' || CAST(measures.care_of_count AS STRING) || ' of the pieces are addressed in care of another; the owner may be someone else."'
      END
    ) || ']' AS counter_reasons,
    findings.rule_id,
    findings.legal_basis,
    '{' || CONCAT_WS(
      ', ',
      '"aliases": ' || CAST(measures.aliases AS STRING),
      '"carriers": ' || CAST(measures.carriers AS STRING),
      '"filers": ' || CAST(measures.filers AS STRING),
      '"mail_mixed": ' || CAST(measures.mail_count > 0 AND measures.mail_count < measures.shipments AS STRING),
      '"modes": ' || CAST(measures.modes AS STRING),
      '"orders": ' || CAST(measures.orders AS STRING),
      '"ports": ' || CAST(measures.ports AS STRING),
      '"sellers": ' || CAST(measures.sellers AS STRING),
      findings.attributes
    ) || '}' AS attributes
  FROM findings
  INNER JOIN measures
    ON findings.flag_id = measures.flag_id
)
SELECT
  *
FROM flags
