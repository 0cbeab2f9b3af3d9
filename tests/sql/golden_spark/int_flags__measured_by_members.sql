/* One flag and what its shipments say about it: who carried them, how they were dated and named. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__united
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), health AS (
  SELECT
    *
  FROM identity_health
), measured AS (
  SELECT
    members.flag_id,
    COUNT(*) AS shipments,
    COUNT(DISTINCT shipments.carrier_code) AS carriers,
    COUNT(DISTINCT shipments.filer_code) AS filers,
    COUNT(DISTINCT shipments.port_of_entry) AS ports,
    COUNT(DISTINCT shipments.mode) AS modes,
    COUNT(*) FILTER(WHERE
      shipments.mode = 'mail') AS mail_count,
    COUNT(DISTINCT shipments.alias_id) AS aliases,
    COUNT(DISTINCT COALESCE(shipments.seller_id, shipments.seller_name)) AS sellers,
    COUNT(DISTINCT shipments.order_id) AS orders,
    COUNT(*) FILTER(WHERE
      shipments.date_basis <> 'arrival') AS other_date_count,
    COUNT(*) FILTER(WHERE
      shipments.exemption_basis = 'assumed') AS assumed_claim_count,
    COUNT(*) FILTER(WHERE
      shipments.is_near_midnight) AS near_midnight_count,
    COUNT(*) FILTER(WHERE
      shipments.person_role <> 'consignee') AS owner_count,
    COUNT(*) FILTER(WHERE
      shipments.value_basis = 'proxy') AS proxy_value_count,
    COUNT(*) FILTER(WHERE
      LOWER(
        CONCAT_WS(
          ' ',
          shipments.consignee_name,
          shipments.consignee_address,
          shipments.consignee_address2
        )
      ) LIKE '%c/o %') AS care_of_count,
    CASE
      WHEN COUNT(DISTINCT shipments.alias_id) = 1
      THEN CAST(1 AS DOUBLE)
      ELSE COALESCE(MIN(health.weakest_link), 1)
    END AS weakest_link
  FROM members
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  LEFT JOIN health
    ON shipments.identity_id = health.identity_id
  GROUP BY
    members.flag_id
)
SELECT
  *
FROM measured
