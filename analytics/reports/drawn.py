"""Charts drawn by Plotly, for the page and for notebooks."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.theme import BAND, INK, MUTED, drawing

__all__ = ["plotly_figure"]

_SAYS = "%{text}<extra></extra>"
"""What a point says under the pointer: its words, and no name of the series."""
_FORMATS: dict[str, dict[str, Any]] = {
    "usd": {"tickprefix": "$", "tickformat": ",.3~s"},
    "whole": {"tickformat": ",d"},
    "share": {"tickformat": ".0%"},
    "quarter": {"type": "date", "tickformat": "%b<br>%Y"},
}
_TICKS = 6


def plotly_figure(chart: Chart) -> go.Figure:
    """Draw a chart.

    Parameters
    ----------
    chart : Chart
        What is drawn.

    Returns
    -------
    plotly.graph_objects.Figure
        In the style of the report.
    """
    figure = drawing(
        *(trace for series in chart.series for trace in _traces(chart, series)),
        height=chart.height,
        **_layout(chart),
    )
    for number, mark in enumerate(chart.marks):
        (_add_badge if mark.place == "badge" else _add_line)(figure, mark, number)
    return figure


def _layout(chart: Chart) -> dict[str, Any]:
    found: dict[str, Any] = {"barmode": chart.bars or None, "bargap": chart.gap}
    if not chart.has_legend:
        found["showlegend"] = False
    for name, axis in (("xaxis", chart.across), ("yaxis", chart.up)):
        found |= {f"{name}_{option}": value for option, value in _axis(axis).items()}
    return {option: value for option, value in found.items() if value is not None}


def _axis(axis: Axis) -> dict[str, Any]:
    found = _weeks(list(axis.ticks)) if axis.unit == "week" else dict(_FORMATS.get(axis.unit, {}))
    if axis.title:
        found["title"] = {"text": axis.title, "font": {"size": 12, "color": MUTED}}
    if axis.has_zero:
        found["rangemode"] = "tozero"
    if axis.ends:
        found["range"] = list(axis.ends)
    if axis.most_ticks:
        found["nticks"] = axis.most_ticks
    if axis.is_small:
        found["tickfont"] = {"size": 12}
    if axis.names:
        found |= {"tickvals": list(range(len(axis.names))), "ticktext": list(axis.names), "showgrid": False}
        found["tickangle"] = 0
    if axis.is_log:
        found["type"] = "log"
    return found


def _weeks(mondays: list[str]) -> dict[str, Any]:
    """Return an axis with about six ticks, each on a Monday, counted back from the last."""
    ticks = mondays[:: -max(1, round(len(mondays) / _TICKS))]
    return {"tickvals": ticks[::-1], "tickformat": "%-d %b<br>%Y", "tickangle": 0}


def _traces(chart: Chart, series: Series) -> list[Any]:
    if series.kind == "band":
        return _band(series)
    along, out = ("y", "x") if chart.is_lying else ("x", "y")
    found: dict[str, Any] = {along: list(series.at), out: list(series.values)}
    if series.name:
        found["name"] = series.name
    elif chart.has_legend:
        found["showlegend"] = False
    if series.words:
        found |= {"text": list(series.words), "hovertemplate": _SAYS}
    if series.kind == "bars":
        return [go.Bar(found | _bars(series, is_lying=chart.is_lying))]
    return [go.Scatter(**found, **(_line(series) if series.kind == "line" else _points(series)))]


def _band(series: Series) -> list[go.Scatter]:
    edge = {"x": list(series.at), "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    fill: dict[str, Any] = {"fill": "tonexty", "fillcolor": series.colour}
    if series.is_hatched:
        fill["fillpattern"] = {"shape": "/", "fillmode": "replace", "size": 7, "solidity": 0.3}
    named = {"name": series.name} if series.name else {"showlegend": False}
    return [
        go.Scatter(**edge, y=list(series.base), showlegend=False),
        go.Scatter(**edge, y=list(series.values), **fill, **named),
    ]


def _line(series: Series) -> dict[str, Any]:
    found: dict[str, Any] = {"mode": "lines", "line": {"color": series.colour, "width": 2.5}}
    if series.is_dotted:
        found["line"] = {"color": series.colour, "width": 1.5, "dash": "dot"}
    if series.is_filled:
        found |= {"fill": "tonexty", "fillcolor": BAND}
    if series.has_last:
        found |= {"mode": "lines+markers", "marker": {"size": [5] * (len(series.at) - 1) + [10]}}
    return found if series.words else {**found, "hoverinfo": "skip"}


def _points(series: Series) -> dict[str, Any]:
    line = {"width": 3, "color": series.colour}
    return {"mode": "markers", "marker": {"color": series.colour, "size": 11, "symbol": "line-ns", "line": line}}


def _bars(series: Series, *, is_lying: bool) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": series.colour}
    if series.outline:
        marker["line"] = {"color": series.outline, "width": 1 if isinstance(series.outline, str) else 1.5}
    if series.is_hatched:
        marker["pattern"] = {"shape": "/", "fillmode": "replace", "size": 7, "solidity": 0.3}
    found: dict[str, Any] = {"marker": marker}
    if is_lying:
        found["orientation"] = "h"
    if series.base:
        found["base"] = list(series.base)
    if series.widths:
        found["width"] = list(series.widths)
    if series.labels:
        found |= _labels(series)
    elif series.words:
        found["textposition"] = "none"
    if series.hover:
        found["hovertemplate"] = series.hover
    if series.covers:
        found |= {"xperiod": series.covers, "xperiodalignment": "middle"}
    return found


def _labels(series: Series) -> dict[str, Any]:
    """Write the labels inside the bars, and what a bar says under the pointer from its words."""
    place = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none"}
    font = {"insidetextfont": {"size": 11, "color": INK}}
    said = {"customdata": list(series.words), "hovertemplate": "%{customdata}<extra></extra>"} if series.words else {}
    return {"text": list(series.labels), **place, **font, **said, "cliponaxis": False}


def _add_line(figure: go.Figure, mark: Mark, _: int) -> None:
    line: dict[str, Any] = {"color": mark.colour, "width": mark.width}
    if mark.is_dotted:
        line["dash"] = "dot"
    figure.add_vline(x=mark.at, line=line)
    where = {"yanchor": "bottom"} if mark.place == "above" else {"yanchor": "top", "xanchor": "left"}
    text = mark.text if mark.place == "above" else f" {mark.text}"
    font = {"color": mark.colour, "size": mark.size}
    figure.add_annotation(x=mark.at, y=1, yref="paper", text=text, showarrow=False, font=font, **where)


def _add_badge(figure: go.Figure, mark: Mark, number: int) -> None:
    line = {"color": mark.colour, "width": 1.5, "dash": "dot"}
    figure.add_shape(type="line", x0=mark.at, x1=mark.at, y0=0, y1=1, yref="paper", line=line)
    figure.add_annotation(
        x=mark.at, y=1 - 0.1 * (number % 2), yref="paper", yanchor="top", text=f"<b>{mark.text}</b>", showarrow=False,
        font={"color": "#ffffff", "size": 11}, bgcolor=mark.colour, borderpad=3,
    )  # fmt: skip
