/* One way in which consignee, buyer, importer and seller are named together on lines that name a buyer or importer. */
/* grain: consignee_name, buyer_name, importer_name, seller_name, is_ordered */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), named AS (
  SELECT
    consignee_name,
    buyer_name,
    importer_name,
    seller_name,
    NOT order_id IS NULL AS is_ordered,
    COUNT(*) AS lines_named_so
  FROM lines
  WHERE
    :person = 'owner' AND (
      NOT buyer_name IS NULL OR NOT importer_name IS NULL
    )
  GROUP BY
    consignee_name,
    buyer_name,
    importer_name,
    seller_name,
    NOT order_id IS NULL
)
SELECT
  *
FROM named
