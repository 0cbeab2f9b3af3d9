"""The workbook: the same sections as sheets, with every text a text and never a formula."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import polars as pl
from xlsxwriter.worksheet import Worksheet

from analytics.reports.section import Contents
from analytics.reports.sections import in_order
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.sections.trend import SECTION as TREND
from analytics.reports.wording import days
from analytics.workbooks.cells import Formats, look_of, new_book, put
from analytics.workbooks.legend import legend
from analytics.workbooks.sheets import for_print, write_table

__all__ = ["workbook"]

_LINE, _CHARACTERS = 15, 130
"""Height of a line of the summary in points, and the characters that it holds."""


def workbook(contents: Contents) -> bytes:
    """Write the report as a workbook: a summary, then the sheets of each section, then what columns mean.

    Parameters
    ----------
    contents : Contents
        What it is made from.

    Returns
    -------
    bytes
        An XLSX file; the same for the same contents.
    """
    buffer = BytesIO()
    book = new_book(buffer, f"Risk report {contents.period.label}")
    formats = Formats(book)
    _write_summary(book.add_worksheet("summary"), formats, contents)
    sheets: dict[str, pl.DataFrame] = {}
    meanings: dict[str, Mapping[str, str]] = {}
    for section in in_order():
        of_section = section.sheets(contents.of(section), contents)
        sheets |= of_section
        meanings |= dict.fromkeys(of_section, section.meanings)
    for name, frame in {**sheets, "columns": legend(sheets, meanings)}.items():
        write_table(book.add_worksheet(name), formats, frame)
    book.close()
    return buffer.getvalue()


def _write_summary(sheet: Worksheet, formats: Formats, contents: Contents) -> None:
    sheet.hide_gridlines(2)
    for_print(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 7, 16)
    sheet.set_row(0, 2 * _LINE)
    put(sheet, 0, 0, f"Risk report, {contents.period.title}", formats.title)
    put(sheet, 1, 0, days(contents.period.start, contents.period.end), formats.text)
    put(sheet, 2, 0, "Indicators, not findings. What an indicator means is for a lawyer to decide.", formats.text)
    row = 4
    for line in PAGE_ONE.says(contents.of(PAGE_ONE)):
        sheet.merge_range(row, 0, row, 7, "", formats.wrapped)
        put(sheet, row, 0, line, formats.wrapped)
        sheet.set_row(row, _LINE * -(-len(line) // _CHARACTERS))
        row += 1
    row = _write_kpis(sheet, formats, contents, row + 1)
    _write_weeks(sheet, formats, contents, row + 1)


def _write_kpis(sheet: Worksheet, formats: Formats, contents: Contents, row: int) -> int:
    for column, heading in enumerate(("Figure", "This period", "Before", "Median of eight", "By identity threshold")):
        put(sheet, row, column, heading, formats.head_of_numbers if column in {1, 2, 3} else formats.head)
    tiles = contents.of(PAGE_ONE).tiles
    for tile, kpi in zip(tiles, contents.headline.kpis, strict=True):
        row += 1
        put(sheet, row, 0, tile.label, formats.text)
        put(sheet, row, 4, tile.between, formats.text)
        look = formats.whole if kpi.key in {"flags", "recipients", "hidden"} else formats.money
        for column, value in enumerate((kpi.now, kpi.before, kpi.usual), start=1):
            put(sheet, row, column, value, look)
    return row + 1


def _write_weeks(sheet: Worksheet, formats: Formats, contents: Contents, row: int) -> None:
    for column, heading in enumerate(("Week of", "Flags", "Low", "Base", "High", "Strict matching", "Loose matching")):
        put(sheet, row, column, heading, formats.head_of_numbers if column else formats.head)
    for number, values in enumerate(contents.of(TREND).weeks.iter_rows(), start=row + 1):
        for column, value in enumerate(values):
            put(sheet, number, column, value, look_of(formats, value))
