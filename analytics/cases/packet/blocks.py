"""What a page of a packet is made of: headings, sentences, tables and figures, as plain data without any drawing.

The same blocks become a PDF and an editable DOCX. A cell is a text, or a list of words of which some are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "MOST_ITEMS",
    "MOST_ROWS",
    "Block",
    "Cell",
    "Page",
    "bullets",
    "facts",
    "figure",
    "heading",
    "notice",
    "paragraph",
    "signatures",
    "table",
]

MOST_ITEMS, MOST_ROWS = 40, 250
"""A page that holds more is no page: the workbooks hold every row."""
_SHORT_ROWS, _SHORT_LETTERS = 14, 1200
"""A table of no more is not torn apart between two sheets."""

Block = dict[str, Any]
Cell = str | list[tuple[str, bool]]


@dataclass(frozen=True)
class Page:
    """A document of a packet.

    Attributes
    ----------
    title : str
        What it is.
    blocks : list of Block
        From top to bottom.
    figures : dict of str to str
        File name to SVG, of the figures in it.
    is_wide : bool
        It lies on its side: for tables with many columns.
    """

    title: str
    blocks: list[Block]
    figures: dict[str, str] = field(default_factory=dict)
    is_wide: bool = False


def heading(text: str, level: int = 1) -> Block:
    """Return a heading; 1 is the highest."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return {"kind": "paragraph", "text": text}


def notice(text: str) -> Block:
    """Return a sentence in a frame, that nobody shall miss."""
    return {"kind": "notice", "text": text}


def bullets(items: Iterable[str]) -> Block:
    """Return a list of sentences; of very many the first, and how many more there are."""
    every = list(items)
    left = len(every) - MOST_ITEMS
    more = [f"{left:,} more: see the workbooks of this packet."] if left > 0 else []
    return {"kind": "bullets", "items": [*every[:MOST_ITEMS], *more]}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Return labels with their values."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], *, widths: Sequence[float] = (), numbers: Sequence[int] = ()
) -> Block:
    """Return a table; of very many rows the first, and how many more there are.

    Parameters
    ----------
    head : sequence of str
        What the columns are.
    rows : iterable of sequence of Cell
        Its rows.
    widths : sequence of float
        Shares of the columns; equal where not given.
    numbers : sequence of int
        Columns that are set flush right.
    """
    shares = list(widths) or [1] * len(head)
    every = [[_cell(cell) for cell in row] for row in rows]
    left = len(every) - MOST_ROWS
    more = [[_cell(f"{left:,} more: see the workbooks"), *(_cell("") for _ in head[1:])]] if left > 0 else []
    cells = [*every[:MOST_ROWS], *more]
    letters = sum(len(text) for row in cells for cell in row for text, _ in cell)
    is_short = len(cells) <= _SHORT_ROWS and letters <= _SHORT_LETTERS
    told = {"head": list(head), "rows": cells, "widths": shares, "numbers": list(numbers), "is_short": is_short}
    return {"kind": "table", **told}


def figure(name: str, caption: str, alt: str) -> Block:
    """Return a figure, by the name of its SVG in the page, with what a screen reader says of it."""
    return {"kind": "figure", "file": name, "caption": caption, "alt": alt}


def signatures(names: Iterable[str]) -> Block:
    """Return lines to sign on."""
    return {"kind": "signatures", "names": list(names)}


def _cell(cell: Cell) -> list[list[Any]]:
    return [[cell, False]] if isinstance(cell, str) else [[word, is_marked] for word, is_marked in cell]
