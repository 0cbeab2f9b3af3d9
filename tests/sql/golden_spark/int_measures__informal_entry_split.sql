/* One informal_entry_split flag in words and figures. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__informal_entry_split
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'informal_entry_split' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    limit_amount,
    limit_currency,
    CAST(total_usd * (
      1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    CAST(shipments AS STRING) || CASE way
      WHEN 'order'
      THEN ' lots of one order'
      WHEN 'bill'
      THEN ' shipments for one consignee on one conveyance and one house bill'
      WHEN 'mailing'
      THEN ' mail items from one sender to one addressee on one day'
      ELSE ' shipments for one consignee on one conveyance'
    END || ', each within the informal limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ', are together worth ' || CAST(total_amount AS STRING) || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN declared_count < shipments
        THEN '"The entry type is not given for every shipment; informal entry is assumed."'
      END,
      CASE
        WHEN NOT has_issuer
        THEN '"The issuer of the order number is not known; two sellers may use the same number."'
      END,
      CASE
        WHEN proxy_count > 0
        THEN '"The limit goes by the customs value. For ' || CAST(proxy_count AS STRING) || ' of the shipments it is not given, and the declared value stands in."'
      END,
      CASE
        WHEN numbered_count < shipments
        THEN '"Entry numbers are not given for every shipment; each is taken for an entry of its own."'
      END,
      CASE
        WHEN is_of_equals AND (
          way = 'bill' OR is_of_one_bill
        )
        THEN '"The entries of the bill are equal in goods and value, each with a number of its own: one may ' || 'have taken the place of the other, and then nothing was split."'
      END,
      CASE
        WHEN is_of_several_centers
        THEN '"The goods are of classes that different centers process, and each class is within the limit: ' || '19 CFR 141.52(f) lets them be entered apart."'
      END,
      CASE
        WHEN way = 'order' AND is_mail AND is_of_one_day
        THEN '"Mail is added up only where it was sent at one time, or apart to avoid duty (19 CFR 145.12). ' || 'The items arrived on one day; the day of mailing would settle it."'
        WHEN way = 'order' AND is_mail
        THEN '"Mail sent at different times is added up only where it was divided to avoid duty ' || '(19 CFR 145.12)."'
        WHEN way = 'mailing'
        THEN '"Mail is added up where it was sent at one time (19 CFR 145.12); the day of mailing would ' || 'settle it."'
        WHEN way = 'order' AND NOT is_of_one_bill
        THEN '"Each instalment within the limit may be entered informally (19 CFR 143.21(b)); the lots may ' || 'be apart for stock, size or a back order."'
        WHEN way = 'conveyance_consignee' AND is_of_several_bills
        THEN '"The shipments are under ' || CAST(bills AS STRING) || ' bills of lading, which 19 CFR 141.52(e) lets be entered apart."' || CASE
          WHEN billed_count < shipments
          THEN ', "Not every house bill is given; under whichever of these bills the others are, ' || 'it would be within the limit."'
          ELSE ''
        END
        WHEN way = 'conveyance_consignee'
        THEN '"House bills are not given for every shipment. Under separate bills, separate entries are ' || 'allowed (19 CFR 141.52(e)); the bills would settle it."'
        WHEN NOT is_of_several_centers
        THEN '"Another exception of 19 CFR 141.52 may let the goods be entered apart."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    '"way": "' || way || '"' AS attributes
  FROM crossings
)
SELECT
  *
FROM described
