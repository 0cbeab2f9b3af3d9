"""Rows that say what an earlier row said, under its number written in another way: ``000007801`` and ``7801``.

Numbers are compared without blanks, dashes and other marks, leading zeros and case. Such rows are kept, counted and
said; the run asks where nearly all rows of an input are so, or where a limit may depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analytics.ingest.landing.crossing import Context, dated_amounts
from analytics.ingest.questions import Question, as_error
from analytics.ingest.search import Search

__all__ = ["Reformatted", "note_forms", "reformatted_rows"]

_NEARLY_ALL = 0.9
"""Share of an input's rows from which on they are asked about."""

_FORGET = "create or replace temp table number_forms (is_marked boolean)"
_NOTE = """
insert into number_forms
select coalesce(bool_or(regexp_matches(shipment_id, '^0|[^0-9A-Z]')), false) from read_parquet($files)
where has_own_key
"""

_BARE = r"ltrim(regexp_replace(upper({}), '[^\p{{L}}\p{{N}}]+', '', 'g'), '0')"
_WORDS = r"nullif(regexp_replace(lower({}), '[^\p{{L}}\p{{N}}]+', '', 'g'), '')"

_MATCH = f"""
create or replace temp table reformatted as
with
numbered as (
    select
        shipment_id, input_no, source_file, source_line, arrival_date, declared_value, currency, consignee_id,
        consignee_tax_id_hash,
        {_BARE.format("shipment_id")} as bare_id,
        {_WORDS.format("consignee_name")} as name_key,
        {_WORDS.format("consignee_address")} as address_key
    from read_parquet($files)
    where has_own_key and record_action <> 'cancel'
),
coming as (
    select * from numbered where input_no = $input_no and source_line not in (select source_line from repeated)
)
select
    coming.source_line, coming.arrival_date, coming.name_key, coming.address_key,
    earlier.source_file as earlier_file, earlier.source_line as earlier_line
from coming
inner join numbered as earlier on
    coming.bare_id = earlier.bare_id
    and coming.arrival_date = earlier.arrival_date
    and coming.declared_value = earlier.declared_value
    and coming.currency = earlier.currency
    and coming.shipment_id <> earlier.shipment_id
where
    (earlier.input_no < coming.input_no or earlier.source_line < coming.source_line)
    and (
        coming.name_key = earlier.name_key
        or coming.address_key = earlier.address_key
        or coming.consignee_id = earlier.consignee_id
        or coming.consignee_tax_id_hash = earlier.consignee_tax_id_hash
    )
qualify row_number() over (
    partition by coming.source_line order by earlier.input_no, earlier.source_line
) = 1
"""

_PASSING = f"""
with
valued as (
    select
        landed.arrival_date,
        {_WORDS.format("landed.consignee_name")} as name_key,
        {_WORDS.format("landed.consignee_address")} as address_key,
        landed.declared_value * coalesce(rates.usd_per_unit, 1) as value_usd
    from read_parquet($files) as landed
    left join rates on
        landed.currency = rates.currency
        and landed.arrival_date >= rates.valid_from
        and (rates.valid_to is null or landed.arrival_date < rates.valid_to)
    where landed.record_action <> 'cancel'
),
days as (
    select arrival_date, name_key, address_key, sum(value_usd) as value_usd
    from valued
    group by arrival_date, name_key, address_key
),
doubled as (
    select distinct arrival_date, name_key, address_key from reformatted
)
select 1
from doubled
inner join days on
    doubled.arrival_date = days.arrival_date
    and doubled.name_key is not distinct from days.name_key
    and doubled.address_key is not distinct from days.address_key
inner join limits_usd on
    days.arrival_date >= limits_usd.valid_from
    and (limits_usd.valid_to is null or days.arrival_date < limits_usd.valid_to)
    and limits_usd.limit_usd < days.value_usd
where limits_usd.pool is distinct from 'gift'
limit 1
"""


