"""How few consignees hold how much, how that moves, and in which states shipments in flags are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from analytics.reports.periods import Period
from analytics.reports.small_cells import FEWEST, shown_cells, shown_total
from analytics.reports.tables import Tables
from analytics.statistics.inequality import gini, lorenz
from analytics.wording.concentration import ELSEWHERE

__all__ = ["Concentration", "measure_concentration"]

_LARGEST, _PARETO = 10, 50
_WEEKS = 52
_PER_CENT = 100
_TILES = pl.read_csv(Path(__file__).with_name("state_tiles.csv")).drop("source")
_CURVE = {"consignee_share": pl.Float64, "value_share": pl.Float64}


@dataclass(frozen=True)
class Concentration:
    """How much of the quarter's value at issue lies with how few consignees.

    Attributes
    ----------
    flagged, consignees : int
        Identities with a flag, and all that received a shipment.
    top_ten_share, half_recipients : float, int
        What the ten largest hold; how many hold half.
    gini, gini_of_all : float
        Of value at issue over the flagged, and of declared value over all.
    curve, curve_of_all : polars.DataFrame
        Their Lorenz curves: ``consignee_share`` and ``value_share``, cumulative from the smallest up.
    pareto : polars.DataFrame
        ``rank``, ``share`` and ``cumulative`` of the fifty largest.
    largest : polars.DataFrame
        The ten largest: ``identity_id``, ``display_name``, ``flags``, ``base_usd``, ``share``.
    top_percent : polars.DataFrame
        By ``monday`` of the last year: ``consignees``, how many ``top`` ones are 1% of them, and their ``share`` of the
        declared value.
    states : polars.DataFrame
        ``state``, ``name``, ``column``, ``row``, ``shipments`` and ``in_flags`` as they may be shown (small counts are
        hidden), ``flagged_share`` where it may be shown. The last row is of all other places.
    total, total_in_flags : str
        Of all states, as they may be shown.
    """

    flagged: int
    consignees: int
    top_ten_share: float
    half_recipients: int
    gini: float
    gini_of_all: float
    curve: pl.DataFrame
    curve_of_all: pl.DataFrame
    pareto: pl.DataFrame
    largest: pl.DataFrame
    top_percent: pl.DataFrame
    states: pl.DataFrame
    total: str
    total_in_flags: str


def measure_concentration(tables: Tables, period: Period) -> Concentration | None:
    """Order the quarter's consignees by value at issue; None where none was flagged."""
    held = (
        tables.flags.filter(period.quarter.holds("window_end"))
        .drop_nulls("identity_id")
        .group_by("identity_id")
        .agg(pl.col("base_usd").sum(), flags=pl.len())
        .sort("base_usd", "identity_id", descending=[True, False])
    )
    value = held["base_usd"].cast(pl.Float64)
    if value.is_empty() or not value.sum():
        return None
    shares = (value / value.sum()).round(6)
    added = (value.cum_sum() / value.sum()).round(6)
    every = _received(tables, period)
    states = _states(tables, period)
    return Concentration(
        flagged=held.height,
        consignees=len(every),
        top_ten_share=added[min(_LARGEST, held.height) - 1],
        half_recipients=next(rank for rank, share in enumerate(added, start=1) if share >= 0.5),
        gini=round(gini(value.to_numpy()), 6),
        gini_of_all=round(gini(every), 6),
        curve=pl.DataFrame(lorenz(value.to_numpy()), schema=_CURVE, orient="row"),
        curve_of_all=pl.DataFrame(lorenz(every), schema=_CURVE, orient="row"),
        pareto=pl.DataFrame({"rank": range(1, held.height + 1), "share": shares, "cumulative": added}).head(_PARETO),
        largest=_named(tables, held.head(_LARGEST).with_columns(share=shares.head(_LARGEST))),
        top_percent=_top_percent(tables, period.widened(_WEEKS)),
        states=_shown(states),
        total=shown_total(states["shipments"].to_list()),
        total_in_flags=shown_total(states["in_flags"].to_list()),
    )


