-- One shipment of an order number that more than one shipment carries, with the order it belongs to.
-- grain: shipment_uid

with
shipments as (select * from int_shipments__given_one_rule),

placeholders as (select * from ref_order_placeholders),

numbered as (

    select
        shipments.shipment_uid,
        shipments.arrival_date,
        shipments.order_date,
        upper(trim(shipments.order_id)) as order_number,
        upper(trim(shipments.order_issuer)) as order_issuer,
        coalesce(shipments.identity_id, shipments.alias_id) as person
    from shipments
    left join placeholders on upper(trim(shipments.order_id)) = placeholders.order_number
    where
        shipments.order_id is not null
        and placeholders.order_number is null
        and shipments.arrival_date between $from_date and $to_date

),

-- A123-1 and A123-2 may be lots of A123; 2024-1 and 20240315-1 are running numbers of a year and of a day
stemmed as (

    select
        numbered.*,
        case
            when order_issuer is null then ''
            else regexp_extract(
                    order_number, '^([A-Z0-9_/.#-]*[A-Z][A-Z0-9_/.#-]*[0-9]{3,}|[0-9]{5,})[-_/. ]([0-9]{1,2}|[A-Z])$', 1
                )
        end as stem
    from numbered

),

stems as (

    select
        order_issuer,
        stem
    from stemmed
    where
        stem <> ''
        and not regexp_matches(
            stem, '(^|[^0-9])(19|20)[0-9][0-9](|(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]))$'
        )
    group by order_issuer, stem
    having count(distinct order_number) <= $max_lots_of_order

),

-- an issuer's number stands by itself; without one a short number is a person's own, a long one is nobody else's
based as (

    select
        stemmed.shipment_uid,
        stemmed.arrival_date,
        stemmed.order_date,
        stemmed.order_number as written_number,
        coalesce(stems.stem, stemmed.order_number) as order_number,
        stemmed.order_issuer is not null as has_issuer,
        case
            when stemmed.order_issuer is not null then 'issuer ' || stemmed.order_issuer
            when length(stemmed.order_number) >= $min_order_number_length then 'issuer not known'
            else 'issuer not known, for ' || stemmed.person
        end as order_issuer,
        stemmed.order_issuer is null
        and length(stemmed.order_number) < $min_order_number_length as is_persons_own
    from stemmed
    left join stems on stemmed.order_issuer = stems.order_issuer and stemmed.stem = stems.stem

),

repeated as (

    select
        order_issuer,
        order_number
    from based
    group by order_issuer, order_number
    having count(*) > 1

),

spaced as (

    select
        based.*,
        lag(based.arrival_date) over (
            partition by based.order_issuer, based.order_number
            order by based.arrival_date, based.shipment_uid
        ) as previous_arrival_date,
        lag(based.order_date) over (
            partition by based.order_issuer, based.order_number
            order by based.arrival_date, based.shipment_uid
        ) as previous_order_date
    from based
    inner join repeated on based.order_issuer = repeated.order_issuer and based.order_number = repeated.order_number

),

-- the same number long after is another order, unless the day of the order says otherwise
counted as (

    select
        spaced.*,
        sum(
            case
                when order_date = previous_order_date then 0
                when date_diff('day', previous_arrival_date, arrival_date) > $max_order_gap_days then 1
                else 0
            end
        ) over (
            partition by order_issuer, order_number
            order by arrival_date, shipment_uid
            rows between unbounded preceding and current row
        ) as times_used_before
    from spaced

),

keyed as (

    select
        shipment_uid,
        'order ' || order_number || ', ' || order_issuer
        || case when times_used_before > 0 then ', use ' || cast(times_used_before + 1 as varchar) else '' end
            as order_key,
        order_number,
        written_number,
        has_issuer,
        is_persons_own
    from counted

)

select * from keyed
