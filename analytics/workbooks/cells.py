"""Cells of a workbook: every text a text and never a formula, and the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analytics.showing import clean

__all__ = ["Formats", "look_of", "new_book", "put"]

_CELL_CAP = 32_000  # Excel holds 32,767 characters in a cell
_CUT = " … (cut here)"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp: same measures, same bytes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": True,  # a workbook knows no time zone; every instant is UTC
}


def new_book(target: BytesIO | Path, title: str, options: Mapping[str, Any] | None = None) -> xlsxwriter.Workbook:
    """Return a workbook that takes no text for a formula, a link or a number, and bears no date of today.

    Parameters
    ----------
    target : BytesIO or Path
        Where it is written.
    title : str
        Its title in the properties.
    options : mapping, optional
        Further options of xlsxwriter.
    """
    book = xlsxwriter.Workbook(target, {**_OPTIONS, **(options or {})})
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
        left = {**face, "align": "left", "indent": 1}  # so that a text does not touch the number before it
        self.text: Format = book.add_format(left)
        self.wrapped: Format = book.add_format({**left, "text_wrap": True})
        self.title: Format = book.add_format({**face, "bold": True, "font_size": 18, "font_color": "#1f4e79"})
        head = {"bold": True, "bottom": 1, "bg_color": "#f4f6f8"}
        self.head: Format = book.add_format({**left, **head})
        self.head_of_numbers: Format = book.add_format({**face, **head, "align": "right"})
        self.money: Format = book.add_format({**face, "num_format": "#,##0.00"})
        self.whole: Format = book.add_format({**face, "num_format": "#,##0"})
        self.share: Format = book.add_format({**face, "num_format": "0.0%"})
        self.number: Format = book.add_format({**face, "num_format": "#,##0.0###"})
        self.day: Format = book.add_format({**left, "num_format": "yyyy-mm-dd"})
        self.instant: Format = book.add_format({**left, "num_format": "yyyy-mm-dd hh:mm:ss"})


def look_of(formats: Formats, value: Any) -> Format:
    """Return how a value looks: money to the cent, whole numbers grouped, days and instants in ISO form."""
    if isinstance(value, Decimal):
        return formats.money
    if isinstance(value, datetime):
        return formats.instant
    if isinstance(value, bool) or not isinstance(value, int | date):
        return formats.text
    return formats.whole if isinstance(value, int) else formats.day


def put(sheet: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
    """Write one cell by its type; text is written as text whatever it begins with, and a cut is said in the cell."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    else:
        text = str(value)
        whole = "\n".join(clean(line) for line in text.split("\n"))
        sheet.write_string(row, column, whole if len(whole) <= _CELL_CAP else whole[:_CELL_CAP] + _CUT, look)
