"""Cells of a workbook: every text a text and never a formula, and the same bytes for the same rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analytics.reports.wording import clean

__all__ = ["ROW_CAP", "Formats", "look_of", "new_book", "put", "width", "write_table"]

ROW_CAP = 50_000
_CELL_CAP = 32_000  # Excel holds 32,767 characters in a cell
_WIDTHS = (10, 46)
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp: same measures, same bytes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def new_book(buffer: BytesIO, title: str) -> xlsxwriter.Workbook:
    """Return a workbook that takes no text for a formula, a link or a number, and bears no date of today."""
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": title, "created": _CREATED})
    return book


class Formats:
    """The few ways a cell may look.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        The workbook they are for.
    """

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        face = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.text: Format = book.add_format(face)
        self.wrapped: Format = book.add_format({**face, "text_wrap": True})
        self.title: Format = book.add_format({**face, "bold": True, "font_size": 18, "font_color": "#1f4e79"})
        self.head: Format = book.add_format({**face, "bold": True, "bottom": 1, "bg_color": "#f4f6f8"})
        self.money: Format = book.add_format({**face, "num_format": "#,##0.00"})
        self.whole: Format = book.add_format({**face, "num_format": "#,##0"})
        self.day: Format = book.add_format({**face, "num_format": "yyyy-mm-dd", "align": "left"})


def write_table(sheet: Worksheet, formats: Formats, frame: pl.DataFrame) -> None:
    """Write a frame with a heading that stays in view; rows beyond the cap are counted in a last line."""
    shown = frame.head(ROW_CAP)
    for column, name in enumerate(frame.columns):
        put(sheet, 0, column, name, formats.head)
        sheet.set_column(column, column, width(name, shown[name]))
    for number, values in enumerate(shown.iter_rows(), start=1):
        for column, value in enumerate(values):
            put(sheet, number, column, value, look_of(formats, value))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(shown.height, 1), max(frame.width - 1, 0))
    if frame.height > ROW_CAP:
        note = f"The first {ROW_CAP:,} of {frame.height:,} rows; `splitship export` gives all of them."
        put(sheet, shown.height + 1, 0, note, formats.text)


def look_of(formats: Formats, value: Any) -> Format:
    """Return how a value looks: money to the cent, whole numbers grouped, days in ISO form."""
    if isinstance(value, Decimal):
        return formats.money
    if isinstance(value, bool) or not isinstance(value, int | date):
        return formats.text
    return formats.whole if isinstance(value, int) else formats.day


def put(sheet: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
    """Write one cell by its type; text is written as text whatever it begins with."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_string(row, column, clean(str(value))[:_CELL_CAP], look)


def width(name: str, values: pl.Series) -> int:
    """Return how wide a column is: as its longest value or its name, within bounds."""
    least, most = _WIDTHS
    longest = max((len(str(value)) for value in values.head(200) if value is not None), default=0)
    return min(most, max(least, longest + 2, len(name) + 3))
