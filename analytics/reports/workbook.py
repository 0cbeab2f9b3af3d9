"""The workbook: the same measures as sheets, with every text a text and never a formula."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analytics.reports import sentences
from analytics.reports.measures import Measures
from analytics.reports.wording import clean, days

__all__ = ["ROW_CAP", "workbook"]

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
_FLAGS = (
    "flag_id", "typology", "strength", "identity_id", "display_name", "display_address", "window_start", "window_end",
    "shipments", "total_usd", "limit_amount", "limit_currency", "floor_usd", "base_usd", "ceiling_usd", "is_unknown",
    "is_plain_to_see", "in_totals", "is_suppressed", "survives_to_threshold", "reason", "counter_reasons", "rule_id",
    "legal_basis", "attributes", "subject",
)  # fmt: skip
_HIDDEN_SHIPMENT_COLUMNS = ("declared_value", "currency", "alias_id", "party_class", "exemption_claimed")


def workbook(measures: Measures) -> bytes:
    """Write the report as a workbook: summary, flags, shipments, identities, what they may cost, rejected.

    Parameters
    ----------
    measures : Measures
        What it shows.

    Returns
    -------
    bytes
        An XLSX file; the same for the same measures.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": f"Risk report {measures.period.label}", "created": _CREATED})
    formats = _Formats(book)
    _write_summary(book.add_worksheet("summary"), formats, measures)
    for name, frame in _sheets(measures).items():
        _write_table(book.add_worksheet(name), formats, frame)
    book.close()
    return buffer.getvalue()


class _Formats:
    """The few ways a cell may look."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        face = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.text: Format = book.add_format(face)
        self.wrapped: Format = book.add_format({**face, "text_wrap": True})
        self.title: Format = book.add_format({**face, "bold": True, "font_size": 18, "font_color": "#1f4e79"})
        self.head: Format = book.add_format({**face, "bold": True, "bottom": 1, "bg_color": "#f4f6f8"})
        self.money: Format = book.add_format({**face, "num_format": "#,##0.00"})
        self.whole: Format = book.add_format({**face, "num_format": "#,##0"})
        self.day: Format = book.add_format({**face, "num_format": "yyyy-mm-dd", "align": "left"})


def _sheets(measures: Measures) -> dict[str, pl.DataFrame]:
    """Return the tables of the period; what came in as rejected belongs to the store as a whole."""
    tables, period = measures.tables, measures.period
    kinds = ((tables.flags, True), (tables.leads, False), (tables.explained, False))
    every_flag = pl.concat([flags.with_columns(in_totals=pl.lit(counts)) for flags, counts in kinds])
    flags = every_flag.filter(pl.col("window_end").is_between(period.start, period.end))
    flagged = flags.select("identity_id").drop_nulls().unique()
    identities = tables.identities.join(flagged.lazy(), on="identity_id", how="semi").sort("identity_id").collect()
    names = identities.select("identity_id", "display_name", "display_address")
    pieces = tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi").drop(_HIDDEN_SHIPMENT_COLUMNS)
    return {
        "flags": flags.join(names, on="identity_id", how="left", maintain_order="left").select(_FLAGS),
        "shipments": pieces,
        "identities": identities,
        **measures.owed.sheets,
        "rejected": tables.rejected.sort("source_file", "source_line", "reasons"),
    }


def _write_summary(sheet: Worksheet, formats: _Formats, measures: Measures) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 16)
    _put(sheet, 0, 0, f"Risk report, {measures.period.title}", formats.title)
    _put(sheet, 1, 0, days(measures.period.start, measures.period.end), formats.text)
    _put(sheet, 2, 0, "Indicators, not findings. What an indicator means is for a lawyer to decide.", formats.text)
    row = 4
    for line in (*sentences.bottom_line(measures), *sentences.decisions(measures)):
        sheet.merge_range(row, 0, row, 7, "", formats.wrapped)
        _put(sheet, row, 0, line, formats.wrapped)
        sheet.set_row(row, 32)
        row += 1
    row = _write_kpis(sheet, formats, measures, row + 1)
    _write_weeks(sheet, formats, measures, row + 1)


def _write_kpis(sheet: Worksheet, formats: _Formats, measures: Measures, row: int) -> int:
    for column, heading in enumerate(("Figure", "This period", "Before", "Median of eight", "Low to high")):
        _put(sheet, row, column, heading, formats.head)
    tiles = sentences.tiles(measures)
    for tile, kpi in zip(tiles, measures.headline.kpis, strict=True):
        row += 1
        _put(sheet, row, 0, tile.label, formats.text)
        _put(sheet, row, 4, tile.between, formats.text)
        shape = formats.whole if kpi.key in {"flags", "recipients", "hidden"} else formats.money
        for column, value in enumerate((kpi.now, kpi.before, kpi.usual), start=1):
            _put(sheet, row, column, value, shape)
    return row + 1


def _write_weeks(sheet: Worksheet, formats: _Formats, measures: Measures, row: int) -> None:
    for column, heading in enumerate(("Week of", "Flags", "Low", "Base", "High", "Strict matching", "Loose matching")):
        _put(sheet, row, column, heading, formats.head)
    for number, values in enumerate(measures.trend.iter_rows(), start=row + 1):
        for column, value in enumerate(values):
            _put(sheet, number, column, value, _shape(formats, value))


def _write_table(sheet: Worksheet, formats: _Formats, frame: pl.DataFrame) -> None:
    """Write a frame with a heading that stays in view; rows beyond the cap are counted in a last line."""
    shown = frame.head(ROW_CAP)
    for column, name in enumerate(frame.columns):
        _put(sheet, 0, column, name, formats.head)
        sheet.set_column(column, column, _width(name, shown[name]))
    for number, values in enumerate(shown.iter_rows(), start=1):
        for column, value in enumerate(values):
            _put(sheet, number, column, value, _shape(formats, value))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(shown.height, 1), max(frame.width - 1, 0))
    if frame.height > ROW_CAP:
        note = f"The first {ROW_CAP:,} of {frame.height:,} rows; `splitship export` gives all of them."
        _put(sheet, shown.height + 1, 0, note, formats.text)


def _shape(formats: _Formats, value: Any) -> Format:
    if isinstance(value, Decimal):
        return formats.money
    if isinstance(value, bool) or not isinstance(value, int | date):
        return formats.text
    return formats.whole if isinstance(value, int) else formats.day


def _put(sheet: Worksheet, row: int, column: int, value: Any, shape: Format) -> None:
    """Write one cell by its type; text is written as text whatever it begins with."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, shape)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, shape)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, shape)
    else:
        sheet.write_string(row, column, clean(str(value))[:_CELL_CAP], shape)


def _width(name: str, values: pl.Series) -> int:
    least, most = _WIDTHS
    longest = max((len(str(value)) for value in values.head(200) if value is not None), default=0)
    return min(most, max(least, longest + 2, len(name) + 3))
