-- One identity and looser threshold that would join it with others, and the part that they would be together.
-- grain: threshold, identity_id

with
parts as (select * from identity_parts),

thresholds as (select * from identity_thresholds),

aliases as (select * from int_aliases__joined_to_identities),

joined as (

    select distinct
        parts.threshold,
        aliases.identity_id,
        parts.part_id
    from parts
    inner join thresholds on parts.threshold = thresholds.threshold
    inner join aliases on parts.alias_id = aliases.alias_id
    where thresholds.standing in ('high', 'looser')

)

select * from joined
