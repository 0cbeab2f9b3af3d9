"""How every chart looks: one palette that colour-blind readers can tell apart, one layout, one configuration."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from analytics.typologies.registry import typology as find_typology

__all__ = [
    "ACCENT",
    "ALERT",
    "BAND",
    "CONFIG",
    "DOUBT",
    "GRID",
    "INK",
    "MUTED",
    "QUIET",
    "colour_of",
    "drawing",
    "shade",
]

INK = "#1c2733"
MUTED = "#5d6975"
QUIET = "#b9c4ce"
GRID = "#e6eaee"
FAINT = "#f1f5f8"
ACCENT = "#1f4e79"
ALERT = "#b5431f"
BAND = "rgba(31, 78, 121, 0.14)"
DOUBT = "rgba(221, 154, 54, 0.3)"
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "showSendToCloud": False,
}

_FROM, _TO = (0xDD, 0xE7, 0xF0), (0x6D, 0x9C, 0xC4)
_OTHERS = "other_kinds"
_FURTHER = ("#9aa5b1", "#5f6f7d", "#b98ba3", "#7fa08f", "#c7a98b")


def colour_of(typology: str, place: int) -> str:
    """Return the colour of a typology; those without one of their own take turns by place."""
    if typology == _OTHERS:
        return _FURTHER[0]
    return find_typology(typology).color or _FURTHER[place % len(_FURTHER)]


def shade(share: float) -> str:
    """Return a tint of the accent: the greater the share, the darker, and never so dark that black is not read on it.

    >>> shade(0), shade(1)
    ('#dde7f0', '#6d9cc4')
    """
    ends = zip(_FROM, _TO, strict=True)
    return "#" + "".join(f"{round(faint + (full - faint) * min(max(share, 0), 1)):02x}" for faint, full in ends)


def drawing(*traces: Any, height: int = 320, **layout: Any) -> go.Figure:
    """Return a figure in the style of the report.

    Parameters
    ----------
    traces : plotly traces
        What is drawn.
    height : int, default=320
        In pixels; the width is that of the page.
    layout : dict
        Further layout, merged over the style.

    Returns
    -------
    plotly.graph_objects.Figure
        Without template, title and drag mode.
    """
    axis = {
        "gridcolor": GRID,
        "linecolor": QUIET,
        "zeroline": False,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
    }
    figure = go.Figure(data=list(traces))
    figure.update_layout(
        template=go.layout.Template(),
        height=height,
        margin={"l": 8, "r": 12, "t": 34, "b": 8},
        font={"family": _FONT, "size": 13, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverlabel={"bgcolor": "#ffffff", "bordercolor": QUIET, "font": {"family": _FONT, "size": 13, "color": INK}},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        xaxis={**axis, "showgrid": False, "showline": True},
        yaxis=axis,
        separators=".,",
    )
    return figure.update_layout(layout)
