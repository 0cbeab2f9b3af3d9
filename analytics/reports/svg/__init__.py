"""Charts drawn as SVG for paper, in the look of the page: `figure` puts together what the other modules draw."""

from __future__ import annotations

from analytics.reports.svg.figure import HALF, LOWER, PAPER_WIDTH, svg_figure

__all__ = ["HALF", "LOWER", "PAPER_WIDTH", "svg_figure"]
