"""Low, central, high: the same figures at stricter and looser identity thresholds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from analytics.reports.headline import Value, value_at_issue
from analytics.reports.periods import Period
from analytics.reports.tables import Tables

__all__ = ["at_thresholds", "ends", "mondays_with_data", "with_ends"]

_ENDS = ("low", "high")
_AMOUNT = pl.Decimal(18, 2)
_SCHEMA = {"threshold": pl.Float64(), "standing": pl.String(), "flags": pl.Int64(), "base_usd": _AMOUNT}


def mondays_with_data(tables: Tables, period: Period) -> list[date]:
    """Return the Mondays of a period, from the first week that has a shipment on; all where there is none."""
    first = tables.shipments.select(pl.col("arrival_date").min()).collect().item()
    return [monday for monday in period.mondays() if first is None or Period.of_week(monday).end >= first]


def at_thresholds(tables: Tables, period: Period) -> pl.DataFrame:
    """Return what each threshold leaves of a period.

    Returns
    -------
    polars.DataFrame
        ``threshold``, ``standing`` (high, looser, central, stricter, low, certain), ``flags``, ``base_usd`` (value at
        issue, each shipment counted once); the loosest first.
    """
    every = tables.identity_thresholds.sort("threshold").iter_rows()
    rows = [(at, standing, *_left(tables, period.start, period.end, standing)) for at, standing in every]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def ends(thresholds: pl.DataFrame, column: str) -> tuple[Any, Any] | None:
    """Return the low and the high figure of a column of `at_thresholds`; None where no threshold was tried."""
    known = dict(thresholds.select("standing", column).iter_rows())
    if "central" not in known:
        return None
    low, high = (known.get(end, known["central"]) for end in _ENDS)
    return (low, high)


def with_ends(tables: Tables, trend: pl.DataFrame) -> pl.DataFrame:
    """Add ``low_usd`` and ``high_usd`` to the weekly trend; the headline where no threshold was tried."""
    found: dict[str, list[Decimal]] = {}
    for end in _ENDS:
        weeks = (Period.of_week(monday) for monday in trend["monday"])
        found[f"{end}_usd"] = [_left(tables, week.start, week.end, end)[1] for week in weeks]
    return trend.with_columns(pl.Series(name, values, dtype=_AMOUNT) for name, values in found.items())


def _left(tables: Tables, start: date, end: date, standing: str) -> tuple[int, Decimal]:
    """Flags that stand at a threshold, and the headline of their value at issue."""
    flags = tables.flags.filter(pl.col("window_end").is_between(start, end))
    there = tables.flag_thresholds.filter(
        pl.col("standing") == standing, pl.col("window_end").is_between(start, end)
    ).select("flag_id", "is_raised", "stands", there_usd="total_usd")
    change = pl.col("there_usd") - pl.col("total_usd")
    raised = (
        flags.join(there.drop("is_raised"), on="flag_id", how="left")
        .filter(pl.col("stands").fill_null(True))
        .select("flag_id", at_issue=pl.max_horizontal(pl.col("base_usd") + change.fill_null(0), pl.lit(0, _AMOUNT)))
    )
    added = there.filter(~pl.col("is_raised")).select("flag_id", at_issue="there_usd")
    standing_flags = pl.concat([each.cast({"at_issue": _AMOUNT}) for each in (raised, added)])
    lots = tables.flagged.join(standing_flags.select("flag_id"), on="flag_id", how="semi")
    same = {name: pl.col("at_issue") for name in ("floor_usd", "base_usd", "ceiling_usd")}
    value: Value = value_at_issue(standing_flags.with_columns(**same), lots)
    return standing_flags.height, value.base
