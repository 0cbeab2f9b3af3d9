/* One line whose owner is another than its consignee, with what is known of the owner. */
/* grain: landed_id */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), owners AS (
  SELECT
    *
  FROM named_owners
), owned AS (
  SELECT
    lines.landed_id,
    owners.owner_role,
    owners.owner_name,
    CASE WHEN owners.is_importer THEN lines.importer_id_hash END AS owner_tax_id_hash,
    CASE WHEN owners.is_importer THEN lines.importer_id_last2 END AS owner_tax_id_last2,
    CASE WHEN owners.is_seller THEN lines.seller_id END AS owner_id,
    CASE
      WHEN owners.is_seller AND NOT lines.seller_id IS NULL
      THEN COALESCE(lines.marketplace, 'sellers')
    END AS owner_id_issuer
  FROM lines
  INNER JOIN owners
    ON lines.consignee_name IS NOT DISTINCT FROM owners.consignee_name
    AND lines.buyer_name IS NOT DISTINCT FROM owners.buyer_name
    AND lines.importer_name IS NOT DISTINCT FROM owners.importer_name
    AND lines.seller_name IS NOT DISTINCT FROM owners.seller_name
    AND (
      NOT lines.order_id IS NULL
    ) = owners.is_ordered
)
SELECT
  *
FROM owned
