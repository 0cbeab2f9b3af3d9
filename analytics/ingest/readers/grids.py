"""A sheet becomes a table: its headings found, merged cells filled down, every cell as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from analytics.errors import NoTable
from analytics.ingest.headings.rows import ROWS_LOOKED_AT, HeadingRows, find_headings, no_headings
from analytics.ingest.headings.understanding import recognised
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.books import Book, Grid
from analytics.ingest.readers.cell_text import cell_text, column_texts
from analytics.ingest.tables import RawTable, batch, cell_names
from analytics.ingest.words.canonical import NUMBERS

__all__ = ["filled_rows", "open_sheet"]

_ROWS_AT_ONCE = 1 << 14


def open_sheet(name: str, book: Book, sheet: str, settings: SourceSettings) -> RawTable:
    """Open one sheet of a book; lines are the rows of the sheet.

    Parameters
    ----------
    name : str
        The input, for messages.
    book : Book
        The opened file.
    sheet : str
        Name of the sheet.
    settings : SourceSettings
        ``header_row``, where the headings are not to be found out.

    Raises
    ------
    UnreadableFile
        The sheet is empty, damaged, or has no row of headings.
    """
    grid = book.grid(sheet)
    found = _headings(name, grid, settings)
    rows = [list(row) for row in grid.rows]
    notes = [*grid.notes, *found.notes, *_fill_down(rows, grid, found)]
    frame, typed = _as_frame(rows, grid.first_column, found.first_row - 1)
    names = cell_names(len(found.headings))

    def batches() -> Iterator[pl.DataFrame]:
        lines = batch(frame, range(found.first_row, found.first_row + frame.height))
        yield lines.filter(pl.any_horizontal(pl.col(names).is_not_null()))

    return RawTable(book.format, found.headings, typed, batches, notes)


def filled_rows(grid: Grid) -> int:
    """Count the rows of a sheet that hold anything."""
    return sum(1 for row in grid.rows if any(cell_text(cell) for cell in row))


def _headings(name: str, grid: Grid, settings: SourceSettings) -> HeadingRows:
    wanted = max(ROWS_LOOKED_AT, *(settings.header_row or (0,)))
    offset = [""] * grid.first_column
    rows = [[*offset, *(cell_text(cell) or "" for cell in row)] for row in grid.rows[:wanted]]
    found = find_headings(rows, settings)
    if found is not None:
        return found
    if not any(any(row) for row in rows):
        raise NoTable(f"{name}: the sheet is empty. Name the one to read: file.xlsx#Sheet, or sheet in a mapping.")
    raise NoTable(str(no_headings(name, settings)))


def _fill_down(rows: list[list[object]], grid: Grid, found: HeadingRows) -> list[str]:
    """Give every row of a merged range what its first cell says; an amount counts once, so it stays where it stands."""
    filled = kept = 0
    top = found.first_row - 1
    for (first_row, column), (last_row, _) in grid.merges:
        at = column - grid.first_column
        if first_row >= last_row or first_row >= len(rows) or last_row < top or not 0 <= at < len(rows[first_row]):
            continue
        cell = rows[first_row][at]
        if recognised([found.headings[column]]) & set(NUMBERS):
            kept += 1
            continue
        filled += 1
        for row in rows[max(first_row + 1, top) : last_row + 1]:
            row[at] = cell
    notes = [f"merged cells filled down to every row they cover: {filled:,}"] if filled else []
    if kept:
        notes.append(f"merged amounts kept on their first row only, so that none counts twice: {kept:,}")
    return notes


def _as_frame(rows: list[list[object]], offset: int, first: int) -> tuple[pl.DataFrame, frozenset[int]]:
    """Return the rows from one on as text, and the columns that hold numbers and nothing else."""
    width = len(rows[0]) if rows else 0
    empty = [pl.Series(name, [None] * max(len(rows) - first, 0), dtype=pl.String) for name in cell_names(offset)]
    names = cell_names(offset + width)[offset:]
    has_number, has_other = [False] * width, [False] * width
    parts: list[pl.DataFrame] = [pl.DataFrame(schema=dict.fromkeys(names, pl.String))]
    for start in range(first, len(rows), _ROWS_AT_ONCE):
        columns: dict[str, Any] = {}
        for at, cells in enumerate(zip(*rows[start : start + _ROWS_AT_ONCE], strict=True)):
            kinds = {*map(type, cells)}
            has_number[at] = has_number[at] or bool(kinds & {int, float})
            has_other[at] = has_other[at] or bool(kinds - {int, float, type(None)})
            columns[names[at]] = column_texts(cells)
        parts.append(pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)))
    typed = frozenset(offset + at for at in range(width) if has_number[at] and not has_other[at])
    return pl.concat(parts).select(*empty, *names), typed
