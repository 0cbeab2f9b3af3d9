-- One conveyance of identities that a looser threshold would join: their informal pieces, added up.
-- grain: threshold, part_id, conveyance_id, arrival_date, rule_id, limit_currency

with
pieces as (select * from int_shipments__entered_informally),

parts as (select * from identity_parts),

thresholds as (

    select * from identity_thresholds
    where standing in ('high', 'looser')

),

summed as (

    select
        parts.threshold,
        parts.part_id,
        pieces.conveyance_id,
        pieces.arrival_date,
        pieces.rule_id,
        pieces.limit_currency,
        max(pieces.limit_amount) as limit_amount,
        count(distinct pieces.identity_id) as identity_count,
        min(pieces.identity_id) as first_identity_id,
        max(pieces.identity_id) as last_identity_id,
        count(*) as shipments,
        cast(sum(pieces.amount) as decimal(18, 2)) as total_amount,
        cast(sum(pieces.value_usd) as decimal(18, 2)) as total_usd
    from pieces
    inner join parts on pieces.alias_id = parts.alias_id
    inner join thresholds on parts.threshold = thresholds.threshold
    where pieces.way = 'conveyance_consignee'
    group by
        parts.threshold,
        parts.part_id,
        pieces.conveyance_id,
        pieces.arrival_date,
        pieces.rule_id,
        pieces.limit_currency

),

over_limit as (

    select
        flag_id(
            $regime,
            'informal_entry_split',
            concat_ws('|', 'joined', part_id, conveyance_id, cast(arrival_date as varchar)),
            concat_ws('|', rule_id, limit_currency),
            $id_digits
        ) as group_id,
        summed.*
    from summed
    where identity_count > 1 and shipments >= $min_pieces and total_amount > limit_amount

)

select * from over_limit
