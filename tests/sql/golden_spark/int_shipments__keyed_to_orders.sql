/* One shipment of an order number that more than one shipment carries, with the order it belongs to. */
/* grain: shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), placeholders AS (
  SELECT
    *
  FROM ref_order_placeholders
), numbered AS (
  SELECT
    shipments.shipment_uid,
    shipments.arrival_date,
    shipments.order_date,
    UPPER(TRIM(shipments.order_id)) AS order_number,
    UPPER(TRIM(shipments.order_issuer)) AS order_issuer,
    COALESCE(shipments.identity_id, shipments.alias_id) AS person
  FROM shipments
  LEFT JOIN placeholders
    ON UPPER(TRIM(shipments.order_id)) = placeholders.order_number
  WHERE
    NOT shipments.order_id IS NULL
    AND placeholders.order_number IS NULL
    AND shipments.arrival_date BETWEEN :from_date AND :to_date
), stemmed /* A123-1 and A123-2 may be lots of A123; 2024-1 and 20240315-1 are running numbers of a year and of a day */ AS (
  SELECT
    numbered.*,
    CASE
      WHEN order_issuer IS NULL
      THEN ''
      ELSE REGEXP_EXTRACT(
        order_number,
        '^([A-Z0-9_/.#-]*[A-Z][A-Z0-9_/.#-]*[0-9]{3,}|[0-9]{5,})[-_/. ]([0-9]{1,2}|[A-Z])$'
      )
    END AS stem
  FROM numbered
), stems AS (
  SELECT
    order_issuer,
    stem
  FROM stemmed
  WHERE
    stem <> ''
    AND NOT stem RLIKE '(^|[^0-9])(19|20)[0-9][0-9](|(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]))$'
  GROUP BY
    order_issuer,
    stem
  HAVING
    COUNT(DISTINCT order_number) <= :max_lots_of_order
), based /* an issuer's number stands by itself; without one a short number is a person's own, a long one is nobody else's */ AS (
  SELECT
    stemmed.shipment_uid,
    stemmed.arrival_date,
    stemmed.order_date,
    stemmed.order_number AS written_number,
    COALESCE(stems.stem, stemmed.order_number) AS order_number,
    NOT stemmed.order_issuer IS NULL AS has_issuer,
    CASE
      WHEN NOT stemmed.order_issuer IS NULL
      THEN 'issuer ' || stemmed.order_issuer
      WHEN LENGTH(stemmed.order_number) >= :min_order_number_length
      THEN 'issuer not known'
      ELSE 'issuer not known, for ' || stemmed.person
    END AS order_issuer,
    stemmed.order_issuer IS NULL
    AND LENGTH(stemmed.order_number) < :min_order_number_length AS is_persons_own
  FROM stemmed
  LEFT JOIN stems
    ON stemmed.order_issuer = stems.order_issuer AND stemmed.stem = stems.stem
), repeated AS (
  SELECT
    order_issuer,
    order_number
  FROM based
  GROUP BY
    order_issuer,
    order_number
  HAVING
    COUNT(*) > 1
), spaced AS (
  SELECT
    based.*,
    LAG(based.arrival_date) OVER (
      PARTITION BY based.order_issuer, based.order_number
      ORDER BY based.arrival_date NULLS LAST, based.shipment_uid NULLS LAST
    ) AS previous_arrival_date,
    LAG(based.order_date) OVER (
      PARTITION BY based.order_issuer, based.order_number
      ORDER BY based.arrival_date NULLS LAST, based.shipment_uid NULLS LAST
    ) AS previous_order_date
  FROM based
  INNER JOIN repeated
    ON based.order_issuer = repeated.order_issuer
    AND based.order_number = repeated.order_number
), counted /* the same number long after is another order, unless the day of the order says otherwise */ AS (
  SELECT
    spaced.*,
    SUM(
      CASE
        WHEN order_date = previous_order_date
        THEN 0
        WHEN DATEDIFF(DAY, previous_arrival_date, arrival_date) > :max_order_gap_days
        THEN 1
        ELSE 0
      END
    ) OVER (
      PARTITION BY order_issuer, order_number
      ORDER BY arrival_date NULLS LAST, shipment_uid NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS times_used_before
  FROM spaced
), keyed AS (
  SELECT
    shipment_uid,
    'order ' || order_number || ', ' || order_issuer || CASE
      WHEN times_used_before > 0
      THEN ', use ' || CAST(times_used_before + 1 AS STRING)
      ELSE ''
    END AS order_key,
    order_number,
    written_number,
    has_issuer,
    is_persons_own
  FROM counted
)
SELECT
  *
FROM keyed
