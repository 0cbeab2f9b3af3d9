"""ODS workbooks. Cells and rows that say how often they are repeated are counted so."""

from __future__ import annotations

import zipfile
from typing import Any

from lxml import etree

from analytics.ingest.readers.extent import look_into
from analytics.ingest.readers.format import Format
from analytics.ingest.readers.reach import Findings
from analytics.ingest.readers.workbooks import opens_workbooks

__all__ = ["FORMAT", "look_into_ods"]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_REPEATED = 1 << 40


def look_into_ods(archive: zipfile.ZipFile) -> dict[str, Findings]:
    """Return how far the cells of every table reach, by its name.

    Parameters
    ----------
    archive : ZipFile
        The workbook.
    """
    found: dict[str, Findings] = {}
    row = 0
    sheet = Findings()
    with archive.open("content.xml") as opened:
        for event, element in etree.iterparse(
            opened, events=("start", "end"), tag=(f"{_TABLE}table", f"{_TABLE}table-row"), resolve_entities=False
        ):
            if element.tag == f"{_TABLE}table":
                if event == "start":
                    row, sheet = 0, found.setdefault(element.get(f"{_TABLE}name") or "", Findings())
            elif event == "end":
                row += _times(element, "rows")
                width = _width(element)
                if width:
                    sheet.last_row, sheet.last_column = row, max(sheet.last_column, width)
                element.clear()
    return {**found, "": max(found.values(), key=lambda item: item.places, default=Findings())}


def _width(row: Any) -> int:
    """Return the last column of a row that holds anything, from 1; 0 where none does."""
    column = last = 0
    for cell in row.iterchildren(*_CELLS):
        column += _times(cell, "columns")
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            last = column
    return last


def _times(element: Any, what: str) -> int:
    written = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return min(int(written), _MOST_REPEATED) if written.isascii() and written.isdigit() else 1


FORMAT = Format(
    "ods",
    40,
    (".ods",),
    lambda head: head.has_part("content.xml"),
    book=opens_workbooks("ods", lambda path: look_into(path, look_into_ods), is_whole=True),
)