def _named(tables: Tables, ten: pl.DataFrame) -> pl.DataFrame:
    names = tables.identities.select("identity_id", "display_name")
    known = names.join(ten.lazy().select("identity_id"), on="identity_id", how="semi").collect()
    return ten.join(known, on="identity_id", how="left", maintain_order="left")


def _received(tables: Tables, period: Period) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what each consignee of the quarter received, ascending."""
    arrived = tables.shipments.filter(period.quarter.holds("arrival_date"), pl.col("identity_id").is_not_null())
    value = arrived.group_by("identity_id").agg(pl.col("value_usd").sum().cast(pl.Float64)).collect()["value_usd"]
    return np.sort(value.to_numpy())


def _top_percent(tables: Tables, year: Period) -> pl.DataFrame:
    """Return for each week with data what its largest hundredth of consignees received, one at least."""
    arrived = tables.shipments.filter(year.holds("arrival_date"), pl.col("identity_id").is_not_null())
    received = arrived.group_by("identity_id", monday=pl.col("arrival_date").dt.truncate("1w")).agg(
        pl.col("value_usd").sum().cast(pl.Float64)
    )
    count = pl.len().over("monday")
    ranked = received.with_columns(
        rank=pl.col("value_usd").rank("ordinal", descending=True).over("monday"),
        top=(count + _PER_CENT - 1) // _PER_CENT,
    )
    of_top = pl.col("value_usd").filter(pl.col("rank") <= pl.col("top")).sum()
    by_week = ranked.group_by("monday").agg(
        consignees=pl.len().cast(pl.Int64),
        top=pl.col("top").first().cast(pl.Int64),
        share=(of_top / pl.col("value_usd").sum()).round(6),
    )
    return by_week.collect().sort("monday").with_columns(pl.col("share").fill_nan(0.0))


def _states(tables: Tables, period: Period) -> pl.DataFrame:
    """Count shipments of the quarter, and those in flags, by state of the consignee; other places are the last row."""
    written = pl.col("consignee_state").str.strip_chars().str.to_uppercase()
    codes = dict(zip(_TILES["name"].str.to_uppercase(), _TILES["state"], strict=True))
    codes |= {code: code for code in codes.values()}
    is_here = pl.col("consignee_country").fill_null("US") == "US"
    state = pl.when(is_here).then(written.replace_strict(codes, default=None, return_dtype=pl.String))
    flags = tables.flags.filter(period.quarter.holds("window_end")).select("flag_id")
    uids = tables.flagged.join(flags, on="flag_id", how="semi")["shipment_uid"].unique().implode()
    arrived = tables.shipments.filter(period.quarter.holds("arrival_date"))
    found = arrived.group_by(state=state).agg(
        shipments=pl.len().cast(pl.Int64), in_flags=pl.col("shipment_uid").is_in(uids).sum().cast(pl.Int64)
    )
    known = _TILES.lazy().join(found, on="state", how="left").sort("state")
    other = found.filter(pl.col("state").is_null()).with_columns(name=pl.lit(ELSEWHERE))
    both = pl.concat([known.collect(), other.collect()], how="diagonal")
    return both.with_columns(pl.col("shipments", "in_flags").fill_null(0))


def _shown(states: pl.DataFrame) -> pl.DataFrame:
    """Hide small counts; a share is shown where both of its counts are."""
    counts = {name: shown_cells(states[name].to_list()) for name in ("shipments", "in_flags")}
    is_open = [cell.replace(",", "").isdigit() for cell in counts["in_flags"]]
    share = pl.when(pl.Series(is_open), pl.col("shipments") >= FEWEST, pl.col("in_flags") >= FEWEST).then(
        (pl.col("in_flags") / pl.col("shipments")).round(6)
    )
    return states.with_columns(flagged_share=share).with_columns(
        pl.Series(name, shown, dtype=pl.String) for name, shown in counts.items()
    )
