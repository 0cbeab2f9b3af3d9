"""The aliases of a case as a graph of Plotly: joined ones near each other, the weakest link marked. It names nobody."""

from __future__ import annotations

import json
import math
from typing import Any

import plotly.graph_objects as go
import polars as pl

from analytics.reports.theme import ACCENT, ALERT, CONFIG, QUIET, drawing

__all__ = ["as_data", "link_figure"]

_MOST = 40
_GAP = 2.6


def link_figure(members: pl.DataFrame, links: pl.DataFrame) -> go.Figure | None:
    """Draw the aliases and links of a dossier.

    Parameters
    ----------
    members, links : polars.DataFrame
        As a dossier has them.

    Returns
    -------
    plotly.graph_objects.Figure or None
        None where there is nothing to link.
    """
    shown = members.head(_MOST)
    if shown.height < 2:
        return None
    places = _places(shown)
    inside = links.filter(pl.col("number_l").is_in(list(places)), pl.col("number_r").is_in(list(places)))
    joined = inside.filter("is_joined")
    weakest = joined.head(1)
    kinds = (
        ("held apart", inside.filter(~pl.col("is_joined")), {"color": QUIET, "width": 1, "dash": "dot"}),
        ("linked", joined.tail(-1), {"color": ACCENT, "width": 2}),
        ("weakest link", weakest, {"color": ALERT, "width": 3}),
    )
    lines = [_lines(name, rows, places, line) for name, rows, line in kinds if rows.height]
    points = go.Scatter(
        x=[x for x, _ in places.values()],
        y=[y for _, y in places.values()],
        mode="markers+text",
        marker={"size": 26, "color": "#ffffff", "line": {"color": ACCENT, "width": 2}},
        text=[str(number) for number in places],
        textfont={"color": "#1c2733"},
        hovertemplate="alias %{text}<extra></extra>",
        showlegend=False,
    )
    hidden = {"visible": False, "fixedrange": True}
    return drawing(*lines, points, height=360, xaxis=hidden, yaxis={**hidden, "scaleanchor": "x"})


def as_data(figure: go.Figure) -> dict[str, Any]:
    """Return a figure with its configuration, as JSON values."""
    return {**json.loads(figure.to_json()), "config": CONFIG}


def _places(members: pl.DataFrame) -> dict[int, tuple[float, float]]:
    """Place the aliases of each identity around a ring, the rings side by side."""
    places: dict[int, tuple[float, float]] = {}
    start = 0.0
    for _, group in members.group_by("identity_id", maintain_order=True):
        numbers = group["number"].to_list()
        radius = 0.0 if len(numbers) == 1 else max(1.0, len(numbers) / 6)
        for place, number in enumerate(numbers):
            turn = math.tau * place / len(numbers)
            places[number] = (round(start + radius + radius * math.sin(turn), 3), round(radius * math.cos(turn), 3))
        start += 2 * radius + _GAP
    return places


def _lines(name: str, rows: pl.DataFrame, places: dict[int, tuple[float, float]], line: dict[str, Any]) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    words: list[str] = []
    for left, right, probability in rows.select("number_l", "number_r", "probability").iter_rows():
        (left_x, left_y), (right_x, right_y) = places[left], places[right]
        x += [left_x, (left_x + right_x) / 2, right_x, None]
        y += [left_y, (left_y + right_y) / 2, right_y, None]
        words += [f"{left} and {right}: probability {probability:.3f}"] * 4
    return go.Scatter(x=x, y=y, mode="lines", name=name, line=line, text=words, hovertemplate="%{text}<extra></extra>")
