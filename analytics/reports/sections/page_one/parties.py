"""Parties whose flags of the week are more than their own history and that of their role make likely.

For each seller, carrier and filer with a shipment in the week: the probability of so many flags or more on so many
shipments, under a beta-binomial law. Its mean is the party's own rate of the eight weeks before, drawn by the weight of
fifty shipments towards the rate of all parties of its role without its own week. The probabilities of all parties are
adjusted together (Benjamini and Hochberg). Parties at or below 0.05 with three flags or more are listed, the least
likely first. Volume alone lists nobody.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl

from analytics.reports.periods import Period
from analytics.reports.sections.parties import ROLES
from analytics.reports.tables import Tables
from analytics.wording.decisions import Party

__all__ = ["unusual_parties"]

_WEEKS = 8
_WEIGHT = 50
_FALSE_SHARE = 0.05
_LEAST_FLAGS = 3
_SAME_SHARE = 0.95
_MOST_RATE = 0.99
_COUNTS = ("flags", "shipments", "flags_before", "shipments_before")


def unusual_parties(tables: Tables, period: Period, contacted: Collection[tuple[str, str]] = ()) -> list[Party]:
    """Return the parties to speak to, the least likely first.

    Parameters
    ----------
    tables : Tables
        What the report read of the store.
    period : Period
        The week.
    contacted : collection of tuple of str
        Role and code of parties that were contacted already.
    """
    counted = pl.concat([_of_role(tables, period, role) for role in ROLES])
    counted = counted.join(_mirrors(tables, period), on=["role", "party"], how="left", maintain_order="left")
    is_mirror = pl.struct("role", "party").is_in(
        [{"role": "filer", "party": filer} for filer in counted["mirror"].drop_nulls()]
    )
    rated = _rated(counted.filter(~is_mirror) if counted["mirror"].drop_nulls().len() else counted)
    listed = rated.filter(pl.col("flags") >= _LEAST_FLAGS, pl.col("q_value") <= _FALSE_SHARE).sort(
        "p_value", "role", "party"
    )
    rows = listed.with_columns(pl.col("mirror", "name").fill_null("")).drop("p_value", "usual").iter_rows(named=True)
    return [Party(**row) for row in rows if (row["role"], row["party"]) not in contacted]


def _of_role(tables: Tables, period: Period, role: str) -> pl.DataFrame:
    """Count flags and shipments of each party of a role, in the week and in the eight weeks before."""
    columns = ROLES[role]
    party, before = pl.coalesce(columns), _before(period)
    in_week = period.holds("arrival_date")
    in_span = pl.col("arrival_date").is_between(before.start, period.end)
    traffic = (
        tables.shipments.filter(in_span)
        .group_by(party=party)
        .agg(shipments=in_week.sum(), shipments_before=(~in_week).sum(), name=pl.col(columns[-1]).drop_nulls().min())
        .drop_nulls("party")
        .collect()
    )
    ends = pl.col("window_end")
    flags = tables.flags.filter(ends.is_between(before.start, period.end)).select("flag_id", "window_end")
    found = tables.flagged.join(flags, on="flag_id").with_columns(party=party).unique(["party", "flag_id"])
    is_now = ends >= period.start
    sums = found.group_by("party").agg(flags=is_now.sum(), flags_before=(~is_now).sum())
    joined = traffic.join(sums, on="party", how="left").with_columns(
        pl.col("flags", "flags_before").fill_null(0), name=pl.when(len(columns) > 1).then("name"), role=pl.lit(role)
    )
    counted = joined.select("role", "party", "name", pl.col(_COUNTS).cast(pl.Int64), usual=_usual())
    return counted.filter(pl.col("shipments") > 0).sort("party")


def _usual() -> pl.Expr:
    """Return the rate of flags of all parties of a role in week and weeks before, but for a party's own week."""
    flags, shipments = ((pl.col(name) + pl.col(f"{name}_before")).sum() for name in ("flags", "shipments"))
    rate = (flags - pl.col("flags") + 0.5) / (shipments - pl.col("shipments") + 1)
    return rate.clip(upper_bound=_MOST_RATE)


def _before(period: Period) -> Period:
    return Period(period.back(_WEEKS).start, period.back(1).end) if period.is_week else period.back(1)


def _mirrors(tables: Tables, period: Period) -> pl.DataFrame:
    """Return carriers whose shipments go through one filer, which files for no other carrier."""
    arrived = tables.shipments.filter(pl.col("arrival_date").is_between(_before(period).start, period.end))
    pairs = arrived.group_by("carrier_code", "filer_code").agg(common=pl.len()).collect()
    of_carrier, of_filer = (pl.col("common").sum().over(name) for name in ("carrier_code", "filer_code"))
    is_same = pl.col("common") >= _SAME_SHARE * pl.max_horizontal(of_carrier, of_filer)
    same = pairs.filter(is_same).drop_nulls().sort("carrier_code")
    return same.select(role=pl.lit("carrier"), party="carrier_code", mirror="filer_code")


def _rated(counted: pl.DataFrame) -> pl.DataFrame:
    """Add ``p_value`` of each party, and ``q_value`` adjusted over all of them."""
    from scipy.stats import betabinom

    from analytics.statistics.chance import adjusted

    if counted.is_empty():
        return counted.with_columns(p_value=pl.lit(None, pl.Float64), q_value=pl.lit(None, pl.Float64))
    rates = counted["usual"].to_numpy()
    flags, shipments, flags_before, before = (counted[name].to_numpy() for name in _COUNTS)
    flags_before = flags_before.clip(max=before)
    hits = flags.clip(max=shipments)
    alpha, beta = _WEIGHT * rates + flags_before, _WEIGHT * (1 - rates) + before - flags_before
    p_values = np.clip(betabinom.sf(hits - 1, shipments, alpha, beta), 0, 1)
    return counted.with_columns(p_value=p_values, q_value=adjusted(p_values))
