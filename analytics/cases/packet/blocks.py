"""What a page of a packet is made of: headings, sentences, tables and figures, as plain data without any drawing.

The same blocks become a PDF and an editable DOCX. A cell is a text, or a list of words of which some are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = [
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
    """Return a list of sentences."""
    return {"kind": "bullets", "items": list(items)}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Return labels with their values."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], *, widths: Sequence[float] = (), numbers: Sequence[int] = ()
) -> Block:
    """Return a table.

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
    cells = [[_cell(cell) for cell in row] for row in rows]
    return {"kind": "table", "head": list(head), "rows": cells, "widths": shares, "numbers": list(numbers)}


def figure(name: str, caption: str, alt: str) -> Block:
    """Return a figure, by the name of its SVG in the page, with what a screen reader says of it."""
    return {"kind": "figure", "file": name, "caption": caption, "alt": alt}


def signatures(names: Iterable[str]) -> Block:
    """Return lines to sign on."""
    return {"kind": "signatures", "names": list(names)}


def _cell(cell: Cell) -> list[list[Any]]:
    return [[cell, False]] if isinstance(cell, str) else [[word, is_marked] for word, is_marked in cell]
