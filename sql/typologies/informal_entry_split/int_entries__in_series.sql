-- One informal entry without an order number that follows others of the same goods, sender and consignee by a few days.
-- grain: shipment_uid

with
entered as (
    select * from int_shipments__beside_entry_limits
    where
        grouping_key = 'conveyance_consignee'
        and is_informal
        and not has_order_number
        and sender is not null
        and identity_id is not null
        and goods is not null
),

-- any two of them are over the limit together
sizable as (

    select
        entered.*,
        'series of ' || sender || ', ' || goods || ', identity ' || identity_id as trade
    from entered
    where
        amount > cast(limit_amount * $min_series_share as decimal(18, 4))
        and case when $boundary = 'at' then amount < limit_amount else amount <= limit_amount end

),

spaced as (

    select
        sizable.*,
        lag(arrival_date) over (
            partition by trade, rule_id, limit_currency
            order by arrival_date, shipment_uid
        ) as previous_date
    from sizable

),

numbered as (

    select
        spaced.*,
        sum(case when date_diff('day', previous_date, arrival_date) > $max_series_gap_days then 1 else 0 end) over (
            partition by trade, rule_id, limit_currency
            order by arrival_date, shipment_uid
            rows between unbounded preceding and current row
        ) as run_no
    from spaced

),

runs as (

    select
        trade,
        rule_id,
        limit_currency,
        run_no,
        min(arrival_date) as first_day
    from numbered
    group by trade, rule_id, limit_currency, run_no
    -- trade that goes on and on is no sale that was cut
    having
        count(*) >= $min_series_entries
        and min(arrival_date) < max(arrival_date)
        and date_diff('day', min(arrival_date), max(arrival_date)) < $lot_window_days

),

series as (

    select
        numbered.shipment_uid,
        numbered.trade || ', from ' || cast(runs.first_day as varchar) as series_key
    from numbered
    inner join runs on
        numbered.trade = runs.trade
        and numbered.rule_id = runs.rule_id
        and numbered.limit_currency = runs.limit_currency
        and numbered.run_no = runs.run_no

)

select * from series
