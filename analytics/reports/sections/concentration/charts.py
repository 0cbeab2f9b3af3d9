"""Concentration drawn: the largest, the Lorenz curves, the top hundredth by week, and the states as tiles."""

from __future__ import annotations

import polars as pl

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.sections.concentration.measures import Concentration
from analytics.reports.theme import ACCENT, ALERT, FAINT, MUTED, QUIET, shade
from analytics.reports.wording import day, percent
from analytics.wording.cells import HIDDEN, SMALL
from analytics.wording.concentration import MANY, NONE, SOME, largest_text, lorenz_text, states_text, top_share_text

__all__ = ["charts_of"]

_ROWS, _COLUMNS = 8, 11
_TILE = 0.92
_MIDDLE = 0.35
"""How dark a state is whose number is not shown, since a total would give a smaller one away."""


def charts_of(it: Concentration | None) -> list[Chart]:
    """Return the charts of the section; none where nobody was flagged.

    Parameters
    ----------
    it : Concentration or None
        What was measured.
    """
    if it is None:
        return []
    return [_pareto(it), _lorenz(it), *([_top(it)] if it.top_percent.height else []), _tiles(it)]


def _pareto(it: Concentration) -> Chart:
    rank, share, added = (it.pareto[name].to_list() for name in ("rank", "share", "cumulative"))
    words = [
        f"number {place}<br>{percent(part)} of the value at issue<br>{percent(whole)} with those before"
        for place, part, whole in zip(rank, share, added, strict=True)
    ]
    return Chart(
        key="concentration",
        label="The largest flagged consignees",
        text=largest_text(it.flagged, it.half_recipients, it.top_ten_share, it.pareto.height),
        series=(
            Series("bars", rank, share, ACCENT, "Share of each", words=words),
            Series("line", rank, added, ALERT, "Added up"),
        ),
        across=Axis("whole", title="Flagged consignees, largest first"),
        up=Axis("share", title="Share of value at issue", ends=(0, 1.02)),
        headings=("Place", "Share", "Added up"),
        rows=[[str(place), f"{part:.1%}", f"{whole:.1%}"] for place, part, whole in it.pareto.iter_rows()],
    )


def _lorenz(it: Concentration) -> Chart:
    curves = (("Flagged, by value at issue", it.curve, ALERT), ("All, by declared value", it.curve_of_all, ACCENT))
    drawn = [
        Series(
            "line",
            curve["consignee_share"].to_list(),
            curve["value_share"].to_list(),
            color,
            name,
            words=[f"the smallest {percent(who)} of consignees<br>hold {percent(what)}" for who, what in curve.rows()],
        )
        for name, curve, color in curves
        if curve.height
    ]
    return Chart(
        key="lorenz",
        label="How evenly value is spread",
        text=lorenz_text(it.gini, it.gini_of_all, it.consignees),
        series=(Series("line", [0, 1], [0, 1], MUTED, "If all held alike", is_dotted=True), *drawn),
        across=Axis("share", title="Share of consignees, smallest first", ends=(0, 1)),
        up=Axis("share", title="Share of value", ends=(0, 1.02)),
    )


def _top(it: Concentration) -> Chart:
    weeks = [str(monday) for monday in it.top_percent["monday"]]
    rows = it.top_percent.rows()
    last, shares = rows[-1], it.top_percent["share"]
    return Chart(
        key="top_percent",
        label="What the top 1% of consignees receive, by week",
        text=top_share_text(last[3], last[2], float(shares.median() or 0.0)),  # type: ignore[arg-type]
        series=(
            Series(
                "bars",
                weeks,
                shares.to_list(),
                QUIET,
                words=[
                    f"Week of {monday}<br>{percent(share)} with {top:,} of {count:,}"
                    for monday, count, top, share in rows
                ],
            ),
        ),
        across=Axis("week", ticks=weeks),
        up=Axis("share", title="Share of declared value", has_zero=True),
        headings=("Week of", "Consignees", "Top 1%", "Share"),
        rows=[[day(monday), f"{count:,}", f"{top:,}", f"{share:.1%}"] for monday, count, top, share in rows],
        height=240,
        gap=0.3,
        has_legend=False,
    )


def _tiles(it: Concentration) -> Chart:
    states = it.states.drop_nulls("state")
    parts = (
        (NONE, states.filter(pl.col("in_flags") == "0"), False),
        (SOME, states.filter(pl.col("in_flags") == SMALL), True),
        (MANY, states.filter(~pl.col("in_flags").is_in(["0", SMALL])), False),
    )
    return Chart(
        key="states",
        label="Shipments in flags by state of the consignee",
        text=states_text(states.filter(pl.col("in_flags") != "0").height, it.total_in_flags),
        series=[_tile_series(it, name, part, is_hatched=hatched) for name, part, hatched in parts if part.height],
        across=Axis(names=[""] * _COLUMNS, ends=(-0.5, _COLUMNS - 0.5)),
        up=Axis(names=[""] * _ROWS, ends=(-0.5, _ROWS - 0.5)),
        height=400,
        bars="overlay",
    )


def _tile_series(it: Concentration, name: str, states: pl.DataFrame, *, is_hatched: bool) -> Series:
    most = max(it.states["flagged_share"].drop_nulls(), default=1.0)
    colors = {"0": FAINT, SMALL: QUIET, HIDDEN: shade(_MIDDLE)}
    rows = states.iter_rows(named=True)
    return Series(
        "bars",
        states["column"].to_list(),
        [_TILE] * states.height,
        [colors.get(row["in_flags"]) or shade((row["flagged_share"] or 0) / most) for row in rows],
        name,
        base=[_ROWS - 1 - row - _TILE / 2 for row in states["row"]],
        widths=[_TILE] * states.height,
        words=[
            f"{row['name']}<br>{row['in_flags']} in flags, of {row['shipments']} shipments"
            for row in states.iter_rows(named=True)
        ],
        is_hatched=is_hatched,
        labels=states["state"].to_list(),
    )
