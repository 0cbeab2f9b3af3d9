"""A table as a sheet: a heading that stays in view, filters, widths, formats by column, and a print that is read."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from analytics.contracts.published import json_columns
from analytics.workbooks.cells import Formats, put
from analytics.workbooks.texts import text_of_json

__all__ = ["ROW_CAP", "for_print", "write_table"]

ROW_CAP = 50_000
_LEAST, _MOST, _WRAPPED = 10, 46, 60
_LOOKED_AT = 400
"""Rows by which the width of a column is told."""
_PRINTED = 190
"""Characters side by side that landscape paper holds in a size that is read."""
_LETTER = 1
_LINE = 15
"""Height of a line in points."""
_MOST_LINES = 12
_SHARES = ("_share", "share", "rate_least", "rate_most")
_CENTS = 2


def write_table(sheet: Worksheet, formats: Formats, frame: pl.DataFrame, *, most: int | None = None) -> None:
    """Write a frame with a heading that stays in view; rows beyond the cap are counted in a last line.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
        Where it goes.
    formats : Formats
        Of its book.
    frame : polars.DataFrame
        Any table. Columns of JSON are written as plain lines; instants are UTC.
    most : int, optional
        Rows at most; `ROW_CAP` where not given.
    """
    cap = ROW_CAP if most is None else most
    shown = _plain(frame.head(cap))
    columns = [_column(formats, shown[name]) for name in shown.columns]
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        put(sheet, 0, number, column.name, formats.head_of_numbers if column.is_number else formats.head)
    for row, values in enumerate(shown.iter_rows(), start=1):
        sheet.set_row(row, _LINE * _lines(columns, values))
        for number, (column, value) in enumerate(zip(columns, values, strict=True)):
            put(sheet, row, number, value, column.look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(shown.height, 1), max(shown.width - 1, 0))
    _print_what_fits(sheet, columns, shown.height)
    if frame.height > cap:
        note = f"The first {cap:,} of {frame.height:,} rows; `splitship export` gives all of them."
        put(sheet, shown.height + 1, 0, note, formats.text)


def for_print(sheet: Worksheet, footer: str = "") -> None:
    """Set a sheet up for letter paper: landscape, one page wide, with the page number under it.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
        The sheet.
    footer : str
        What stands in the middle under each page.
    """
    sheet.set_landscape()
    sheet.set_paper(_LETTER)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&A&C{footer}&RPage &P of &N")


@dataclass(frozen=True)
class _Column:
    """A column as it is written."""

    name: str
    width: int
    look: Format
    is_wrapped: bool = False
    is_number: bool = False


def _lines(columns: list[_Column], values: tuple[object, ...]) -> int:
    """Return how many lines a row takes: not every program finds the height of wrapped text by itself."""
    taken = (
        sum(-(-max(1, len(line)) // column.width) for line in str(value).split("\n"))
        for column, value in zip(columns, values, strict=True)
        if column.is_wrapped and value is not None
    )
    return min(_MOST_LINES, max(taken, default=1))


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with JSON as plain lines, lists parted by commas, and yes or no where it holds truth values."""
    changed = [
        pl.col(name).map_elements(text_of_json, return_dtype=pl.String)
        for name in frame.columns
        if name in json_columns() and frame.schema[name] == pl.String
    ]
    lists = [
        pl.col(name).cast(pl.List(pl.String)).list.join(", ")
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.List)
    ]
    answers = [
        pl.when(pl.col(name)).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no")).alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.Boolean
    ]
    return frame.with_columns(*changed, *lists, *answers)


def _column(formats: Formats, values: pl.Series) -> _Column:
    look = _look(formats, values)
    texts = [str(value) for value in values.head(_LOOKED_AT) if value is not None]
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    is_wrapped = values.dtype == pl.String and (longest > _MOST or any("\n" in text for text in texts))
    if is_wrapped:
        return _Column(values.name, min(_WRAPPED, longest + 2), formats.wrapped, is_wrapped=True)
    room = longest + 2 + (longest - 1) // 3 * (look in (formats.money, formats.whole))
    return _Column(
        values.name, min(_MOST, max(_LEAST, room, len(values.name) + 4)), look, is_number=values.dtype.is_numeric()
    )


def _look(formats: Formats, values: pl.Series) -> Format:
    """Return how a column looks, by its type, and by its name where a number is a share."""
    kind = values.dtype
    if kind.is_numeric() and values.name.endswith(_SHARES):
        return formats.share
    if isinstance(kind, pl.Decimal):
        return formats.money if kind.scale <= _CENTS else formats.number
    if kind.is_float():
        return formats.number
    if kind.is_integer():
        return formats.text if values.name.endswith(("_no", "_line")) else formats.whole
    if isinstance(kind, pl.Datetime):
        return formats.instant
    return formats.day if kind == pl.Date else formats.text


def _print_what_fits(sheet: Worksheet, columns: list[_Column], rows: int) -> None:
    """Print the columns that stand side by side in a size that is read; the foot of the page says which."""
    fitting, room = 0, _PRINTED
    for column in columns:
        room -= column.width
        if room < 0 and fitting:
            break
        fitting += 1
    said = "" if fitting == len(columns) else f"Columns A to {xl_col_to_name(fitting - 1)} of {len(columns)}"
    for_print(sheet, said)
    sheet.repeat_rows(0)
    if fitting:
        sheet.print_area(0, 0, max(rows, 1), fitting - 1)
