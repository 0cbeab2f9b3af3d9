-- One group of informal entries over the informal limit together: of a bill, a conveyance, an order, a
-- mailing or a series.
-- grain: flag_id

with
pieces as (select * from int_shipments__entered_informally),

-- goods of different classes may be entered apart; those of one center may not
of_centers as (

    select
        group_key,
        way,
        rule_id,
        limit_currency,
        center,
        sum(amount) as center_amount
    from pieces
    group by group_key, way, rule_id, limit_currency, center

),

centered as (

    select
        group_key,
        way,
        rule_id,
        limit_currency,
        count(center) as centers,
        count(*) = count(center) as are_all_known,
        max(center_amount) as largest_amount
    from of_centers
    group by group_key, way, rule_id, limit_currency

),

-- pieces without a bill may at most all be under the dearest bill that is known
of_bills as (

    select
        group_key,
        way,
        rule_id,
        limit_currency,
        house_bill,
        sum(amount) as bill_amount
    from pieces
    group by group_key, way, rule_id, limit_currency, house_bill

),

billed as (

    select
        group_key,
        way,
        rule_id,
        limit_currency,
        coalesce(max(case when house_bill is not null then bill_amount end), 0)
        + coalesce(max(case when house_bill is null then bill_amount end), 0) as largest_amount
    from of_bills
    group by group_key, way, rule_id, limit_currency

),

counted as (

    select
        pieces.*,
        cast(nullif(regexp_extract(house_bill, '([0-9]{1,15})$', 1), '') as bigint) as bill_no
    from pieces

),

followed as (

    select
        counted.*,
        lag(bill_no) over (
            partition by group_key, way, rule_id, limit_currency
            order by bill_no, shipment_uid
        ) as previous_bill_no
    from counted

),

summed as (

    select
        group_key,
        way,
        rule_id,
        limit_currency,
        case when count(distinct identity_id) = 1 and count(identity_id) = count(*) then min(identity_id) end
            as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(amount) = max(amount) as is_of_one_amount,
        max(limit_amount) as limit_amount,
        min(case when way <> 'order' or has_issuer then 1 else 0 end) = 1 as has_issuer,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        count(is_informal) as declared_count,
        count(*) filter (where is_customs_value_proxy) as proxy_count,
        count(house_bill) as billed_count,
        count(distinct house_bill) as bills,
        count(conveyance_id) as conveyed_count,
        count(distinct conveyance_id || cast(arrival_date as varchar)) as conveyances,
        count(entry_number) as numbered_count,
        count(distinct entry_number) as entries,
        count(goods) as named_count,
        count(distinct goods) as kinds_of_goods,
        count(*) filter (where mode = 'mail') as mailed_count,
        count(*) filter (where bill_no = previous_bill_no + 1) as runs_on_count,
        count(*) filter (
            where amount > cast(limit_amount * (1 - $near_limit_share) as decimal(18, 4))
        ) as near_count,
        min(legal_basis) as legal_basis
    from followed
    group by group_key, way, rule_id, limit_currency

),

told as (

    select
        summed.*,
        billed_count = shipments and bills = 1 and conveyed_count = shipments and conveyances = 1 as is_of_one_bill,
        bills > 1
        and case
            when billed_count = shipments then true
            when $boundary = 'at' then billed.largest_amount < summed.limit_amount
            else billed.largest_amount <= summed.limit_amount
        end as is_of_several_bills,
        -- equal goods of one bill under numbers of their own may be one entry and the one that took its place
        numbered_count = shipments
        and entries = shipments
        and is_of_one_amount
        and named_count = shipments
        and kinds_of_goods = 1 as is_of_equals,
        mailed_count = shipments as is_mail,
        window_start = window_end as is_of_one_day,
        runs_on_count = shipments - 1 as is_numbered_in_a_row,
        near_count = shipments as is_all_near,
        named_count = shipments
        and kinds_of_goods = 1
        and date_diff('day', window_start, window_end) < $min_backorder_days as is_one_sale_cut,
        centered.are_all_known
        and centered.centers > 1
        and case
            when $boundary = 'at' then centered.largest_amount < summed.limit_amount
            else centered.largest_amount <= summed.limit_amount
        end as is_of_several_centers
    from summed
    inner join centered on
        summed.group_key = centered.group_key
        and summed.way = centered.way
        and summed.rule_id = centered.rule_id
        and summed.limit_currency = centered.limit_currency
    inner join billed on
        summed.group_key = billed.group_key
        and summed.way = billed.way
        and summed.rule_id = billed.rule_id
        and summed.limit_currency = billed.limit_currency

),

named as (

    select
        told.*,
        group_key || ', informal entry' as subject
    from told
    where
        shipments >= $min_pieces
        and case when $boundary = 'at' then total_amount >= limit_amount else total_amount > limit_amount end
        -- rows of one entry number are one entry
        and not (numbered_count = shipments and entries = 1)
        -- what one bill says, its conveyance need not say again
        and not (way = 'conveyance_consignee' and is_of_one_bill)

),

judged as (

    select
        named.*,
        case
            when is_of_several_centers then 'supporting'
            when way = 'bill'
                then
                    case
                        when is_certain and declared_count = shipments and not is_of_equals then 'objective'
                        else 'inferred'
                    end
            when way = 'conveyance_consignee' then case when is_of_several_bills then 'supporting' else 'inferred' end
            when way = 'mailing' then 'inferred'
            when way = 'series' then 'supporting'
            when is_of_one_bill
                then
                    case
                        when has_issuer and is_certain and declared_count = shipments and not is_of_equals
                            then 'objective'
                        else 'inferred'
                    end
            when is_mail then case when is_of_one_day or is_one_sale_cut then 'inferred' else 'supporting' end
            when is_one_sale_cut and has_issuer then 'inferred'
            else 'supporting'
        end as strength
    from named

),

keyed as (

    select
        flag_id($regime, 'informal_entry_split', subject, rule_id, $id_digits) as flag_id,
        judged.*
    from judged

)

select * from keyed
