"""The workbook: the same sections as sheets, with every text a text and never a formula."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from analytics.reports.cells import Formats, look_of, new_book, put, write_table
from analytics.reports.section import Contents
from analytics.reports.sections import in_order
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.sections.trend import SECTION as TREND
from analytics.reports.wording import days

__all__ = ["workbook"]


def workbook(contents: Contents) -> bytes:
    """Write the report as a workbook: a summary, then the sheets of each section in the order of the page.

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
    for section in in_order():
        for name, frame in section.sheets(contents.of(section), contents).items():
            write_table(book.add_worksheet(name), formats, frame)
    book.close()
    return buffer.getvalue()


def _write_summary(sheet: Worksheet, formats: Formats, contents: Contents) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 16)
    put(sheet, 0, 0, f"Risk report, {contents.period.title}", formats.title)
    put(sheet, 1, 0, days(contents.period.start, contents.period.end), formats.text)
    put(sheet, 2, 0, "Indicators, not findings. What an indicator means is for a lawyer to decide.", formats.text)
    row = 4
    for line in PAGE_ONE.says(contents.of(PAGE_ONE)):
        sheet.merge_range(row, 0, row, 7, "", formats.wrapped)
        put(sheet, row, 0, line, formats.wrapped)
        sheet.set_row(row, 32)
        row += 1
    row = _write_kpis(sheet, formats, contents, row + 1)
    _write_weeks(sheet, formats, contents, row + 1)


def _write_kpis(sheet: Worksheet, formats: Formats, contents: Contents, row: int) -> int:
    for column, heading in enumerate(("Figure", "This period", "Before", "Median of eight", "Low to high")):
        put(sheet, row, column, heading, formats.head)
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
        put(sheet, row, column, heading, formats.head)
    for number, values in enumerate(contents.of(TREND).weeks.iter_rows(), start=row + 1):
        for column, value in enumerate(values):
            put(sheet, number, column, value, look_of(formats, value))
