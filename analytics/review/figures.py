"""A pair as a waterfall and an identity as a graph. No text that came from outside goes into a figure."""

from __future__ import annotations

import math
from itertools import accumulate

import plotly.graph_objects as go

from analytics.reports.theme import ACCENT, ALERT, CONFIG, MUTED, QUIET, drawing
from analytics.review.clusters import Cluster, Link
from analytics.review.weighing import Weighing, in_words

__all__ = ["CONFIG", "cluster_figure", "pair_figure"]

_SHOWN = 10
_ROW = 30
_AROUND = 90


def pair_figure(weighing: Weighing) -> go.Figure:
    """Draw what speaks for and against two aliases being one, from what is taken for granted to the sum.

    Parameters
    ----------
    weighing : Weighing
        What was found.

    Returns
    -------
    plotly.graph_objects.Figure
        A waterfall in points, each of which doubles the odds; right of zero is likelier one consignee than two.
    """
    heavy, light = weighing.findings[:_SHOWN], weighing.findings[_SHOWN:]
    steps = [("taken for granted", weighing.prior, "Before anything is compared.")]
    steps += [(finding.feature.replace("_", " "), finding.weight, finding.text) for finding in heavy]
    if light:
        steps.append(("all else", sum(finding.weight for finding in light), f"{len(light)} lighter findings"))
    total = list(accumulate(weight for _, weight, _ in steps))[-1]
    words = [f"{weight:+.1f}, {in_words(weight)}<br>{text}" for _, weight, text in steps]
    bars = go.Waterfall(
        orientation="h",
        y=[name for name, _, _ in steps] + ["together"],
        x=[weight for _, weight, _ in steps] + [total],
        measure=["relative"] * len(steps) + ["total"],
        text=[*words, f"{total:+.1f}: probability {weighing.probability:.3f}"],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
        increasing={"marker": {"color": ACCENT}},
        decreasing={"marker": {"color": ALERT}},
        totals={"marker": {"color": MUTED}},
        connector={"line": {"color": QUIET, "width": 1}},
        showlegend=False,
    )
    height = _AROUND + _ROW * (len(steps) + 1)
    figure = drawing(bars, height=height, yaxis_autorange="reversed", xaxis_title="two  ←  points  →  one")
    figure.add_vline(x=0, line={"color": MUTED, "width": 1})
    return figure


def cluster_figure(cluster: Cluster) -> go.Figure:
    """Draw the aliases of an identity on a circle, with the links by which it formed and the weakest of them marked.

    Parameters
    ----------
    cluster : Cluster
        How they hang together.

    Returns
    -------
    plotly.graph_objects.Figure
        Aliases bear the numbers that the explanation gives them.
    """
    places = _circle(cluster.aliases)
    weakest = cluster.tree[-1:]
    kinds = {
        "further links": ([link for link in cluster.links if link not in cluster.tree], QUIET, 1),
        "by which it formed": (cluster.tree[:-1], ACCENT, 3),
        "the weakest of these": (weakest, ALERT, 3),
    }
    lines = [_lines(name, links, places, colour, width) for name, (links, colour, width) in kinds.items() if links]
    points = go.Scatter(
        x=[x for x, _ in places.values()],
        y=[y for _, y in places.values()],
        mode="markers+text",
        marker={"size": 30, "color": "#ffffff", "line": {"color": ACCENT, "width": 2}},
        text=[str(number) for number in range(1, len(places) + 1)],
        customdata=list(places),
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    hidden = {"visible": False, "range": [-1.3, 1.3], "fixedrange": True}
    return drawing(*lines, points, height=420, xaxis=hidden, yaxis={**hidden, "scaleanchor": "x"})


def _circle(aliases: list[str]) -> dict[str, tuple[float, float]]:
    turn = math.tau / len(aliases)
    return {alias: (math.sin(turn * place), math.cos(turn * place)) for place, alias in enumerate(aliases)}


def _lines(name: str, links: list[Link], places: dict[str, tuple[float, float]], colour: str, width: int) -> go.Scatter:
    """Return links as one trace: each a line with its probability at the middle."""
    x: list[float | None] = []
    y: list[float | None] = []
    words: list[str] = []
    for link in links:
        (left_x, left_y), (right_x, right_y) = places[link.left], places[link.right]
        x += [left_x, (left_x + right_x) / 2, right_x, None]
        y += [left_y, (left_y + right_y) / 2, right_y, None]
        words += [f"{link.probability:.3f} ({link.basis})"] * 4
    line = {"color": colour, "width": width}
    return go.Scatter(x=x, y=y, mode="lines", name=name, line=line, text=words, hovertemplate="%{text}<extra></extra>")
