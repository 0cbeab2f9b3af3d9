/* One group of informal entries over the informal limit together: of a bill, a conveyance, an order, a */
/* mailing or a series. */
/* grain: flag_id */
WITH pieces AS (
  SELECT
    *
  FROM int_shipments__entered_informally
), of_centers /* goods of different classes may be entered apart; those of one center may not */ AS (
  SELECT
    group_key,
    way,
    rule_id,
    limit_currency,
    center,
    SUM(amount) AS center_amount
  FROM pieces
  GROUP BY
    group_key,
    way,
    rule_id,
    limit_currency,
    center
), centered AS (
  SELECT
    group_key,
    way,
    rule_id,
    limit_currency,
    COUNT(center) AS centers,
    COUNT(*) = COUNT(center) AS are_all_known,
    MAX(center_amount) AS largest_amount
  FROM of_centers
  GROUP BY
    group_key,
    way,
    rule_id,
    limit_currency
), of_bills /* pieces without a bill may at most all be under the dearest bill that is known */ AS (
  SELECT
    group_key,
    way,
    rule_id,
    limit_currency,
    house_bill,
    SUM(amount) AS bill_amount
  FROM pieces
  GROUP BY
    group_key,
    way,
    rule_id,
    limit_currency,
    house_bill
), billed AS (
  SELECT
    group_key,
    way,
    rule_id,
    limit_currency,
    COALESCE(MAX(CASE WHEN NOT house_bill IS NULL THEN bill_amount END), 0) + COALESCE(MAX(CASE WHEN house_bill IS NULL THEN bill_amount END), 0) AS largest_amount
  FROM of_bills
  GROUP BY
    group_key,
    way,
    rule_id,
    limit_currency
), counted AS (
  SELECT
    pieces.*,
    CAST(NULLIF(REGEXP_EXTRACT(house_bill, '([0-9]{1,15})$'), '') AS BIGINT) AS bill_no
  FROM pieces
), followed AS (
  SELECT
    counted.*,
    LAG(bill_no) OVER (
      PARTITION BY group_key, way, rule_id, limit_currency
      ORDER BY bill_no NULLS LAST, shipment_uid NULLS LAST
    ) AS previous_bill_no
  FROM counted
), summed AS (
  SELECT
    group_key,
    way,
    rule_id,
    limit_currency,
    CASE
      WHEN COUNT(DISTINCT identity_id) = 1 AND COUNT(identity_id) = COUNT(*)
      THEN MIN(identity_id)
    END AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(amount) = MAX(amount) AS is_of_one_amount,
    MAX(limit_amount) AS limit_amount,
    MIN(CASE WHEN way <> 'order' OR has_issuer THEN 1 ELSE 0 END) = 1 AS has_issuer,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    COUNT(is_informal) AS declared_count,
    COUNT(*) FILTER(WHERE
      is_customs_value_proxy) AS proxy_count,
    COUNT(house_bill) AS billed_count,
    COUNT(DISTINCT house_bill) AS bills,
    COUNT(conveyance_id) AS conveyed_count,
    COUNT(DISTINCT conveyance_id || CAST(arrival_date AS STRING)) AS conveyances,
    COUNT(entry_number) AS numbered_count,
    COUNT(DISTINCT entry_number) AS entries,
    COUNT(goods) AS named_count,
    COUNT(DISTINCT goods) AS kinds_of_goods,
    COUNT(*) FILTER(WHERE
      mode = 'mail') AS mailed_count,
    COUNT(*) FILTER(WHERE
      bill_no = previous_bill_no + 1) AS runs_on_count,
    COUNT(*) FILTER(WHERE
      amount > CAST(limit_amount * (
        1 - :near_limit_share
      ) AS DECIMAL(18, 4))) AS near_count,
    MIN(legal_basis) AS legal_basis
  FROM followed
  GROUP BY
    group_key,
    way,
    rule_id,
    limit_currency
), told AS (
  SELECT
    summed.*,
    billed_count = shipments
    AND bills = 1
    AND conveyed_count = shipments
    AND conveyances = 1 AS is_of_one_bill,
    bills > 1
    AND CASE
      WHEN billed_count = shipments
      THEN TRUE
      WHEN :boundary = 'at'
      THEN billed.largest_amount < summed.limit_amount
      ELSE billed.largest_amount <= summed.limit_amount
    END AS is_of_several_bills,
    numbered_count /* equal goods of one bill under numbers of their own may be one entry and the one that took its place */ = shipments
    AND entries = shipments
    AND is_of_one_amount
    AND named_count = shipments
    AND kinds_of_goods = 1 AS is_of_equals,
    mailed_count = shipments AS is_mail,
    window_start = window_end AS is_of_one_day,
    runs_on_count = shipments - 1 AS is_numbered_in_a_row,
    near_count = shipments AS is_all_near,
    named_count = shipments
    AND kinds_of_goods = 1
    AND DATEDIFF(DAY, window_start, window_end) < :min_backorder_days AS is_one_sale_cut,
    centered.are_all_known
    AND centered.centers > 1
    AND CASE
      WHEN :boundary = 'at'
      THEN centered.largest_amount < summed.limit_amount
      ELSE centered.largest_amount <= summed.limit_amount
    END AS is_of_several_centers
  FROM summed
  INNER JOIN centered
    ON summed.group_key = centered.group_key
    AND summed.way = centered.way
    AND summed.rule_id = centered.rule_id
    AND summed.limit_currency = centered.limit_currency
  INNER JOIN billed
    ON summed.group_key = billed.group_key
    AND summed.way = billed.way
    AND summed.rule_id = billed.rule_id
    AND summed.limit_currency = billed.limit_currency
), named AS (
  SELECT
    told.*,
    group_key || ', informal entry' AS subject
  FROM told
  WHERE
    shipments >= :min_pieces
    AND CASE
      WHEN :boundary = 'at'
      THEN total_amount >= limit_amount
      ELSE total_amount > limit_amount
    END
    AND /* rows of one entry number are one entry */ NOT (
      numbered_count = shipments AND entries = 1
    )
    AND /* what one bill says, its conveyance need not say again */ NOT (
      way = 'conveyance_consignee' AND is_of_one_bill
    )
), judged AS (
  SELECT
    named.*,
    CASE
      WHEN is_of_several_centers
      THEN 'supporting'
      WHEN way = 'bill'
      THEN CASE
        WHEN is_certain AND declared_count = shipments AND NOT is_of_equals
        THEN 'objective'
        ELSE 'inferred'
      END
      WHEN way = 'conveyance_consignee'
      THEN CASE WHEN is_of_several_bills THEN 'supporting' ELSE 'inferred' END
      WHEN way = 'mailing'
      THEN 'inferred'
      WHEN way = 'series'
      THEN 'supporting'
      WHEN is_of_one_bill
      THEN CASE
        WHEN has_issuer AND is_certain AND declared_count = shipments AND NOT is_of_equals
        THEN 'objective'
        ELSE 'inferred'
      END
      WHEN is_mail
      THEN CASE WHEN is_of_one_day OR is_one_sale_cut THEN 'inferred' ELSE 'supporting' END
      WHEN is_one_sale_cut AND has_issuer
      THEN 'inferred'
      ELSE 'supporting'
    END AS strength
  FROM named
), keyed AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'informal_entry_split', subject, rule_id)), :id_digits) AS flag_id,
    judged.*
  FROM judged
)
SELECT
  *
FROM keyed