@dataclass(frozen=True)
class Reformatted:
    """Rows of one input that may repeat earlier ones.

    Attributes
    ----------
    repeated : Series of int
        Lines that are repeats because the mapping says so.
    kept : int
        Rows that stay.
    notes : list of str
        What was found and decided.
    """

    repeated: pl.Series = field(default_factory=lambda: pl.Series("source_line", [], dtype=pl.Int64))
    kept: int = 0
    notes: list[str] = field(default_factory=list)


def note_forms(files: Sequence[Path], search: Search, *, anew: bool = False) -> None:
    """Note whether some shipment numbers bear marks, leading zeros or small letters; without any, none can differ so.

    Parameters
    ----------
    files : sequence of Path
        Accepted rows.
    search : Search
        It gets the table ``number_forms``.
    anew : bool, default=False
        Forget what was noted before.
    """
    if anew:
        search.run(_FORGET)
    if files:
        search.run(_NOTE, files=[str(file) for file in files])


def reformatted_rows(name: str, landed: Path, repeated: pl.Series, context: Context, search: Search) -> Reformatted:
    """Find the rows of one input that repeat earlier ones under a number written in another way.

    Parameters
    ----------
    name : str
        The input, for the question.
    landed : Path
        Its accepted rows.
    repeated : Series of int
        Lines that are repeats already.
    context : Context
        What the mapping says (``reformatted``), the files of earlier rows, and the limits.
    search : Search
        It has the table ``number_forms``.

    Raises
    ------
    AmbiguousInput
        Nearly all rows are so, or a limit may depend on it, and the mapping does not say what they are.
    """
    note_forms([landed], search)
    if not search.frame("select 1 from number_forms where is_marked limit 1").height:
        return Reformatted()
    first = pl.scan_parquet(landed, glob=False).select(pl.col("input_no").first(), rows=pl.len()).collect()
    files = [str(file) for file in (landed, *context.earlier)]
    with search.table("repeated", repeated.rename("source_line").to_frame()):
        search.run(_MATCH, files=files, input_no=first["input_no"].item())
    found = search.frame("select source_line, earlier_file, earlier_line from reformatted order by source_line")
    if not found.height:
        return Reformatted()
    if context.reformatted is None:
        rows = first["rows"].item() - repeated.len()
        if found.height >= _NEARLY_ALL * rows or _may_pass_a_limit(files, context, search):
            raise as_error(name, [_question(found)])
    return _decided(found, context.reformatted)


def _may_pass_a_limit(files: list[str], context: Context, search: Search) -> bool:
    """Tell whether a consignee's day with such rows is over a limit where each of them counts."""
    if context.limits is None or context.rates is None:
        return False
    with dated_amounts(context.limits, context.rates, search):
        return search.frame(_PASSING, files=files).height > 0


def _said(found: pl.DataFrame) -> str:
    line, file, earlier = found.row(0)[0], found.row(0)[1], found.row(0)[2]
    return (
        f"{found.height:,} rows say what an earlier row says, under its shipment number written in another way "
        f"(blanks, marks, leading zeros or case; the first is line {line:,}, as line {earlier:,} of {file})"
    )


def _question(found: pl.DataFrame) -> Question:
    text = f"{_said(found)}. As repeats they count once; as shipments of their own their values add up"
    return Question("reformatted", text, ('reformatted = "repeats"', 'reformatted = "shipments"'))


def _decided(found: pl.DataFrame, setting: str | None) -> Reformatted:
    if setting == "repeats":
        lines = found["source_line"].cast(pl.Int64)
        return Reformatted(lines, 0, [f"{_said(found)}: taken for repeats, as the mapping says"])
    told = "as the mapping says" if setting else 'reformatted = "repeats" in a mapping file counts them once'
    return Reformatted(kept=found.height, notes=[f"{_said(found)}: counted as shipments of their own, {told}"])
