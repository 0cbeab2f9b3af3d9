"""How few hold how much, and where they are: measured, drawn, and laid out as charts and tables."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.reports.section import Contents, Section, Table
from analytics.reports.sections.concentration.charts import charts_of
from analytics.reports.sections.concentration.measures import Concentration, measure_concentration
from analytics.reports.wording import dollars, percent
from analytics.wording.concentration import LEAD, NOBODY, SMALL_STATES

__all__ = ["SECTION"]

_SHOWN = ("identity_id", "display_name", "flags", "base_usd", "share")
_SHOWN_STATES = 12
_MEANINGS = {
    "state": "State of the consignee; empty for other places",
    "name": "Its name",
    "shipments": "Shipments of the quarter; small counts are hidden",
    "in_flags": "Those in a flag; small counts are hidden",
    "flagged_share": "Share of them in a flag, where both counts are shown",
}


def _tables(it: Concentration | None) -> list[Table]:
    if it is None:
        return []
    return [_largest(it), _states(it)]


def _largest(it: Concentration) -> Table:
    rows = [
        [
            row["display_name"] or row["identity_id"],
            f"{row['flags']:,}",
            dollars(row["base_usd"]),
            percent(row["share"]),
        ]
        for row in it.largest.iter_rows(named=True)
    ]
    headings = ("Consignee", "Flags", "Value at issue", "Share")
    return Table(headings, rows, "The ten largest of the quarter", frozenset({1, 2, 3}))


def _states(it: Concentration) -> Table:
    """Return the states with most shipments in flags, in the order of what may be shown of them."""
    counted = pl.col("in_flags").str.replace_all(",", "")
    order = pl.when(counted.str.contains(r"^\d+$")).then(counted.cast(pl.Int64, strict=False))
    rank = order.fill_null(pl.when(pl.col("in_flags").str.starts_with("<")).then(1).otherwise(5))
    shown = it.states.with_columns(rank=rank).filter(pl.col("rank") > 0).sort("rank", "name", descending=[True, False])
    rows = [
        [row["name"], row["shipments"], row["in_flags"], percent(row["flagged_share"])]
        for row in shown.head(_SHOWN_STATES).iter_rows(named=True)
    ]
    whole = [["All places", it.total, it.total_in_flags, ""]]
    note = f"{SMALL_STATES} A share is shown where both counts are."
    headings = ("State", "Shipments", "In flags", "Share")
    return Table(headings, rows + whole, "States with most shipments in flags", frozenset({1, 2, 3}), note)


def _sheets(it: Concentration | None, _: Contents) -> Mapping[str, pl.DataFrame]:
    return {"states": it.states.drop("column", "row")} if it else {}


SECTION: Section[Concentration | None] = Section(
    key="concentration",
    place=40,
    title="How few hold how much",
    lead=LEAD,
    measure=lambda contents: measure_concentration(contents.tables, contents.period),
    charts=charts_of,
    draws={
        "concentration": "the largest flagged consignees by value at issue",
        "lorenz": "how evenly value is spread over consignees",
        "top_percent": "what the top 1% of consignees receive, by week",
        "states": "shipments in flags by state of the consignee",
    },
    tables=_tables,
    sheets=_sheets,
    meanings=_MEANINGS,
    empty=lambda _: NOBODY,
)
