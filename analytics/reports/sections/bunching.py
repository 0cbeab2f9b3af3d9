"""How declared values lie around the limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.periods import Period
from analytics.reports.section import Section
from analytics.reports.tables import Tables
from analytics.reports.theme import ACCENT, ALERT, QUIET
from analytics.reports.wording import counted, days, money
from analytics.rulebook.lookup import in_force

__all__ = ["SECTION", "Bunching", "bunching_chart", "bunching_rows", "bunching_text", "measure_bunching"]

_BIN, _WIDE_BIN, _WIDE_FROM = 10, 25, 1_000
_BINS_BELOW = 30
_BINS_ABOVE = 10
_NEAR_BINS = 5
_REFERENCE_BINS = 15  # the bins before the near ones: what to expect if nobody minds the limit


_VALUES = {"exemption": "Declared value", "informal entry": "Customs value"}
_LIMITS = {"exemption": "around the limit of the exemption", "informal entry": "around the limit of informal entry"}


@dataclass(frozen=True)
class Bunching:
    """How declared values lie around the limit, in the quarter that ends with the period.

    Attributes
    ----------
    kind : str
        ``exemption`` or ``informal entry``: whose limit it is.
    limit, currency : Decimal, str
        The limit that most of the quarter's person-days were measured by, or that of informal entry.
    width : int
        Of one bin, in that currency.
    first, last : date
        Days with shipments under that limit.
    bins : polars.DataFrame
        ``low`` (excluded), ``high`` (included), ``shipments``.
    below, above : int
        Shipments in the five bins just under the limit, and just over it.
    expected : float
        What five bins hold on average in the fifteen before those.
    """

    kind: str
    limit: Decimal
    currency: str
    width: int
    first: date
    last: date
    bins: pl.DataFrame
    below: int
    above: int
    expected: float

    @property
    def near(self) -> int:
        """How far "just under" reaches, in the limit's currency."""
        return _NEAR_BINS * self.width


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
    values = (
        tables.shipments.filter(
            ~pl.col("exemption_claimed"),
            pl.col("entry_type").is_not_null(),
            pl.col("currency") == currency,
            quarter.holds("arrival_date"),
        )
        .select("arrival_date", value=pl.coalesce("customs_value", "declared_value"))
        .drop_nulls("value")
        .collect()
    )
    return None if values.is_empty() else _bunched(values, "informal entry", amount, currency)


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
        tables.shipments.filter(pl.col("exemption_claimed"))
        .join(measured.select("identity_id", "arrival_date").unique(), on=["identity_id", "arrival_date"], how="semi")
        .select("arrival_date", value=in_limit_currency.otherwise(pl.col("value_usd") if currency == "USD" else None))
        .drop_nulls("value")
        .collect()
    )
    return None if values.is_empty() else _bunched(values, "exemption", amount, currency)


def _bunched(values: pl.DataFrame, kind: str, limit: Decimal, currency: str) -> Bunching:
    """Count into bins that exclude their lower and include their upper edge: exactly the limit still passes."""
    first, last = values.select(first=pl.col("arrival_date").min(), last=pl.col("arrival_date").max()).row(0)
    width = _BIN if limit < _WIDE_FROM else _WIDE_BIN
    steps = ((pl.col("value").cast(pl.Float64) - float(limit)) / width).ceil().cast(pl.Int64)
    counts = dict(values.group_by(step=steps).agg(pl.len()).iter_rows())
    numbers = range(1 - min(_BINS_BELOW, int(limit) // width), _BINS_ABOVE + 1)
    bins = pl.DataFrame(
        {
            "low": [limit + width * (number - 1) for number in numbers],
            "high": [limit + width * number for number in numbers],
            "shipments": [counts.get(number, 0) for number in numbers],
        }
    )
    reference = range(1 - _NEAR_BINS - _REFERENCE_BINS, 1 - _NEAR_BINS)
    return Bunching(
        kind=kind,
        limit=limit,
        currency=currency,
        width=width,
        first=first,
        last=last,
        bins=bins,
        below=sum(counts.get(number, 0) for number in range(1 - _NEAR_BINS, 1)),
        above=sum(counts.get(number, 0) for number in range(1, 1 + _NEAR_BINS)),
        expected=sum(counts.get(number, 0) for number in reference) * _NEAR_BINS / _REFERENCE_BINS,
    )


def bunching_text(bunching: Bunching) -> str:
    """Say in two sentences how values lie around the limit."""
    limit, near = money(bunching.limit, bunching.currency), money(bunching.limit - bunching.near, bunching.currency)
    return (
        f"{days(bunching.first, bunching.last)}, {_LIMITS[bunching.kind]}: "
        f"{counted(bunching.below, 'shipment')} over {near} and up to {limit}, "
        f"where {bunching.expected:,.0f} would be expected from the three bands of that width below; "
        f"{bunching.above:,} in the band of that width above. "
        "A crowd under a limit is a reason to look and proves nothing about one shipment."
    )


def bunching_rows(bunching: Bunching) -> list[list[str]]:
    """Return the histogram as rows of text."""
    return [
        [money(low, bunching.currency), money(high, bunching.currency), f"{count:,}"]
        for low, high, count in bunching.bins.iter_rows()
    ]


def bunching_chart(bunching: Bunching) -> Chart:
    """Draw the histogram around the limit; the bins just under it are the dark ones."""
    limit, rows = bunching.limit, list(bunching.bins.iter_rows())
    is_near = [limit - bunching.near <= low < limit for low, _, _ in rows]
    bars = Series(
        "bars",
        [float((low + high) / 2) for low, high, _ in rows],
        [count for *_, count in rows],
        [ACCENT if near else QUIET for near in is_near],
        widths=[float(high - low) * 0.92 for low, high, _ in rows],
        words=[
            f"over {money(low, bunching.currency)} to {money(high, bunching.currency)}<br>{count:,} shipments"
            for low, high, count in rows
        ],
    )
    return Chart(
        key="bunching",
        label=f"{_VALUES[bunching.kind]}s around the limit",
        text=bunching_text(bunching),
        series=(bars,),
        across=Axis("whole", title=f"{_VALUES[bunching.kind]} ({bunching.currency})"),
        up=Axis(title="Shipments"),
        marks=(Mark(float(limit), f"limit {money(limit, bunching.currency)}", ALERT, size=13),),
        headings=("Over", "Up to", "Shipments"),
        rows=bunching_rows(bunching),
    )


SECTION: Section[Bunching | None] = Section(
    key="bunching",
    place=20,
    title="Values under the limit",
    lead="Honest values fall where prices fall. Values that mind a limit crowd just under it.",
    measure=lambda contents: measure_bunching(contents.tables, contents.period),
    charts=lambda it: (bunching_chart(it),) if it else (),
    empty=lambda _: "No shipment of the last quarter came under a limit.",
    is_half=True,
)
