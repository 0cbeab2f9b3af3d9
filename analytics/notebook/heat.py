"""A heat map: one number for each pair of two things, written into its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["heat_map"]

_ROW = 20
_MOST_NAMED = 300
"""Cells into which their number is written; with more it would not be readable."""
_SCALE = ((0.0, "#f4f6f8"), (1.0, "#1f4e79"))


def heat_map(
    across: Sequence[str],
    up: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    titles: tuple[str, str],
    says: str,
    form: str,
    ends: tuple[float, float] | None = None,
) -> go.Figure:
    """Draw a heat map in the style of the report.

    Parameters
    ----------
    across, up : sequence of str
        Labels of the columns, and of the rows from the top.
    values : sequence of sequence of float
        A row for each label of `up`; None where there is no figure.
    titles : tuple of str
        Of the axis to the right, and of the one upwards.
    says : str
        What a value is, such as ``flags``.
    form : str
        How it is written, as Plotly's ``texttemplate`` has it: ``,d`` or ``.0%``.
    ends : tuple of float, optional
        Values at both ends of the scale; those of the data where not given.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    import plotly.graph_objects as go

    from analytics.reports.theme import drawing

    named = f"%{{z:{form}}}" if len(across) * len(up) <= _MOST_NAMED else ""
    low, high = ends or (None, None)
    cells = go.Heatmap(
        x=list(across),
        y=list(up),
        z=[list(row) for row in values],
        zmin=low,
        zmax=high,
        colorscale=_SCALE,
        showscale=False,
        xgap=1,
        ygap=1,
        texttemplate=named,
        hovertemplate=f"%{{y}}<br>%{{x}}<br>%{{z:{form}}} {says}<extra></extra>",
    )
    return drawing(
        cells,
        height=110 + _ROW * len(up),
        xaxis_type="category",
        xaxis_title={"text": titles[0]},
        yaxis_type="category",
        yaxis_title={"text": titles[1]},
        yaxis_autorange="reversed",
        yaxis_showgrid=False,
    )
