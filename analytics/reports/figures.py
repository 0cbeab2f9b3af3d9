"""The charts, drawn from measures. No text that came from outside goes into one: Plotly reads markup in labels."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl

from analytics.reports.law import HEADLINES
from analytics.reports.patterns import Bunching, Concentration
from analytics.reports.theme import ACCENT, ALERT, BAND, DOUBT, MUTED, QUIET, colour_of, drawing
from analytics.reports.wording import money, name_of, percent

__all__ = ["LETTERS", "OTHER_KINDS", "bunching_figure", "concentration_figure", "trend_figure", "typologies_figure"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER_KINDS = "other_kinds"
_DRAWN_KINDS = 5


def trend_figure(trend: pl.DataFrame, change_days: list[str], reading: str = "all") -> go.Figure:
    """Draw value at issue by week as a line between two bands, with a letter on each day the rule changed."""
    weeks = [str(day) for day in trend["monday"]]
    floor, base, ceiling, low, high = (
        [float(value) for value in trend[name]]
        for name in ("floor_usd", "base_usd", "ceiling_usd", "low_usd", "high_usd")
    )
    edge = {"x": weeks, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    words = [
        f"Week of {week}<br>{money(now)}<br>{money(least)} to {money(most)} over the readings"
        f"<br>{money(strict)} to {money(loose)} over who is who<br>{flags:,} flags"
        for week, flags, least, now, most, strict, loose in trend.iter_rows()
    ]
    figure = drawing(
        go.Scatter(**edge, y=floor, showlegend=False),
        go.Scatter(**edge, y=ceiling, fill="tonexty", fillcolor=BAND, name="Least to most over the readings"),
        go.Scatter(**edge, y=low, showlegend=False),
        go.Scatter(**edge, y=high, fill="tonexty", fillcolor=DOUBT, name="Low to high over who is who"),
        go.Scatter(
            x=weeks, y=base, mode="lines+markers", name=f"Base: {HEADLINES[reading]}",
            line={"color": ACCENT, "width": 2.5}, marker={"size": [5] * (len(weeks) - 1) + [10]},
            text=words, hovertemplate="%{text}<extra></extra>",
        ),
        xaxis=_weeks(weeks), yaxis_tickprefix="$", yaxis_tickformat=",.3~s", yaxis_rangemode="tozero",
    )  # fmt: skip
    for place, (letter, day) in enumerate(zip(LETTERS, change_days, strict=False)):
        line = {
            "x0": day,
            "x1": day,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": ALERT, "width": 1.5, "dash": "dot"},
        }
        figure.add_shape(type="line", **line)
        figure.add_annotation(
            x=day, y=1 - 0.1 * (place % 2), yref="paper", yanchor="top", text=f"<b>{letter}</b>", showarrow=False,
            font={"color": "#ffffff", "size": 11},
            bgcolor=ALERT, borderpad=3,
        )  # fmt: skip
    return figure


def bunching_figure(bunching: Bunching) -> go.Figure:
    """Draw the histogram around the limit; the bins just under it are the dark ones."""
    limit = bunching.limit
    rows = list(bunching.bins.iter_rows())
    is_near = [limit - bunching.near <= low < limit for low, _, _ in rows]
    words = [
        f"over {money(low, bunching.currency)} to {money(high, bunching.currency)}<br>{count:,} shipments"
        for low, high, count in rows
    ]
    figure = drawing(
        go.Bar(
            x=[float((low + high) / 2) for low, high, _ in rows], y=[count for *_, count in rows],
            width=[float(high - low) * 0.92 for low, high, _ in rows], showlegend=False,
            marker={"color": [ACCENT if near else QUIET for near in is_near]},
            text=words, textposition="none", hovertemplate="%{text}<extra></extra>",
        ),
        xaxis_title={"text": f"Declared value ({bunching.currency})", "font": {"size": 12, "color": MUTED}},
        yaxis_title={"text": "Shipments", "font": {"size": 12, "color": MUTED}},
        xaxis_tickformat=",d",
    )  # fmt: skip
    figure.add_vline(x=float(limit), line={"color": ALERT, "width": 2})
    figure.add_annotation(
        x=float(limit), y=1, yref="paper", yanchor="bottom", text=f"limit {money(limit, bunching.currency)}",
        showarrow=False, font={"color": ALERT, "size": 13},
    )  # fmt: skip
    return figure


def typologies_figure(typologies: pl.DataFrame) -> go.Figure:
    """Draw flags by week, stacked by typology; of many kinds the less frequent ones are one."""
    weeks = [str(day) for day in typologies["monday"].unique().sort()]
    bars = [
        go.Bar(
            x=[str(day) for day in rows["monday"]], y=rows["flags"].to_list(), name=name_of(typology),
            marker={"color": colour_of(typology, place), "line": {"color": "#ffffff", "width": 1}},
            hovertemplate="%{y:,} flags, week of %{x|%-d %b %Y}<extra>" + name_of(typology) + "</extra>",
        )
        for place, ((typology,), rows) in enumerate(_drawn(typologies).group_by("typology", maintain_order=True))
    ]  # fmt: skip
    return drawing(*bars, barmode="stack", bargap=0.3, xaxis=_weeks(weeks), yaxis_tickformat=",d")


def _drawn(typologies: pl.DataFrame) -> pl.DataFrame:
    """Leave out kinds without a flag, and put together those beyond the most frequent."""
    totals = typologies.group_by("typology").agg(pl.col("flags").sum()).filter(pl.col("flags") > 0)
    kept = totals.sort("flags", "typology", descending=[True, False])["typology"]
    few = kept[: _DRAWN_KINDS if len(kept) <= _DRAWN_KINDS else _DRAWN_KINDS - 1]
    named = pl.when(pl.col("typology").is_in(few.implode())).then("typology").otherwise(pl.lit(OTHER_KINDS))
    shown = typologies.filter(pl.col("typology").is_in(kept.implode())).with_columns(typology=named)
    is_other = pl.col("typology") == OTHER_KINDS
    return shown.group_by("typology", "monday").agg(pl.col("flags").sum()).sort(is_other, "typology", "monday")


def concentration_figure(concentration: Concentration) -> go.Figure:
    """Draw the cumulative share of value against the share of flagged recipients, the largest first."""
    curve = concentration.curve
    share_of_people, share_of_value = curve["recipient_share"].to_list(), curve["value_share"].to_list()
    words = [
        f"the largest {percent(people)} of recipients<br>hold {percent(value)} of the value"
        for people, value in zip(share_of_people, share_of_value, strict=True)
    ]
    return drawing(
        go.Scatter(
            x=[0, 1], y=[0, 1], mode="lines", name="If all were alike", hoverinfo="skip",
            line={"color": MUTED, "width": 1.5, "dash": "dot"},
        ),
        go.Scatter(
            x=share_of_people, y=share_of_value, mode="lines", name="Flagged recipients, largest first",
            line={"color": ACCENT, "width": 2.5}, fill="tonexty", fillcolor=BAND,
            text=words, hovertemplate="%{text}<extra></extra>",
        ),
        xaxis_title={"text": "Share of flagged recipients", "font": {"size": 12, "color": MUTED}},
        yaxis_title={"text": "Share of value at issue", "font": {"size": 12, "color": MUTED}},
        xaxis_tickformat=".0%", yaxis_tickformat=".0%", xaxis_range=[0, 1], yaxis_range=[0, 1.02],
    )  # fmt: skip


def _weeks(mondays: list[str]) -> dict[str, object]:
    """Return an axis with about six ticks, each on a Monday, counted back from the last."""
    ticks = mondays[:: -max(1, round(len(mondays) / 6))]
    return {
        "tickvals": ticks[::-1],
        "tickformat": "%-d %b<br>%Y",
        "tickangle": 0,
        "showgrid": False,
        "showline": True,
        "fixedrange": True,
    }
