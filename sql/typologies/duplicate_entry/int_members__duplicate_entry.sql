-- One shipment of a house bill that was entered twice: under more than one entry number, or under the exemption and
-- again with duty.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'duplicate_entry'
),

billed as (

    select
        shipments.shipment_uid,
        shipments.amount,
        upper(trim(shipments.house_bill)) as house_bill,
        coalesce(shipments.carrier_code, '-') as carrier_code,
        upper(trim(shipments.entry_number)) as entry_number,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.description,
        upper(trim(coalesce(shipments.product_id, shipments.hts_code, shipments.description))) as goods,
        shipments.quantity,
        shipments.is_claimed and shipments.exemption_basis <> 'assumed' as is_claimed,
        coalesce(shipments.entry_route in ('informal', 'formal'), false) as is_entered,
        coalesce(shipments.entry_route = 'informal', false) as is_informal,
        typologies.rule_id,
        typologies.source as legal_basis
    from shipments
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where
        shipments.house_bill is not null
        -- a release from the manifest has no entry number
        and (
            shipments.entry_number is not null
            or (shipments.is_claimed and shipments.exemption_basis <> 'assumed')
        )

),

repeated as (

    select
        carrier_code,
        house_bill,
        rule_id
    from billed
    group by carrier_code, house_bill, rule_id
    having
        count(*) > 1
        and (min(entry_number) <> max(entry_number) or count(entry_number) < count(*))

),

spaced as (

    select
        billed.*,
        lag(billed.arrival_date) over (
            partition by billed.carrier_code, billed.house_bill, billed.rule_id
            order by billed.arrival_date, billed.shipment_uid
        ) as previous_date
    from billed
    inner join repeated on
        billed.carrier_code = repeated.carrier_code
        and billed.house_bill = repeated.house_bill
        and billed.rule_id = repeated.rule_id

),

-- the same bill number long after is another bill
used as (

    select
        spaced.*,
        sum(case when date_diff('day', previous_date, arrival_date) > $max_order_gap_days then 1 else 0 end) over (
            partition by carrier_code, house_bill, rule_id
            order by arrival_date, shipment_uid
            rows between unbounded preceding and current row
        ) as use_no
    from spaced

),

counted as (

    select
        used.*,
        min(entry_number) over (partition by carrier_code, house_bill, rule_id, use_no) as first_entry,
        max(entry_number) over (partition by carrier_code, house_bill, rule_id, use_no) as last_entry,
        max(case when is_claimed and entry_number is null then 1 else 0 end) over (
            partition by carrier_code, house_bill, rule_id, use_no
        ) = 1 as has_release,
        max(case when is_entered then 1 else 0 end) over (
            partition by carrier_code, house_bill, rule_id, use_no
        ) = 1 as has_entry,
        max(case when is_entered then 0 else 1 end) over (
            partition by carrier_code, house_bill, rule_id, use_no
        ) = 0 as is_all_entered,
        max(case when goods is null or quantity is null then 1 else 0 end) over (
            partition by carrier_code, house_bill, rule_id, use_no
        ) = 0 as is_content_known,
        min(entry_number) over (partition by carrier_code, house_bill, rule_id, use_no, goods, quantity)
        <> max(entry_number) over (partition by carrier_code, house_bill, rule_id, use_no, goods, quantity) as is_again,
        'house bill ' || house_bill || ', carrier ' || carrier_code
        || case when use_no > 0 then ', use ' || cast(use_no + 1 as varchar) else '' end as subject
    from used

),

twice as (

    select * from counted
    where
        (has_release and has_entry)
        or (
            first_entry <> last_entry
            and entry_number is not null
            -- entries of other goods, or of other quantities of them, are parts of the bill
            and (is_again or not (is_all_entered and is_content_known))
        )

),

members as (

    select
        flag_id($regime, 'duplicate_entry', subject, rule_id, $id_digits) as flag_id,
        twice.*
    from twice

)

select * from members
