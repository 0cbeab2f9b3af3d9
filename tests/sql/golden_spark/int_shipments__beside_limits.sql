/* One shipment with its value beside the limit of its day, and the parties and the route it went by. */
/* grain: shipment_uid */
/* by: shipment_uid */
WITH matched AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), eligible AS NOT MATERIALIZED (
  SELECT
    *
  FROM matched
  WHERE
    NOT limit_amount IS NULL
    AND pool = 'standard'
    AND arrival_date BETWEEN :from_date AND :to_date
), unsure /* the sure answer, or of two the one with the higher limit */ AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY shipment_uid ORDER BY limit_amount DESC, coverage ASC NULLS LAST) AS _w
    FROM eligible
    WHERE
      coverage LIKE 'if %'
  ) AS _t
  WHERE
    _w = 1
), answers AS (
  SELECT
    *
  FROM eligible
  WHERE
    coverage NOT LIKE 'if %'
  UNION ALL
  SELECT
    *
  FROM unsure
), named AS (
  SELECT
    answers.shipment_uid,
    answers.arrival_date,
    answers.amount,
    answers.value_usd,
    answers.limit_amount,
    answers.limit_currency,
    answers.exemption_claimed AND answers.is_available AS is_free,
    answers.coverage = 'known' AS is_certain,
    COALESCE(answers.identity_id, answers.alias_id) AS buyer,
    UPPER(TRIM(COALESCE(answers.seller_id, answers.seller_name, answers.shipper_name))) AS seller,
    UPPER(TRIM(answers.filer_code)) AS filer,
    UPPER(TRIM(answers.carrier_code)) AS carrier,
    CASE
      WHEN NOT answers.written_origin_country IS NULL AND NOT answers.port_of_entry IS NULL
      THEN UPPER(TRIM(answers.written_origin_country)) || ' to ' || UPPER(TRIM(answers.port_of_entry))
    END AS route
  FROM answers
)
SELECT
  *
FROM named
