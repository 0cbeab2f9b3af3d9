"""The drawings of the document, each once and under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.reports.charts import Chart
from analytics.reports.svg import LOWER, PAPER_WIDTH, svg_figure
from analytics.reports.theme import ACCENT, ALERT
from analytics.typesetting.blocks import Block, figure
from analytics.typesetting.shapes import disc, drawing, path

__all__ = ["Drawings"]

_SPARK = (122.0, 30.0)


@dataclass
class Drawings:
    """The drawings that the blocks of a document name.

    Attributes
    ----------
    files : dict of str to str
        File name to SVG.
    """

    files: dict[str, str] = field(default_factory=dict)

    def chart(self, chart: Chart, width: float = PAPER_WIDTH, *, is_large: bool = False) -> Block:
        """Return a chart as a figure: what it shows under it, its label and what it shows to those who do not see it.

        Parameters
        ----------
        chart : Chart
            What is drawn.
        width : float
            Of the drawing.
        is_large : bool
            As high as on a screen.
        """
        name = f"{chart.place}.svg"
        height = (1.0 if is_large else LOWER) * chart.height
        self.files[name] = svg_figure(chart, width, height)
        alt = ": ".join(part for part in (chart.label, chart.text) if part)
        return figure(name, chart.text, alt, is_numbered=False)

    def spark(self, key: str, points: str) -> str | None:
        """Return the file of a small line through points such as ``0,2 10,4``; None where there is none."""
        places = [(float(x) + 1, float(y) + 2) for x, y in (pair.split(",") for pair in points.split())]
        if not places:
            return None
        name = f"spark-{key}.svg"
        parts = [path(places, stroke=ACCENT, width=1.5), disc(*places[-1], 2.5, ALERT)]
        self.files[name] = drawing(*_SPARK, parts)
        return name
