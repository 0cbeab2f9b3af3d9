"""How few consignees hold how much of the value at issue."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.periods import Period
from analytics.reports.section import Section, Table
from analytics.reports.tables import Tables
from analytics.reports.theme import ACCENT, MUTED
from analytics.reports.wording import counted, dollars, percent

__all__ = ["SECTION", "Concentration", "concentration_chart", "concentration_text", "measure_concentration"]

_CURVE_POINTS = 100
_LARGEST = 10


@dataclass(frozen=True)
class Concentration:
    """How much of the quarter's value at issue lies with how few consignees.

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


def measure_concentration(tables: Tables, period: Period) -> Concentration | None:
    """Order the quarter's consignees by value at issue; None where none was flagged."""
    quarter = period.quarter
    held = (
        tables.flags.filter(quarter.holds("window_end"))
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


def concentration_text(found: Concentration | None) -> str:
    """Say how few consignees hold how much."""
    if found is None:
        return "No consignee was flagged in the last quarter."
    return (
        f"Flagged in the last quarter: {counted(found.recipients, 'consignee')}. Half of the value at issue lies with "
        f"{found.half_recipients:,} of them, {percent(found.top_ten_share)} with the ten largest."
    )


def concentration_chart(concentration: Concentration) -> Chart:
    """Draw the cumulative share of value against the share of flagged consignees, the largest first."""
    curve = concentration.curve
    share_of_people, share_of_value = curve["recipient_share"].to_list(), curve["value_share"].to_list()
    words = [
        f"the largest {percent(people)} of consignees<br>hold {percent(value)} of the value"
        for people, value in zip(share_of_people, share_of_value, strict=True)
    ]
    largest = "Flagged consignees, largest first"
    return Chart(
        key="concentration",
        label="Concentration of value at issue",
        text=concentration_text(concentration),
        series=(
            Series("line", [0, 1], [0, 1], MUTED, "If all were alike", is_dotted=True),
            Series("line", share_of_people, share_of_value, ACCENT, largest, words=words, is_filled=True),
        ),
        across=Axis("share", title="Share of flagged consignees", ends=(0, 1)),
        up=Axis("share", title="Share of value at issue", ends=(0, 1.02)),
    )


def _largest(found: Concentration | None) -> list[Table]:
    """Return the ten largest consignees of the quarter as a table."""
    if found is None:
        return []
    rows = [
        [row["display_name"] or row["identity_id"], f"{row['flags']:,}", dollars(row["base_usd"]),
         percent(row["share"])]
        for row in found.largest.iter_rows(named=True)
    ]  # fmt: skip
    headings = ("Consignee", "Flags", "Value at issue", "Share")
    return [Table(headings, rows, "The ten largest of the quarter", frozenset({1, 2, 3}))]


SECTION: Section[Concentration | None] = Section(
    key="concentration",
    place=40,
    title="How few hold how much",
    lead=(
        "Consignees flagged in the last thirteen weeks, from the largest down. The further the curve from the dotted "
        "line, the more a few of them matter."
    ),
    measure=lambda contents: measure_concentration(contents.tables, contents.period),
    charts=lambda it: (concentration_chart(it),) if it else (),
    tables=_largest,
    empty=concentration_text,
)
