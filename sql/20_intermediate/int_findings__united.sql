-- One flag in words and figures, whatever the typology.
-- grain: flag_id

with
united as (

    select * from int_findings__daily_limit
    union all
    select * from int_findings__informal_entry_split
    union all
    select * from int_findings__order_split
    union all
    select * from int_findings__suspended_claim

)

select * from united
