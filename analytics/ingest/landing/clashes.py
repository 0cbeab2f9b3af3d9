"""Rows of one input that contradict each other: two versions of one key, lines of one shipment that disagree."""

from __future__ import annotations

import polars as pl

from analytics.ingest.landing.crowded import AGREED_ON
from analytics.ingest.landing.validate import reason_json
from analytics.ingest.search import Search

__all__ = ["clashing_rows"]

_VERSIONS = """
with
whole as (select * from crowded where line_no is null),
held as (
    select shipment_id, episode, line_no, source_line, declared_at, record_action from crowded
    union
    select
        crowded.shipment_id, crowded.episode, crowded.line_no, whole.source_line, whole.declared_at,
        whole.record_action
    from crowded
    inner join whole on crowded.shipment_id = whole.shipment_id and crowded.episode = whole.episode
),
clashing as (
    select shipment_id, episode, list(source_line) as lines from held
    group by shipment_id, episode, line_no
    having count(*) > 1 and count(distinct declared_at) < count(*) and bool_or(record_action <> 'cancel')
)
select crowded.source_line, list_sort(list_distinct(flatten(list(clashing.lines)))) as lines
from crowded
inner join clashing on crowded.shipment_id = clashing.shipment_id and crowded.episode = clashing.episode
where crowded.is_line or list_contains(clashing.lines, crowded.source_line)
group by crowded.source_line
order by crowded.source_line
"""

_DISAGREE = f"""
with
latest as (
    select * from crowded
    qualify row_number() over (
        partition by shipment_id, line_no, episode order by declared_at desc nulls last, source_line desc
    ) = 1
),
judged as (
    select
        shipment_id,
        episode,
        {", ".join(f"count(distinct {column}) > 1 as {column}" for column in AGREED_ON)}
    from latest where record_action <> 'cancel'
    group by shipment_id, episode
)
select crowded.source_line, {", ".join(f"judged.{column}" for column in AGREED_ON)}
from crowded
inner join judged on crowded.shipment_id = judged.shipment_id and crowded.episode = judged.episode
where {" or ".join(f"judged.{column}" for column in AGREED_ON)}
order by crowded.source_line
"""


def clashing_rows(search: Search) -> pl.DataFrame:
    """Return source_line, code and reason (JSON text) of the rows that contradict others of their input.

    Parameters
    ----------
    search : Search
        It has the table ``crowded``, without repeats and with every line numbered.
    """
    return pl.concat([_versions(search), _disagreements(search)])


def _versions(search: Search) -> pl.DataFrame:
    found = search.frame(_VERSIONS)
    message = (
        "Lines {} hold different versions of this shipment number, and no declared_at tells which is later. "
        "Keep one of them, or add declared_at."
    )
    fixed = reason_json("shipment_id", "two_versions", message).split("{}")
    named = found["lines"].cast(pl.List(pl.String)).list.join(", ") if found.height else pl.Series([], dtype=pl.String)
    return found.select(
        pl.col("source_line").cast(pl.Int64),
        pl.lit("two_versions").alias("code"),
        pl.concat_str(pl.lit(fixed[0]), pl.lit(named), pl.lit(fixed[1])).alias("reason"),
    )


def _disagreements(search: Search) -> pl.DataFrame:
    broken = search.frame(_DISAGREE).unpivot(index="source_line", variable_name="column").filter("value")
    reasons = {
        column: reason_json(
            column,
            "lines_disagree",
            f"The lines of this shipment disagree on {column}. Correct the lines that are wrong.",
        )
        for column in AGREED_ON
    }
    return broken.select(
        pl.col("source_line").cast(pl.Int64),
        pl.lit("lines_disagree").alias("code"),
        pl.col("column").replace_strict(reasons, return_dtype=pl.String).alias("reason"),
    )
