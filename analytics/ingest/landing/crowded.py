"""The rows of one input whose shipment number stands in it more than once, side by side.

They are a small table that the checks beside this module ask: which rows are lines, which contradict each other.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analytics.contracts.fields import CONSIGNEE, Field
from analytics.ingest.search import Search

__all__ = ["AGREED_ON", "RECYCLED_AFTER_DAYS", "drop_repeated", "lay_out"]

RECYCLED_AFTER_DAYS = 365
"""A key seen again later than this is a new shipment and no version."""


def _compared(field: Field) -> str:
    column = f"{field.name}_hash" if field.kind == "tax_id" else field.name
    return f"lower({column})" if field.agreed == "lower" else column


AGREED_ON = {
    "arrival_date": "arrival_date",
    "currency": "currency",
    **{field.name: _compared(field) for field in CONSIGNEE if field.agreed},
}
"""What the lines of one shipment must agree on, and what is compared."""

_LAY_OUT = f"""
create or replace temp table crowded as
with
suspects as (
    select hash(shipment_id) as id_number from read_parquet($staged) where has_own_key
    group by id_number
    having count(*) > 1
),
lines as (
    select
        shipment_id, line_no, source_line, record_action, declared_at, content_hash, declared_value,
        arrival_date as arrived_on,
        {", ".join(f"{compared} as {column}" for column, compared in AGREED_ON.items())}
    from read_parquet($staged)
    where has_own_key and hash(shipment_id) in (select id_number from suspects)
    qualify count(*) over (partition by shipment_id) > 1
),
spaced as (
    select *, date_diff('day', lag(arrived_on) over numbered, arrived_on) as gap
    from lines
    window numbered as (partition by shipment_id order by arrived_on nulls first, source_line)
)
select *, sum(case when gap > $days then 1 else 0 end) over (
    partition by shipment_id order by arrived_on nulls first, source_line
    rows between unbounded preceding and current row
) as episode
from spaced
"""

_DROP = "delete from crowded where source_line in (select source_line from repeated)"

_NUMBER = """
create or replace temp table crowded as
select
    crowded.* replace (
        case
            when crowded.line_no is not null or crowded.record_action = 'cancel' then crowded.line_no
            when line_hashes.source_line is null then 1
            else row_number() over (
                partition by
                    crowded.shipment_id, crowded.episode, crowded.declared_at, crowded.record_action,
                    line_hashes.source_line is null
                order by crowded.source_line
            )
        end as line_no
    ),
    line_hashes.source_line is not null as is_line
from crowded left join line_hashes on crowded.source_line = line_hashes.source_line
"""


def lay_out(landed: Path, search: Search) -> bool:
    """Make the table ``crowded`` of an input's accepted rows, and tell whether it holds any."""
    search.run(_LAY_OUT, staged=[str(landed)], days=RECYCLED_AFTER_DAYS)
    return not search.frame("select 1 from crowded limit 1").is_empty()


def drop_repeated(repeated: pl.Series, search: Search) -> None:
    """Take repeats out of ``crowded``, and number by their place the lines that have no number."""
    with search.table("repeated", repeated.rename("source_line").to_frame()):
        search.run(_DROP)
    search.run(_NUMBER)
