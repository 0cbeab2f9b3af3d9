"""Consignees flagged for the first time, more often, or again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section, Table
from analytics.reports.tables import Tables
from analytics.reports.wording import counted, day, dollars, name_of, short

__all__ = ["SECTION", "Recipients", "recipients"]

_SHOWN_RECIPIENTS = 25
_BRIEF = 5
_MOST_NAME = 90


@dataclass(frozen=True)
class Recipients:
    """The consignees that are shown, and how many there are in all."""

    shown: pl.DataFrame
    count: int


def _measure(contents: Contents) -> Recipients:
    return Recipients(*recipients(contents.tables, contents.period))


def recipients(tables: Tables, period: Period) -> tuple[pl.DataFrame, int]:
    """Return the consignees flagged in the period, the dearest first, and how many there are in all.

    Returns
    -------
    polars.DataFrame
        ``identity_id``, ``display_name``, ``display_address``, ``status`` (new: first flag ever; growing or returning:
        flagged before, with more flags or not than in the busiest of those weeks), ``flags``, ``flags_before``,
        ``first_day`` (first shipment), ``sellers``, ``base_usd``, ``typologies``.
    """
    flags = tables.flags.drop_nulls("identity_id")
    now = flags.filter(period.holds("window_end"))
    before = flags.filter(pl.col("window_end") < period.start)
    busiest = (
        before.group_by("identity_id", pl.col("window_end").dt.truncate("1w"))
        .agg(pl.len())
        .group_by("identity_id")
        .agg(flags_before=pl.col("len").sum().cast(pl.Int64), busiest=pl.col("len").max())
    )
    sellers = (
        tables.flagged.join(now.select("flag_id", flagged_identity="identity_id"), on="flag_id")
        .group_by(identity_id="flagged_identity")
        .agg(sellers=pl.coalesce("seller_id", "seller_name").drop_nulls().n_unique())
    )
    found = (
        now.group_by("identity_id")
        .agg(
            flags=pl.len().cast(pl.Int64),
            base_usd=pl.col("base_usd").sum(),
            typologies=pl.col("typology").unique().sort(),
        )
        .join(busiest, on="identity_id", how="left")
        .join(sellers, on="identity_id", how="left")
        .with_columns(pl.col("flags_before").fill_null(0), pl.col("sellers").fill_null(0))
        .with_columns(status=_status())
        .sort("base_usd", "identity_id", descending=[True, False])
    )
    names = tables.identities.select("identity_id", "display_name", "display_address", "first_day")
    shown = found.head(_SHOWN_RECIPIENTS)
    known = names.join(shown.lazy().select("identity_id"), on="identity_id", how="semi").collect()
    return shown.join(known, on="identity_id", how="left", maintain_order="left").drop("busiest"), found.height


def _status() -> pl.Expr:
    is_new = pl.col("flags_before") == 0
    return (
        pl.when(is_new)
        .then(pl.lit("new"))
        .when(pl.col("flags") > pl.col("busiest"))
        .then(pl.lit("growing"))
        .otherwise(pl.lit("returning"))
    )


def _table(found: Recipients) -> list[Table]:
    """Return the consignees as a table."""
    if found.shown.is_empty():
        return []
    headings = ("Consignee", "Status", "Flags", "Before", "Value at issue", "Sellers", "First shipment", "Typologies")
    rows = [_row(row) for row in found.shown.iter_rows(named=True)]
    more = found.count > found.shown.height
    note = f"The {found.shown.height} with the most at issue, of {counted(found.count, 'consignee')}." if more else ""
    return [Table(headings, rows, numbers=frozenset({2, 3, 4, 5}), note=note)]


def _row(row: dict[str, Any]) -> list[str]:
    where = row["display_address"] or row["identity_id"]
    return [
        f"{short(row['display_name'] or '(no name)', _MOST_NAME)}\n{short(where, _MOST_NAME)}",
        row["status"],
        f"{row['flags']:,}",
        f"{row['flags_before']:,}",
        dollars(row["base_usd"]),
        f"{row['sellers']:,}",
        day(row["first_day"]),
        ", ".join(name_of(typology) for typology in row["typologies"]),
    ]


def _brief(found: Recipients) -> list[Table]:
    """Return the first few that are new or growing."""
    rising = found.shown.filter(pl.col("status").is_in(["new", "growing"])).head(_BRIEF)
    rows = [_row(row)[:5] for row in rising.iter_rows(named=True)]
    headings = ("Consignee", "Status", "Flags", "Before", "Value at issue")
    return [Table(headings, rows, "New and growing consignees", frozenset({2, 3, 4}))] if rows else []


SECTION = Section(
    key="recipients",
    place=70,
    title="New, growing and returning consignees",
    lead=(
        "Consignees flagged in this period. New: never flagged before. Growing: more flags than in any week before. "
        "Returning: flagged before, and not more often now."
    ),
    measure=_measure,
    tables=_table,
    brief=_brief,
)
