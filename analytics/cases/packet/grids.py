"""A sheet with formulas: every formula is written with its result, so that a viewer that does not compute shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from analytics.workbooks.cells import Formats, look_of, put

__all__ = ["PERCENT", "SHARE", "WRAPPED", "Grid", "letter"]

_NOUGHT = Decimal("0.00")
_WIDTHS = (12, 26)
_LOOKED_AT = 400
"""Rows by which the width of a column is told."""
PERCENT = "percent"
"""How a rate looks: as a share of a hundred, to four places."""
SHARE = "share"
"""How a share looks that money is multiplied by: to twelve places."""
WRAPPED = "wrapped"
"""How a sentence looks that is longer than its column is wide."""
_WIDE = 60


@dataclass
class Grid:
    """Cells of a sheet, before they are written.

    Attributes
    ----------
    name : str
        Of the sheet.
    values : dict
        Row and column, from 0, to what stands there; of a formula its result.
    formulas : dict
        Row and column to the formula.
    looks : dict
        Row and column to the name of a format: head, title, percent, share, wrapped; else the value decides.
    """

    name: str
    values: dict[tuple[int, int], Any] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    looks: dict[tuple[int, int], str] = field(default_factory=dict)

    def row(self, row: int, values: Sequence[Any], look: str = "", start: int = 0) -> None:
        """Put values side by side; a formula is a pair of its text and its result."""
        for column, value in enumerate(values, start=start):
            self.put(row, column, value, look)

    def put(self, row: int, column: int, value: Any, look: str = "") -> None:
        """Put a value, or a formula with its result, into a cell."""
        if isinstance(value, tuple):
            self.formulas[row, column], value = value
        self.values[row, column] = value
        if look:
            self.looks[row, column] = look

    def total(self, row: int, columns: Sequence[int], first: int) -> None:
        """Put the sums of some columns, from the row ``first`` on, into a row; a text counts as nothing."""
        for column in columns:
            name = letter(column)
            known = (self.values.get((line, column)) for line in range(first, row))
            numbers = (value for value in known if isinstance(value, Decimal | int))
            self.put(row, column, (f"=SUM({name}{first + 1}:{name}{row})", sum(numbers, _NOUGHT)), "head")

    def write(self, book: xlsxwriter.Workbook, formats: Formats, frozen: tuple[int, int] | None = None) -> None:
        """Write the sheet; ``frozen`` are rows and columns that stay in view."""
        sheet = book.add_worksheet(self.name)
        percent = book.add_format({"num_format": "0.0000%", "valign": "top", "font_name": "Calibri"})
        share = book.add_format({"num_format": "0.000000000000", "valign": "top", "font_name": "Calibri"})
        looks = {"head": formats.head, "title": formats.title, "sum": formats.money}
        looks |= {PERCENT: percent, SHARE: share, WRAPPED: formats.wrapped}
        total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00", "font_name": "Calibri"})
        for (row, column), value in sorted(self.values.items()):
            formula = self.formulas.get((row, column))
            name = self.looks.get((row, column), "")
            look = total if name == "head" and formula else looks.get(name) or look_of(formats, value)
            if formula:
                sheet.write_formula(row, column, formula, look, float(value))
            else:
                put(sheet, row, column, value, look)
        self._fit(sheet)
        if frozen:
            sheet.freeze_panes(*frozen)

    def _fit(self, sheet: Worksheet) -> None:
        least, most = _WIDTHS
        widest: dict[int, int] = {}
        for (row, column), value in self.values.items():
            if row < _LOOKED_AT and value is not None:
                widest[column] = max(widest.get(column, least), len(str(value)) + 2)
        wrapped = {column for (_, column), look in self.looks.items() if look == WRAPPED}
        for column, width in sorted(widest.items()):
            sheet.set_column(column, column, min(_WIDE if column in wrapped else most, width))


def letter(column: int) -> str:
    """Return the letters of a column from 0: A for 0, AA for 26."""
    return str(xl_col_to_name(column))
