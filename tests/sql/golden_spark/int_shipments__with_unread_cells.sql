/* One current shipment with the columns of its lines that hold a cell nobody could read, written as |hts_code|mode|. */
/* grain: shipment_uid */
WITH lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), cells AS (
  SELECT
    input_no,
    source_line,
    `column` AS field
  FROM unread_cells
), found AS (
  SELECT DISTINCT
    lines.shipment_uid,
    cells.field
  FROM lines
  INNER JOIN cells
    ON lines.input_no = cells.input_no AND lines.source_line = cells.source_line
), listed AS (
  SELECT
    shipment_uid,
    '|' || LISTAGG(field, '|') WITHIN GROUP (ORDER BY
      field NULLS LAST) || '|' AS unread
  FROM found
  GROUP BY
    shipment_uid
)
SELECT
  *
FROM listed
