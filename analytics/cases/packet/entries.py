"""The workbook of shipments and entries: what the case is about, row by row, with the file and line of each."""

from __future__ import annotations

from io import BytesIO

import polars as pl

from analytics.cases.packet.context import Context
from analytics.workbooks.cells import Formats, new_book
from analytics.workbooks.sheets import write_table

__all__ = ["entries_workbook"]

_FLAGS = (
    "flag_id", "typology", "strength", "stands", "is_gone", "is_covered", "in_totals", "subject", "window_start",
    "window_end", "shipments", "total_usd", "limit_amount", "limit_currency", "excess_usd", "reason", "rule_id",
    "legal_basis",
)  # fmt: skip
_ENTRY = ("entry_number", "entry_type", "filer_code", "port_of_entry", "mode", "arrival_date")


def entries_workbook(context: Context) -> bytes:
    """Return the shipments, entries, days and flags of a case as a workbook; the same for the same case."""
    found, buffer = context.dossier, BytesIO()
    book = new_book(buffer, f"Case {found.case.case_id}: shipments and entries")
    formats = Formats(book)
    for name, frame in _sheets(context).items():
        write_table(book.add_worksheet(name), formats, frame)
    book.close()
    return buffer.getvalue()


def _sheets(context: Context) -> dict[str, pl.DataFrame]:
    found = context.dossier
    first = ("shipment_id", "arrival_date", "in_flags", "is_included", "exclude_reason")
    others = [name for name in found.shipments.columns if name not in {*first, "seller"}]
    return {
        "shipments": found.shipments.select(*first, *others),
        "entries": _entries(found.shipments.filter(pl.col("in_flags") != "")),
        "days": found.day_totals,
        "flags": found.flags.select(_FLAGS),
        "aliases": found.members,
        "links": found.links,
    }


def _entries(flagged: pl.DataFrame) -> pl.DataFrame:
    """Return the entries of the shipments in flags; without an entry number, those of one port, filer and day."""
    return (
        flagged.group_by(_ENTRY)
        .agg(
            shipments=pl.len().cast(pl.Int64),
            consignees=pl.col("identity_id").n_unique().cast(pl.Int64),
            value_usd=pl.col("value_usd").sum(),
            house_bills=pl.col("house_bill").drop_nulls().unique().sort().str.join(", "),
            shipment_ids=pl.col("shipment_id").sort().str.join(", "),
        )
        .sort("arrival_date", *_ENTRY[:-1], nulls_last=True)
    )
