"""Whether equal rows, read as lines, may take a shipment or a consignee's day over a limit.

The test is rough and errs on the side of asking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analytics.ingest.landing.repeats import Staged
from analytics.ingest.search import Search

__all__ = ["Context", "crossing_rows", "dated_amounts"]

_LIMIT_COLUMNS = ("limit_amount", "limit_currency", "pool", "valid_from", "valid_to")
_UNIT = "USD"

_CROSSING = """
with
contents as (
    select
        crowded.shipment_id, crowded.episode, crowded.declared_at, crowded.content_hash,
        min(crowded.source_line) as source_line, count(*) as row_count, min(crowded.declared_value) as declared_value
    from crowded
    inner join line_sets on
        crowded.shipment_id = line_sets.shipment_id
        and crowded.episode = line_sets.episode
        and crowded.declared_at is not distinct from line_sets.declared_at
    where line_sets.row_count > line_sets.contents and not line_sets.is_settled
    group by crowded.shipment_id, crowded.episode, crowded.declared_at, crowded.content_hash
),
doubled as (
    select
        min(source_line) as source_line,
        sum(declared_value) as value_of_repeats,
        sum(row_count * declared_value) as value_of_lines
    from contents
    group by shipment_id, episode, declared_at
),
everything as (
    select *, lower(consignee_name) as name_key, lower(consignee_address) as address_key
    from read_parquet($files)
    where record_action <> 'cancel'
),
valued as (
    select everything.*, rates.usd_per_unit, everything.declared_value * coalesce(rates.usd_per_unit, 1) as value_usd
    from everything
    left join rates on
        everything.currency = rates.currency
        and everything.arrival_date >= rates.valid_from
        and (rates.valid_to is null or everything.arrival_date < rates.valid_to)
),
pieces as (
    select
        valued.*,
        doubled.value_of_repeats * coalesce(valued.usd_per_unit, 1) as least_usd,
        doubled.value_of_lines * coalesce(valued.usd_per_unit, 1) as most_usd
    from valued
    inner join doubled on valued.source_line = doubled.source_line
    where valued.input_no = $input_no
),
others as (
    select pieces.landed_id, sum(valued.value_usd) as others_usd
    from pieces
    inner join valued on
        pieces.shipment_id <> valued.shipment_id
        and (
            pieces.order_id = valued.order_id
            or (
                pieces.arrival_date = valued.arrival_date
                and (
                    pieces.name_key = valued.name_key
                    or pieces.address_key = valued.address_key
                    or pieces.consignee_id = valued.consignee_id
                    or pieces.consignee_tax_id_hash = valued.consignee_tax_id_hash
                    or pieces.consignee_email = valued.consignee_email
                    or pieces.consignee_phone = valued.consignee_phone
                )
            )
        )
    group by pieces.landed_id
)
select distinct pieces.source_line
from pieces
left join others on pieces.landed_id = others.landed_id
inner join limits_usd on
    pieces.arrival_date >= limits_usd.valid_from
    and (limits_usd.valid_to is null or pieces.arrival_date < limits_usd.valid_to)
    and (limits_usd.pool is distinct from 'gift' or pieces.is_gift)
where
    pieces.least_usd <= limits_usd.limit_usd
    and limits_usd.limit_usd < pieces.most_usd + coalesce(others.others_usd, 0)
order by pieces.source_line
"""

_LIMITS = """
create or replace temp table limits_usd as
select limits.*, limits.limit_amount * coalesce(rates.usd_per_unit, 1) as limit_usd
from limits
left join rates on
    limits.limit_currency = rates.currency
    and (rates.valid_to is null or limits.valid_from < rates.valid_to)
    and (limits.valid_to is null or limits.valid_to > rates.valid_from)
"""


@dataclass(frozen=True)
class Context:
    """What the rows of an input are held against.

    Attributes
    ----------
    rows : str or None
        ``lines``, ``repeats`` or ``totals``: what the mapping says of several rows under one number.
    reformatted : str or None
        ``repeats`` or ``shipments``: what it says of equal rows under one number written in two ways.
    limits : DataFrame or None
        Dated limits as ``ref_limits`` has them; None where there are none, and nothing is asked.
    rates : DataFrame or None
        ``ref_fx_rates``.
    earlier : sequence of Path
        Files of rows that landed before.
    """

    rows: str | None = None
    reformatted: str | None = None
    limits: pl.DataFrame | None = None
    rates: pl.DataFrame | None = None
    earlier: Sequence[Path] = field(default_factory=list)


def crossing_rows(staged: Staged, context: Context, search: Search) -> list[int]:
    """Return the first line of every shipment of equal rows whose reading may decide about a limit.

    Parameters
    ----------
    staged : Staged
        The rows of one input.
    context : Context
        The limits, and the rows that landed before.
    search : Search
        It has the tables ``crowded`` and ``line_sets``.
    """
    if context.limits is None or context.rates is None or staged.landed is None:
        return []
    files = [str(file) for file in (staged.landed, *context.earlier)]
    input_no = int(pl.scan_parquet(staged.landed).select(pl.col("input_no").first()).collect().item())
    with dated_amounts(context.limits, context.rates, search):
        found = search.frame(_CROSSING, files=files, input_no=input_no)
    return found["source_line"].to_list()


@contextmanager
def dated_amounts(limits: pl.DataFrame, rates: pl.DataFrame, search: Search) -> Iterator[None]:
    """Let queries read ``rates``, without the dollar's own, and ``limits_usd``.

    Parameters
    ----------
    limits : DataFrame
        ``ref_limits``.
    rates : DataFrame
        ``ref_fx_rates``.
    search : Search
        Where the queries run.
    """
    dates = [pl.col("valid_from", "valid_to").cast(pl.Date)]
    amounts = limits.select(_LIMIT_COLUMNS).with_columns(*dates, pl.col("limit_amount").cast(pl.Float64))
    worth = rates.select("currency", "usd_per_unit", "valid_from", "valid_to")
    worth = worth.with_columns(*dates, pl.col("usd_per_unit").cast(pl.Float64)).filter(pl.col("currency") != _UNIT)
    with search.table("limits", amounts.drop_nulls("limit_amount")), search.table("rates", worth):
        search.run(_LIMITS)
        yield
