"""Shapes in the whole: how values sit under the limit, which typologies there are, how few hold how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from analytics.reports.periods import Period
from analytics.reports.tables import Tables

__all__ = [
    "Bunching",
    "Concentration",
    "measure_bunching",
    "measure_concentration",
    "typologies_by_week",
]

_QUARTER = 13
_BIN = 10
_BINS_BELOW = 30
_BINS_ABOVE = 10
_NEAR_BINS = 5
_REFERENCE_BINS = 15  # the bins before the near ones: what to expect if nobody minds the limit
_CURVE_POINTS = 100
_LARGEST = 10


@dataclass(frozen=True)
class Bunching:
    """How declared values lie around the limit, in the quarter that ends with the period.

    Attributes
    ----------
    limit, currency : Decimal, str
        The limit that most of the quarter's person-days were measured by.
    first, last : date
        Days with pieces under that limit.
    bins : polars.DataFrame
        ``low`` (excluded), ``high`` (included), ``shipments``.
    below, above : int
        Shipments in the five bins just under the limit, and just over it.
    expected : float
        What five bins hold on average in the fifteen before those.
    """

    limit: Decimal
    currency: str
    first: date
    last: date
    bins: pl.DataFrame
    below: int
    above: int
    expected: float

    @property
    def near(self) -> int:
        """How far "just under" reaches, in the limit's currency."""
        return _NEAR_BINS * _BIN


@dataclass(frozen=True)
class Concentration:
    """How much of the quarter's value at issue lies with how few recipients.

    Attributes
    ----------
    recipients : int
        Identities with a flag.
    curve : polars.DataFrame
        ``recipient_share`` and ``value_share``, both cumulative from the largest down, from 0 to 1.
    top_ten_share, half_recipients : float, int
        What the ten largest hold; how many hold half.
    largest : polars.DataFrame
        The ten largest: ``identity_id``, ``display_name``, ``flags``, ``base_usd``, ``share``.
    """

    recipients: int
    curve: pl.DataFrame
    top_ten_share: float
    half_recipients: int
    largest: pl.DataFrame


def measure_bunching(tables: Tables, period: Period) -> Bunching | None:
    """Count declared values in bins of ten around the limit; None where no limit was in force."""
    quarter = period.widened(_QUARTER)
    days = tables.daily_totals.filter(
        pl.col("arrival_date").is_between(quarter.start, quarter.end), pl.col("limit_amount").is_not_null()
    )
    limits = days.group_by("limit_amount", "limit_currency").agg(days=pl.len()).collect()
    if limits.is_empty():
        return None
    amount, currency, _ = limits.sort("days", "limit_amount", descending=True).row(0)
    measured = days.filter(pl.col("limit_amount") == amount, pl.col("limit_currency") == currency)
    in_limit_currency = pl.when(pl.col("currency") == currency).then(pl.col("declared_value"))
    values = (
        tables.shipments.filter(pl.col("exemption_claimed"))
        .join(measured.select("identity_id", "arrival_date").unique(), on=["identity_id", "arrival_date"], how="semi")
        .select("arrival_date", value=in_limit_currency.otherwise(pl.col("value_usd") if currency == "USD" else None))
        .drop_nulls("value")
        .collect()
    )
    return None if values.is_empty() else _bunched(values, amount, currency)


def _bunched(values: pl.DataFrame, limit: Decimal, currency: str) -> Bunching:
    """Count into bins that exclude their lower and include their upper edge: exactly the limit still passes."""
    first, last = values.select(first=pl.col("arrival_date").min(), last=pl.col("arrival_date").max()).row(0)
    steps = ((pl.col("value").cast(pl.Float64) - float(limit)) / _BIN).ceil().cast(pl.Int64)
    counts = dict(values.group_by(step=steps).agg(pl.len()).iter_rows())
    numbers = range(1 - _BINS_BELOW, _BINS_ABOVE + 1)
    bins = pl.DataFrame(
        {
            "low": [limit + _BIN * (number - 1) for number in numbers],
            "high": [limit + _BIN * number for number in numbers],
            "shipments": [counts.get(number, 0) for number in numbers],
        }
    )
    reference = range(1 - _NEAR_BINS - _REFERENCE_BINS, 1 - _NEAR_BINS)
    return Bunching(
        limit=limit,
        currency=currency,
        first=first,
        last=last,
        bins=bins,
        below=sum(counts.get(number, 0) for number in range(1 - _NEAR_BINS, 1)),
        above=sum(counts.get(number, 0) for number in range(1, 1 + _NEAR_BINS)),
        expected=sum(counts.get(number, 0) for number in reference) * _NEAR_BINS / _REFERENCE_BINS,
    )


def typologies_by_week(tables: Tables, period: Period) -> pl.DataFrame:
    """Count ``flags`` for each ``monday`` of the quarter and each ``typology`` tested that puts a value at issue."""
    quarter = period.widened(_QUARTER)
    tested = tables.typology_status.filter(pl.col("tested") == "yes").select("typology")
    tested = tested.join(tables.typologies.filter(pl.col("reading") == "none"), on="typology", how="anti")
    counts = (
        tables.flags.filter(pl.col("window_end").is_between(quarter.start, quarter.end))
        .group_by(monday=pl.col("window_end").dt.truncate("1w"), typology="typology")
        .agg(flags=pl.len().cast(pl.Int64))
    )
    names = pl.concat([tested, counts.select("typology")]).unique()
    first = tables.shipments.select(pl.col("arrival_date").min()).collect().item()
    mondays = [monday for monday in quarter.mondays() if first is None or Period.of_week(monday).end >= first]
    grid = pl.DataFrame({"monday": mondays}, schema={"monday": pl.Date}).join(names, how="cross")
    return (
        grid.join(counts, on=["monday", "typology"], how="left")
        .with_columns(pl.col("flags").fill_null(0))
        .sort("typology", "monday")
    )


def measure_concentration(tables: Tables, period: Period) -> Concentration | None:
    """Order the quarter's recipients by value at issue; None where none was flagged."""
    quarter = period.widened(_QUARTER)
    held = (
        tables.flags.filter(pl.col("window_end").is_between(quarter.start, quarter.end))
        .drop_nulls("identity_id")
        .group_by("identity_id")
        .agg(pl.col("base_usd").sum(), flags=pl.len())
        .sort("base_usd", "identity_id", descending=[True, False])
    )
    value = held["base_usd"].cast(pl.Float64)
    if value.is_empty() or not value.sum():
        return None
    shares = [0.0, *(value.cum_sum() / value.sum()).to_list()]
    last = len(value)
    ranks = sorted({round(last * step / _CURVE_POINTS) for step in range(_CURVE_POINTS + 1)})
    curve = pl.DataFrame(
        {"recipient_share": [rank / last for rank in ranks], "value_share": [round(shares[rank], 6) for rank in ranks]}
    )
    names = tables.identities.select("identity_id", "display_name")
    ten = held.head(_LARGEST).with_columns(share=(pl.col("base_usd").cast(pl.Float64) / value.sum()).round(6))
    return Concentration(
        recipients=last,
        curve=curve,
        top_ten_share=round(shares[min(_LARGEST, last)], 6),
        half_recipients=next(rank for rank, share in enumerate(shares) if share >= 0.5),
        largest=ten.lazy().join(names, on="identity_id", how="left", maintain_order="left").collect(),
    )
