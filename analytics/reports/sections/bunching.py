"""How declared values lie around the limit, and how many would lie just under it if nobody minded it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section
from analytics.reports.tables import Tables
from analytics.reports.theme import ACCENT, ALERT, DOUBT, INK, QUIET
from analytics.reports.wording import money
from analytics.rulebook.lookup import in_force
from analytics.statistics.counterfactual import Counterfactual, fit_counterfactual
from analytics.wording.bunching import (
    LEAD,
    MEANINGS,
    NO_LIMIT,
    Crowding,
    axis_title,
    bunching_sentences,
    bunching_title,
)

__all__ = ["SECTION", "Bunching", "bunching_chart", "bunching_rows", "bunching_text", "measure_bunching"]

_BIN, _WIDE_BIN, _WIDE_FROM = 10, 25, 1_000
_ROUND, _WIDE_ROUND = (50, 100), (100, 250)
_BINS_BELOW = 30
_BINS_ABOVE = 10
_NEAR_BINS = 5
_CURVE = ("expected", "expected_low", "expected_high")


@dataclass(frozen=True)
class Bunching(Crowding):
    """How declared values lie around the limit, in the quarter that ends with the period.

    Attributes
    ----------
    width : int
        Of one bin, in the currency of the limit.
    bins : polars.DataFrame
        ``low`` (excluded), ``high`` (included), ``shipments``, and ``expected``, ``expected_low``, ``expected_high``:
        the curve without a limit with its interval of 95%, null where none is fitted.
    """

    width: int
    bins: pl.DataFrame


def measure_bunching(tables: Tables, period: Period) -> Bunching | None:
    """Count values in bins around the limit that most shipments lie around; None where there is none.

    That is the limit of the exemption, or of informal entry: where no exemption is on offer but for gifts, entries are
    what is cut.
    """
    found = [each for each in (_of_claims(tables, period), _of_entries(tables, period)) if each]
    return max(found, key=lambda each: int(each.bins["shipments"].sum()), default=None)


def _of_entries(tables: Tables, period: Period) -> Bunching | None:
    """Customs values of entries, informal and formal, around the limit of informal entry."""
    held = in_force(tables.limits, period.end)
    limits = held.filter(pl.col("provision") == "informal_entry").drop_nulls("limit_amount")
    if limits.is_empty():
        return None
    amount, currency = limits.sort("limit_amount").select("limit_amount", "limit_currency").row(0)
    quarter = period.quarter
    values = tables.shipments.filter(
        ~pl.col("exemption_claimed"),
        pl.col("entry_type").is_not_null(),
        pl.col("currency") == currency,
        quarter.holds("arrival_date"),
    ).select("arrival_date", value=pl.coalesce("customs_value", "declared_value"))
    return _bunched(values, "informal entry", amount, currency)


def _of_claims(tables: Tables, period: Period) -> Bunching | None:
    """Declared values of claims around the limit that most of the quarter's days were measured by."""
    quarter = period.quarter
    days = tables.daily_totals.filter(quarter.holds("arrival_date"), pl.col("limit_amount").is_not_null())
    limits = days.group_by("limit_amount", "limit_currency").agg(days=pl.len()).collect()
    if limits.is_empty():
        return None
    amount, currency, _ = limits.sort("days", "limit_amount", descending=True).row(0)
    measured = days.filter(pl.col("limit_amount") == amount, pl.col("limit_currency") == currency)
    in_limit_currency = pl.when(pl.col("currency") == currency).then(pl.col("declared_value"))
    values = (
        tables.shipments.filter(pl.col("exemption_claimed"), quarter.holds("arrival_date"))
        .join(measured.select("identity_id", "arrival_date").unique(), on=["identity_id", "arrival_date"], how="semi")
        .select("arrival_date", value=in_limit_currency.otherwise(pl.col("value_usd") if currency == "USD" else None))
    )
    return _bunched(values, "exemption", amount, currency)


