"""The workbook: the same measures as sheets, with every text a text and never a formula."""

from __future__ import annotations

from io import BytesIO

import polars as pl
from xlsxwriter.worksheet import Worksheet

from analytics.reports import sentences
from analytics.reports.cells import Formats, look_of, new_book, put, write_table
from analytics.reports.measures import Measures
from analytics.reports.wording import days

__all__ = ["workbook"]

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
    book = new_book(buffer, f"Risk report {measures.period.label}")
    formats = Formats(book)
    _write_summary(book.add_worksheet("summary"), formats, measures)
    for name, frame in _sheets(measures).items():
        write_table(book.add_worksheet(name), formats, frame)
    book.close()
    return buffer.getvalue()


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
        "flags": flags.join(names, on="identity_id", how="left", maintain_order="left").select(
            *_FLAGS, _case(measures)
        ),
        "shipments": pieces,
        "identities": identities,
        **measures.owed.sheets,
        "rejected": tables.rejected.sort("source_file", "source_line", "reasons"),
    }


def _case(measures: Measures) -> pl.Expr:
    """Return the case that investigators hold a flag in."""
    known = pl.col("flag_id").replace_strict(dict(measures.cases), default=None, return_dtype=pl.String)
    return known.alias("case")


def _write_summary(sheet: Worksheet, formats: Formats, measures: Measures) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 16)
    put(sheet, 0, 0, f"Risk report, {measures.period.title}", formats.title)
    put(sheet, 1, 0, days(measures.period.start, measures.period.end), formats.text)
    put(sheet, 2, 0, "Indicators, not findings. What an indicator means is for a lawyer to decide.", formats.text)
    row = 4
    for line in (*sentences.bottom_line(measures), *sentences.decisions(measures)):
        sheet.merge_range(row, 0, row, 7, "", formats.wrapped)
        put(sheet, row, 0, line, formats.wrapped)
        sheet.set_row(row, 32)
        row += 1
    row = _write_kpis(sheet, formats, measures, row + 1)
    _write_weeks(sheet, formats, measures, row + 1)


def _write_kpis(sheet: Worksheet, formats: Formats, measures: Measures, row: int) -> int:
    for column, heading in enumerate(("Figure", "This period", "Before", "Median of eight", "Low to high")):
        put(sheet, row, column, heading, formats.head)
    tiles = sentences.tiles(measures)
    for tile, kpi in zip(tiles, measures.headline.kpis, strict=True):
        row += 1
        put(sheet, row, 0, tile.label, formats.text)
        put(sheet, row, 4, tile.between, formats.text)
        look = formats.whole if kpi.key in {"flags", "recipients", "hidden"} else formats.money
        for column, value in enumerate((kpi.now, kpi.before, kpi.usual), start=1):
            put(sheet, row, column, value, look)
    return row + 1


def _write_weeks(sheet: Worksheet, formats: Formats, measures: Measures, row: int) -> None:
    for column, heading in enumerate(("Week of", "Flags", "Low", "Base", "High", "Strict matching", "Loose matching")):
        put(sheet, row, column, heading, formats.head)
    for number, values in enumerate(measures.trend.iter_rows(), start=row + 1):
        for column, value in enumerate(values):
            put(sheet, number, column, value, look_of(formats, value))
