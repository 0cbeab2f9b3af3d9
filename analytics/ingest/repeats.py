"""What only shows when rows are held side by side: repeats, two versions of one key, lines that disagree.

A repeat is a row whose key and content were handed in before; equal content hashes say so. The search reads hashes, not
rows, and DuckDB spills where they outgrow memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analytics.ingest.search import Search
from analytics.ingest.validate import reason_json

__all__ = [
    "CIRCUMSTANCES",
    "RECYCLED_AFTER_DAYS",
    "CrossCheck",
    "Staged",
    "count_keyless_twins",
    "cross_check",
    "forget",
    "remember",
]

CIRCUMSTANCES = ("two_versions", "lines_disagree", "currency_without_rate")
"""Reasons that lie in what stands beside a row: the same row may be accepted another time."""

RECYCLED_AFTER_DAYS = 365
"""A key seen again later than this is a new shipment and no version."""

_REPEATED = """
with
keyed as (select source_line, content_hash from read_parquet($staged)),
firsts as (select content_hash, min(source_line) as first_line from keyed group by content_hash),
twins as (
    select keyed.source_line from keyed
    inner join firsts on keyed.content_hash = firsts.content_hash
    where keyed.source_line > firsts.first_line
)
select source_line from twins
union
select keyed.source_line from keyed inner join known on keyed.content_hash = known.content_hash
order by source_line
"""

_REMEMBER_NOTHING = "create or replace temp table known (content_hash varchar)"

_REMEMBER_LANDED = "insert into known select content_hash from read_parquet($files)"

_REMEMBER_REJECTED = """
insert into known
select content_hash from read_parquet($files)
where len(list_filter(json_extract_string(reasons, '$[*].reason'), lambda reason: reason not in $circumstances)) > 0
"""

_COMPARED = {
    "arrival_date": "arrival_date",
    "currency": "currency",
    "consignee_name": "lower(consignee_name)",
    "consignee_address": "lower(consignee_address)",
    "consignee_address2": "lower(consignee_address2)",
    "consignee_city": "lower(consignee_city)",
    "consignee_state": "lower(consignee_state)",
    "consignee_postal_code": "lower(consignee_postal_code)",
    "consignee_country": "consignee_country",
    "consignee_phone": "consignee_phone",
    "consignee_email": "lower(consignee_email)",
    "consignee_tax_id": "consignee_tax_id_hash",
    "consignee_id": "consignee_id",
}
"""What the lines of one shipment must agree on, and what is compared."""

_EPISODES = f"""
create or replace temp table several as
with
lines as (
    select
        shipment_id, line_no, source_line, record_action, declared_at, arrival_date as arrived_on,
        {", ".join(f"{compared} as {column}" for column, compared in _COMPARED.items())}
    from read_parquet($staged)
    where has_own_key and source_line not in (select source_line from repeated)
),
numbers as (select shipment_id from lines group by shipment_id having count(*) > 1),
spaced as (
    select lines.*, date_diff('day', lag(arrived_on) over numbered, arrived_on) as gap
    from lines inner join numbers on lines.shipment_id = numbers.shipment_id
    window numbered as (partition by lines.shipment_id order by arrived_on nulls first, source_line)
)
select *, sum(case when gap > $days then 1 else 0 end) over (
    partition by shipment_id order by arrived_on nulls first, source_line
    rows between unbounded preceding and current row
) as episode
from spaced
"""

_VERSIONS = """
with
whole as (select * from several where line_no is null),
held as (
    select shipment_id, episode, line_no, source_line, declared_at from several
    union
    select several.shipment_id, several.episode, several.line_no, whole.source_line, whole.declared_at
    from several
    inner join whole on several.shipment_id = whole.shipment_id and several.episode = whole.episode
),
clashing as (
    select shipment_id, episode, list(source_line) as lines from held
    group by shipment_id, episode, line_no
    having count(*) > 1 and count(distinct declared_at) < count(*)
)
select unnest(lines) as source_line, list_sort(lines) as lines from clashing
"""

_DISAGREE = f"""
with
latest as (
    select * from several
    qualify row_number() over (
        partition by shipment_id, line_no, episode order by declared_at desc nulls last, source_line desc
    ) = 1
),
judged as (
    select
        shipment_id,
        episode,
        {", ".join(f"count(distinct {column}) > 1 as {column}" for column in _COMPARED)}
    from latest where record_action <> 'cancel'
    group by shipment_id, episode
)
select several.source_line, {", ".join(f"judged.{column}" for column in _COMPARED)}
from several
inner join judged on several.shipment_id = judged.shipment_id and several.episode = judged.episode
where {" or ".join(f"judged.{column}" for column in _COMPARED)}
order by several.source_line
"""

_TWINS = """
select coalesce(sum(found), 0) from (
    select count(*) as found from read_parquet($staged)
    where not has_own_key
    group by
        arrival_date, declared_value, currency, consignee_id, consignee_name, consignee_address, order_id, seller_id
    having count(*) > 1
)
"""


@dataclass(frozen=True)
class Staged:
    """The rows of one input before they are held against others: files of accepted and of rejected rows, if any.

    ``unread`` lists the cells of accepted rows that could not be read.
    """

    landed: Path | None
    rejected: Path | None
    unread: Path | None = None

    @property
    def files(self) -> list[Path]:
        """The files there are."""
        return [file for file in (self.landed, self.rejected) if file is not None]


@dataclass(frozen=True)
class CrossCheck:
    """What became of rows when they were held against others.

    Attributes
    ----------
    repeated : Series of int
        Lines whose key and content were handed in before.
    reasons : DataFrame
        source_line, reason, and its JSON text; a line may have several.
    """

    repeated: pl.Series
    reasons: pl.DataFrame


def forget(search: Search) -> None:
    """Begin with nothing known."""
    search.run(_REMEMBER_NOTHING)


def remember(search: Search, landed: Sequence[Path], rejected: Sequence[Path]) -> None:
    """Make rows known, so that equal ones handed in later are repeats.

    A row that was rejected for what stood beside it, and not for what it says itself, is not remembered: handed in
    again with the other row gone, or the rate given, it may be accepted.

    Parameters
    ----------
    search : Search
        Where the search runs.
    landed, rejected : sequence of Path
        Files of accepted and of rejected rows.
    """
    if landed:
        search.run(_REMEMBER_LANDED, files=[str(file) for file in landed])
    if rejected:
        files = [str(file) for file in rejected]
        search.run(_REMEMBER_REJECTED, files=files, circumstances=list(CIRCUMSTANCES))


def cross_check(staged: Staged, search: Search) -> CrossCheck:
    """Find repeats, keys in two versions that nothing puts in order, and shipments whose lines disagree.

    Parameters
    ----------
    staged : Staged
        The rows of one input.
    search : Search
        Where the search runs; it knows what `remember` told it.
    """
    repeated = _repeated(staged, search)
    empty = pl.DataFrame(schema={"source_line": pl.Int64, "code": pl.String, "reason": pl.String})
    if staged.landed is None:
        return CrossCheck(repeated, empty)
    with search.table("repeated", repeated.to_frame()):
        search.run(_EPISODES, staged=[str(staged.landed)], days=RECYCLED_AFTER_DAYS)
    reasons = pl.concat([_versions(search), _disagreements(search)])
    search.run("drop table several")
    return CrossCheck(repeated, reasons.sort("source_line", "code", "reason"))


def _repeated(staged: Staged, search: Search) -> pl.Series:
    if not staged.files:
        return pl.Series("source_line", [], dtype=pl.Int64)
    return search.frame(_REPEATED, staged=[str(file) for file in staged.files])["source_line"].cast(pl.Int64)


def _versions(search: Search) -> pl.DataFrame:
    found = search.frame(_VERSIONS)
    message = (
        "Lines {} hold different versions of this key, and no declared_at tells which is later; "
        "keep one of them, or give declared_at."
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
            f"The lines of this shipment disagree on {column}; mend the lines that are wrong.",
        )
        for column in _COMPARED
    }
    return broken.select(
        pl.col("source_line").cast(pl.Int64),
        pl.lit("lines_disagree").alias("code"),
        pl.col("column").replace_strict(reasons, return_dtype=pl.String).alias("reason"),
    )


def count_keyless_twins(staged: Staged, search: Search) -> int:
    """Return how many rows without a key of their own say the same as another such row; they are kept and reported."""
    if staged.landed is None:
        return 0
    return int(search.frame(_TWINS, staged=[str(staged.landed)]).item())
