-- One flag of a person and looser threshold at which it is part of a larger group over the limit.
-- grain: flag_id, threshold

with
identities as (select * from int_identities__joined_by_threshold),

days as (select * from int_shipments__summed_to_joined_day),

conveyances as (select * from int_shipments__summed_to_joined_conveyance),

daily_limit as (select * from int_crossings__daily_limit),

informal_entry_split as (select * from int_crossings__informal_entry_split),

members as (select * from int_members__united),

pieces as (select * from int_shipments__entered_informally),

daily as (

    select
        daily_limit.flag_id,
        days.threshold,
        days.group_id
    from days
    inner join identities on days.threshold = identities.threshold and days.part_id = identities.part_id
    inner join daily_limit on
        identities.identity_id = daily_limit.identity_id
        and days.arrival_date = daily_limit.arrival_date
        and days.pool = daily_limit.pool
        and days.limit_amount = daily_limit.limit_amount
        and days.limit_currency = daily_limit.limit_currency

),

conveyed as (

    select distinct
        informal_entry_split.flag_id,
        informal_entry_split.identity_id,
        informal_entry_split.rule_id,
        informal_entry_split.limit_currency,
        pieces.conveyance_id,
        pieces.arrival_date
    from informal_entry_split
    inner join members on informal_entry_split.flag_id = members.flag_id
    inner join pieces on members.shipment_uid = pieces.shipment_uid and informal_entry_split.way = pieces.way
    where informal_entry_split.way in ('bill', 'conveyance_consignee')

),

informal as (

    select
        conveyed.flag_id,
        conveyances.threshold,
        conveyances.group_id
    from conveyances
    inner join identities on
        conveyances.threshold = identities.threshold
        and conveyances.part_id = identities.part_id
    inner join conveyed on
        identities.identity_id = conveyed.identity_id
        and conveyances.conveyance_id = conveyed.conveyance_id
        and conveyances.arrival_date = conveyed.arrival_date
        and conveyances.rule_id = conveyed.rule_id
        and conveyances.limit_currency = conveyed.limit_currency

),

united as (

    select
        flag_id,
        threshold,
        group_id
    from daily
    union all
    select
        flag_id,
        threshold,
        group_id
    from informal

)

select * from united
