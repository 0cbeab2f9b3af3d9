"""What a page on paper is made of: headings, sentences, tables and figures, as plain data without any drawing.

The blocks of a packet become a PDF and an editable DOCX. A cell is a text, or a list of words of which some are marked.
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
    "Tile",
    "bullets",
    "caution",
    "columns",
    "facts",
    "figure",
    "heading",
    "lead",
    "notice",
    "numbered",
    "panel",
    "paragraph",
    "sheet",
    "signatures",
    "small",
    "statement",
    "table",
    "tiles",
    "title",
]

MOST_ITEMS, MOST_ROWS = 40, 250
"""A page that holds more is no page: the workbooks hold every row."""
_SHORT_ROWS, _SHORT_LETTERS = 14, 1200
"""A table of no more is not torn apart between two sheets."""

Block = dict[str, Any]
Cell = str | list[tuple[str, bool]]


@dataclass(frozen=True)
class Page:
    """A document.

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
    paper : str
        ``us-letter`` or ``a4``.
    is_titled : bool
        Its title stands above the blocks; else one of them holds it.
    """

    title: str
    blocks: list[Block]
    figures: dict[str, str] = field(default_factory=dict)
    is_wide: bool = False
    paper: str = "us-letter"
    is_titled: bool = True


@dataclass(frozen=True)
class Tile:
    """One figure of a strip.

    Attributes
    ----------
    label, figure : str
        What it is, and how much.
    notes : sequence of str
        Lines under it.
    spark : str or None
        File name of an SVG drawn under the figure, of which nothing is read aloud.
    """

    label: str
    figure: str
    notes: Sequence[str] = ()
    spark: str | None = None


def title(kicker: str) -> Block:
    """Return the title of the document under a few words, for a document that does not begin with it."""
    return {"kind": "title", "kicker": kicker}


def heading(text: str, level: int = 1) -> Block:
    """Return a heading; 1 is the highest."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return {"kind": "paragraph", "text": text}


def lead(text: str) -> Block:
    """Return a sentence under a heading, that stays with what follows it."""
    return {"kind": "lead", "text": text}


def statement(text: str) -> Block:
    """Return the sentence that is read first."""
    return {"kind": "statement", "text": text}


def caution(text: str, *, is_loud: bool = False) -> Block:
    """Return a sentence in bold; loud is in the color of an alert."""
    return {"kind": "caution", "text": text, "is_loud": is_loud}


def small(text: str) -> Block:
    """Return a note in small type."""
    return {"kind": "small", "text": text}


def panel(blocks: Iterable[Block]) -> Block:
    """Return blocks on a tinted ground."""
    return {"kind": "panel", "blocks": list(blocks)}


def columns(cells: Iterable[Iterable[Block]], widths: Sequence[float]) -> Block:
    """Return columns of blocks beside each other.

    Parameters
    ----------
    cells : iterable of iterable of Block
        The blocks of each column.
    widths : sequence of float
        Shares of the columns.
    """
    return {"kind": "columns", "cells": [list(cell) for cell in cells], "widths": list(widths)}


def sheet(blocks: Iterable[Block]) -> Block:
    """Return blocks that fill one sheet of their own, in the largest type in which they fit."""
    return {"kind": "sheet", "blocks": list(blocks)}


def tiles(each: Iterable[Tile]) -> Block:
    """Return figures in a strip."""
    return {"kind": "tiles", "tiles": [{**vars(tile), "notes": list(tile.notes)} for tile in each]}


def numbered(items: Iterable[tuple[str, str]]) -> Block:
    """Return a numbered list: a sentence, and a quiet line under it."""
    return {"kind": "numbered", "items": [list(item) for item in items]}


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


def figure(name: str, caption: str, alt: str, *, is_numbered: bool = True) -> Block:
    """Return a figure, by the name of its SVG in the page, with what a screen reader says of it."""
    return {"kind": "figure", "file": name, "caption": caption, "alt": alt, "is_numbered": is_numbered}


def signatures(names: Iterable[str]) -> Block:
    """Return lines to sign on."""
    return {"kind": "signatures", "names": list(names)}


def _cell(cell: Cell) -> list[list[Any]]:
    return [[cell, False]] if isinstance(cell, str) else [[word, is_marked] for word, is_marked in cell]
