"""A plain page: a heading and blocks of chart or table, sealed like the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analytics.reports.pages import sealed

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["Block", "plain_page"]


@dataclass(frozen=True)
class Block:
    """One section of a plain page.

    Attributes
    ----------
    id : str
        Anchor of its heading.
    title, lead : str
        Heading, and a sentence under it.
    figure : Figure or None
        A chart, and in `caption` what it shows, for those who do not see it.
    headings, rows : sequence
        A table, every cell a text.
    numbers : frozenset of int
        Columns that are set to the right.
    style : str
        Class of the table.
    """

    id: str
    title: str
    lead: str
    figure: go.Figure | None = None
    caption: str = ""
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str | None]] = ()
    numbers: frozenset[int] = field(default_factory=frozenset)
    style: str = ""

    @property
    def chart(self) -> str:
        """Id of the place of the chart; empty where there is none."""
        return f"chart-{self.id}" if self.figure is not None else ""

    @property
    def height(self) -> int:
        """Height of the chart in pixels."""
        return int(self.figure.layout.height) if self.figure is not None else 0


def plain_page(
    title: str, *, kicker: str, caution: str, blocks: Sequence[Block], foot: Sequence[str], span: str = ""
) -> str:
    """Lay out blocks as one HTML page that asks for nothing but itself.

    Parameters
    ----------
    title, kicker, span, caution : str
        Heading of the page, what kind of page it is, what it covers, and what must not be overlooked.
    blocks : sequence of Block
        In their order.
    foot : sequence of str
        Lines under the page.

    Returns
    -------
    str
        The same text for the same blocks; foreign text in it is escaped.
    """
    drawn = {block.chart: block.figure for block in blocks if block.figure is not None}
    return sealed("plain.html", drawn, title=title, kicker=kicker, span=span, caution=caution, blocks=blocks, foot=foot)
