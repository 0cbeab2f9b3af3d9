-- One informal_entry_split flag in words and figures.
-- grain: flag_id

with
crossings as (select * from int_crossings__informal_entry_split),

described as (

    select
        flag_id,
        $regime as regime,
        'informal_entry_split' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        limit_amount,
        limit_currency,
        cast(
            total_usd * (1 - cast(limit_amount as double) / cast(total_amount as double)) as decimal(18, 2)
        ) as excess_usd,
        strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        cast(shipments as varchar)
        || case way
            when 'order' then ' lots of one order'
            when 'bill' then ' shipments for one consignee on one conveyance and one house bill'
            when 'mailing' then ' mail items from one sender to one addressee on one day'
            else ' shipments for one consignee on one conveyance'
        end
        || ', each within the informal limit of ' || limit_currency || ' ' || cast(limit_amount as varchar)
        || ', are together worth ' || cast(total_amount as varchar) || '.' as reason,
        concat_ws(
            ', ',
            case
                when declared_count < shipments
                    then '"The entry type is not given for every shipment; informal entry is assumed."'
            end,
            case
                when not has_issuer
                    then '"The issuer of the order number is not known; two sellers may use the same number."'
            end,
            case
                when proxy_count > 0
                    then
                        '"The limit goes by the customs value. For ' || cast(proxy_count as varchar)
                        || ' of the shipments it is not given, and the declared value stands in."'
            end,
            case
                when numbered_count < shipments
                    then '"Entry numbers are not given for every shipment; each is taken for an entry of its own."'
            end,
            case
                when is_of_equals and (way = 'bill' or is_of_one_bill)
                    then
                        '"The entries of the bill are equal in goods and value, each with a number of its own: one may '
                        || 'have taken the place of the other, and then nothing was split."'
            end,
            case
                when is_of_several_centers
                    then
                        '"The goods are of classes that different centers process, and each class is within the limit: '
                        || '19 CFR 141.52(f) lets them be entered apart."'
            end,
            case
                when way = 'order' and is_mail and is_of_one_day
                    then
                        '"Mail is added up only where it was sent at one time, or apart to avoid duty (19 CFR 145.12). '
                        || 'The items arrived on one day; the day of mailing would settle it."'
                when way = 'order' and is_mail
                    then
                        '"Mail sent at different times is added up only where it was divided to avoid duty '
                        || '(19 CFR 145.12)."'
                when way = 'mailing'
                    then
                        '"Mail is added up where it was sent at one time (19 CFR 145.12); the day of mailing would '
                        || 'settle it."'
                when way = 'order' and not is_of_one_bill
                    then
                        '"Each instalment within the limit may be entered informally (19 CFR 143.21(b)); the lots may '
                        || 'be apart for stock, size or a back order."'
                when way = 'conveyance_consignee' and is_of_several_bills
                    then
                        '"The shipments are under ' || cast(bills as varchar)
                        || ' bills of lading, which 19 CFR 141.52(e) lets be entered apart."'
                        || case
                            when billed_count < shipments
                                then
                                    ', "Not every house bill is given; under whichever of these bills the others are, '
                                    || 'it would be within the limit."'
                            else ''
                        end
                when way = 'conveyance_consignee'
                    then
                        '"House bills are not given for every shipment. Under separate bills, separate entries are '
                        || 'allowed (19 CFR 141.52(e)); the bills would settle it."'
                when not is_of_several_centers
                    then '"Another exception of 19 CFR 141.52 may let the goods be entered apart."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        '"way": "' || way || '"' as attributes
    from crossings

)

select * from described
