-- One inferred_order_split flag in words and figures.
-- grain: flag_id

with
crossings as (select * from int_crossings__inferred_order_split),

described as (

    select
        flag_id,
        $regime as regime,
        'inferred_order_split' as typology,
        identity_id,
        identity_id || ', seller ' || seller_key || ', from ' || cast(window_start as varchar) as subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        limit_amount,
        limit_currency,
        cast(
            total_usd * (1 - cast(limit_amount as double) / cast(total_amount as double)) as decimal(18, 2)
        ) as excess_usd,
        'inferred' as strength,
        score as size,
        cast(shipments as varchar) || ' shipments without an order number came from one seller to one person on '
        || cast(day_count as varchar) || case when day_count = 1 then ' day' else ' days' end
        || ', each within the limit of ' || limit_currency || ' ' || cast(limit_amount as varchar)
        || ' and together worth ' || cast(total_amount as varchar)
        || '; they look more like lots of one order than like separate ones (score '
        || cast(cast(score as decimal(18, 2)) as varchar) || '). ' || grounds as reason,
        concat_ws(
            ', ',
            '"No order number ties them together; one on any of them would settle it."',
            case
                when is_like_back_order
                    then '"A small rest came after nearly all of it: it may have been out of stock."'
            end,
            case
                when is_like_repeat
                    then
                        '"Two of them are alike in value and in goods as far as known: '
                        || 'a replacement or a subscription would look so."'
            end,
            case
                when is_evenly_spaced
                    then '"They came at even intervals, as a subscription does."'
            end,
            case
                when not knows_goods
                    then '"There are too few product numbers to say whether the goods belong together."'
            end,
            case
                when other_orders = 0
                    then '"This buyer has no other order from that seller: what is usual is taken from other buyers."'
            end,
            case when not is_certain then '"Origin or mode is not known for some of them."' end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"days": ' || cast(day_count as varchar),
            '"other_orders": ' || cast(other_orders as varchar),
            '"score": ' || cast(score as varchar),
            '"weight_of_goods": ' || cast(goods as varchar),
            '"weight_of_numbers": ' || cast(numbers as varchar),
            '"weight_of_pace": ' || cast(pace as varchar),
            '"weight_of_values": ' || cast(worth as varchar)
        ) as attributes
    from crossings

)

select * from described
