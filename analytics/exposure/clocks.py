"""What ages out when: the last day on which suit may be brought, and up to which records are kept."""

from __future__ import annotations

import polars as pl

from analytics.contracts.exposure import StatuteClock
from analytics.exposure.dated import in_force, of_regime

__all__ = ["clocks_of_flags", "years_later"]

_STARTS = {"violation": "arrival_date", "entry": "arrival_date", "release": "released_on"}


def clocks_of_flags(shipments: pl.DataFrame, clocks: pl.DataFrame, totals: pl.DataFrame, regime: str) -> pl.DataFrame:
    """Return the rows of ``statute_clock``.

    Day of entry and of violation is the day of arrival, which is often the only one a manifest holds.

    Parameters
    ----------
    shipments : polars.DataFrame
        flag_id, lost, arrival_date, released_date, exemption_claimed; one row per flag and shipment.
    clocks : polars.DataFrame
        ``ref_clocks``.
    totals : polars.DataFrame
        ``flag_id`` and ``at_stake_usd``.
    regime : str
        Whose law.
    """
    dated = shipments.with_columns(released_on=pl.coalesce("released_date", "arrival_date"))
    rows = dated.join(of_regime(clocks, regime), how="cross").filter(in_force(pl.col("arrival_date")), _applies())
    started = rows.with_columns(start=_start())
    ended = started.with_columns(end=years_later(pl.col("start"), pl.col("years")))
    summed = ended.group_by("flag_id", "clock").agg(
        pl.col("kind", "counted_from", "wording", "source", "confidence").sort_by("valid_from").last(),
        first_start=pl.col("start").min(),
        last_start=pl.col("start").max(),
        first_end=pl.col("end").min(),
        last_end=pl.col("end").max(),
        shipments=pl.len().cast(pl.Int64),
    )
    staked = summed.join(totals, on="flag_id", how="left")
    return StatuteClock.validate(staked.select(StatuteClock.column_names()), cast=True).sort("flag_id", "clock")


def _applies() -> pl.Expr:
    claimed = pl.col("exemption_claimed").fill_null(value=True)
    whom = pl.col("applies_to")
    return (whom == "all") | ((whom == "exempted") & claimed) | ((whom == "entered") & ~claimed)


def _start() -> pl.Expr:
    chosen = pl.lit(None, dtype=pl.Date())
    for counted_from, column in _STARTS.items():
        chosen = pl.when(pl.col("counted_from") == counted_from).then(pl.col(column)).otherwise(chosen)
    return chosen


def years_later(start: pl.Expr, years: pl.Expr) -> pl.Expr:
    """Return the day on which a limit of some years ends.

    It is the same day of the month so many years later, and 28 February where that year has no 29th.
    """
    return start.dt.offset_by(pl.format("{}y", years))