def _bunched(values: pl.LazyFrame, kind: str, limit: Decimal, currency: str) -> Bunching | None:
    """Count into bins that exclude their lower and include their upper edge: exactly the limit still passes."""
    width = _BIN if limit < _WIDE_FROM else _WIDE_BIN
    steps = ((pl.col("value").cast(pl.Float64) - float(limit)) / width).ceil().cast(pl.Int64)
    seen = values.drop_nulls("value").group_by(step=steps)
    counted = seen.agg(pl.len(), first=pl.col("arrival_date").min(), last=pl.col("arrival_date").max()).collect()
    if counted.is_empty():
        return None
    counts = dict(counted.select("step", "len").iter_rows())
    numbers = range(1 - min(_BINS_BELOW, int(limit) // width), _BINS_ABOVE + 1)
    bins = pl.DataFrame(
        {
            "low": [limit + width * (number - 1) for number in numbers],
            "high": [limit + width * number for number in numbers],
            "shipments": [counts.get(number, 0) for number in numbers],
        }
    )
    found = _fitted(bins, 1 - numbers.start, _ROUND if width == _BIN else _WIDE_ROUND)
    return Bunching(
        kind=kind,
        limit=limit,
        currency=currency,
        near=_NEAR_BINS * width,
        first=counted["first"].min(),  # type: ignore[arg-type]
        last=counted["last"].max(),  # type: ignore[arg-type]
        below=sum(counts.get(number, 0) for number in range(1 - _NEAR_BINS, 1)),
        above=sum(counts.get(number, 0) for number in range(1, 1 + _NEAR_BINS)),
        width=width,
        bins=_with_curve(bins, found),
        expected=round(found.expected, 4) if found else None,
        excess=round(found.excess, 4) if found else 0.0,
        excess_low=round(found.excess_low, 4) if found else 0.0,
        excess_high=round(found.excess_high, 4) if found else 0.0,
        is_carried_on=bool(found and found.method == "below"),
    )


def _fitted(bins: pl.DataFrame, limit: int, round_numbers: tuple[int, ...]) -> Counterfactual | None:
    """Fit what would be expected without a limit; the limit is the upper edge of the bin before its place."""
    heaps = [(bins["high"] // unit > bins["low"] // unit).to_list() for unit in round_numbers]
    near, above = range(limit - _NEAR_BINS, limit), range(limit, limit + _NEAR_BINS)
    return fit_counterfactual(bins["shipments"].to_list(), near, above, heaps)


def _with_curve(bins: pl.DataFrame, found: Counterfactual | None) -> pl.DataFrame:
    if found is None:
        return bins.with_columns(pl.lit(None, pl.Float64).alias(name) for name in _CURVE)
    curves = zip(_CURVE, (found.curve, found.low, found.high), strict=True)
    return bins.with_columns(pl.Series(name, curve.round(4)) for name, curve in curves)


def bunching_text(bunching: Bunching) -> str:
    """Say how values lie around the limit."""
    return " ".join(bunching_sentences(bunching))


def bunching_rows(bunching: Bunching) -> list[list[str]]:
    """Return the histogram as rows of text, with what is expected in each bin where a curve is fitted."""
    return [
        [
            money(row["low"], bunching.currency),
            money(row["high"], bunching.currency),
            f"{row['shipments']:,}",
            *([] if bunching.expected is None else [f"{row['expected']:,.1f}"]),
        ]
        for row in bunching.bins.iter_rows(named=True)
    ]


def bunching_chart(bunching: Bunching) -> Chart:
    """Draw the histogram around the limit with the curve without it; the bins just under it are the dark ones."""
    return Chart(
        key="bunching",
        label=bunching_title(bunching.kind),
        text=bunching_text(bunching),
        series=(_bars(bunching), *_curve(bunching)),
        across=Axis("whole", title=axis_title(bunching.kind, bunching.currency)),
        up=Axis("whole", title="Shipments", has_zero=True),
        marks=(Mark(float(bunching.limit), f"limit {money(bunching.limit, bunching.currency)}", ALERT, "beside"),),
        headings=("Over", "Up to", "Shipments", *(() if bunching.expected is None else ("Expected",))),
        rows=bunching_rows(bunching),
    )


def _bars(bunching: Bunching) -> Series:
    rows = bunching.bins.select("low", "high", "shipments").rows()
    is_near = [bunching.limit - bunching.near <= low < bunching.limit for low, _, _ in rows]
    return Series(
        "bars",
        _middles(bunching),
        [count for *_, count in rows],
        [ACCENT if near else QUIET for near in is_near],
        widths=[float(high - low) * 0.92 for low, high, _ in rows],
        words=[
            f"over {money(low, bunching.currency)} to {money(high, bunching.currency)}<br>{count:,} shipments"
            for low, high, count in rows
        ],
    )


def _curve(bunching: Bunching) -> list[Series]:
    if bunching.expected is None:
        return []
    at, bins = _middles(bunching), bunching.bins
    curve, low, high = (bins[name].to_list() for name in _CURVE)
    return [
        Series("band", at, high, DOUBT, "95% interval", base=low),
        Series("line", at, curve, INK, "Expected without a limit"),
    ]


def _middles(bunching: Bunching) -> list[float]:
    return [float((low + high) / 2) for low, high in bunching.bins.select("low", "high").iter_rows()]


def _sheets(it: Bunching | None, _: Contents) -> Mapping[str, pl.DataFrame]:
    return {"values_near_limit": it.bins} if it else {}


SECTION: Section[Bunching | None] = Section(
    key="bunching",
    place=20,
    title="Values under the limit",
    lead=LEAD,
    measure=lambda contents: measure_bunching(contents.tables, contents.period),
    charts=lambda it: (bunching_chart(it),) if it else (),
    draws={"bunching": "values around the limit, and what would be expected without it"},
    sheets=_sheets,
    meanings=MEANINGS,
    says=lambda it: [bunching_text(it) if it else NO_LIMIT],
    empty=lambda _: NO_LIMIT,
    is_half=True,
)
