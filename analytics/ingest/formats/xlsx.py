"""XLSX workbooks. How far cells reach is found by counting marks; the XML is parsed only where they look odd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from analytics.errors import UnreadableFile
from analytics.ingest.readers.extent import look_into, of_parts
from analytics.ingest.readers.format import Format
from analytics.ingest.readers.reach import Findings, column_number
from analytics.ingest.readers.workbooks import opens_workbooks

__all__ = ["FORMAT", "look_into_xlsx_sheet"]

_BLOCK, _LONGEST_ROW = 1 << 22, 1 << 26
_ORDINARY_PLACES = 40_000_000
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,9})"')
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d{1,9}"')
_ERROR = re.compile(rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*?\bt="e"')
_NO_RESULT = re.compile(rb"(?:</f>|<f\b[^>]*/>)(?:<v\s*/>|<v></v>)?\s*</c>")
_OPENINGS = (b"<c ", b"<c>", b"<c/", b"<row ", b"<row>", b"<row/")
"""Every row and cell says where it is, as a rule; where one does not, the XML is parsed."""
_ONE_LETTER, _ODD = 26, 16_384


def look_into_xlsx_sheet(opened: IO[bytes]) -> Findings:
    """Return what a look into the XML of a sheet found.

    Parameters
    ----------
    opened : binary file
        The XML, unpacked; it is read to its end.
    """
    found = Findings(last_column=_ONE_LETTER)
    for rows in _pieces(opened):
        found.last_row = max(found.last_row, *map(int, _ROW.findall(rows)), 0)
        wide = {column_number(letters.decode()) for letters in set(_WIDE.findall(rows))}
        is_named = rows.count(b' r="') >= sum(map(rows.count, _OPENINGS)) and b":row" not in rows
        found.last_column = max(found.last_column, *wide, 0 if is_named else _ODD)
        if b't="e"' in rows:
            places = _ERROR.findall(rows)
            found.first_error = found.first_error or (places[0].decode() if places else "")
            found.errors += rows.count(b't="e"')
        if b"<f" in rows:
            found.without_result += len(_NO_RESULT.findall(rows))
    if found.places > _ORDINARY_PLACES:
        opened.seek(0)
        found.last_row, found.last_column = _parsed_reach(opened)
    return found


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    """Give the XML in pieces that end between two rows."""
    rest = b""
    while block := opened.read(_BLOCK):
        rest += block
        end = rest.rfind(b"<row")
        if end > 0:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > _LONGEST_ROW:
            raise UnreadableFile("one row of a sheet has over 64 MB. Save the workbook again, or save it as CSV.")
    yield rest


def _parsed_reach(opened: IO[bytes]) -> tuple[int, int]:
    """Parse a sheet cell by cell for the last row and column that hold anything."""
    row = column = last_row = last_column = 0
    for event, element in etree.iterparse(
        opened, events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True
    ):
        is_row = etree.QName(element).localname == "row"
        if event == "start" and is_row:
            row, column = int(element.get("r") or row + 1), 0
        elif event == "end" and not is_row:
            column = _column_of(element, column)
            if len(element):
                last_row, last_column = max(last_row, row), max(last_column, column)
            element.clear()
        elif event == "end":
            _forget(element)
    return last_row, last_column


def _column_of(cell: Any, before: int) -> int:
    letters = (cell.get("r") or "").rstrip("0123456789")
    return column_number(letters) if letters.isascii() and letters.isupper() else before + 1


def _forget(row: Any) -> None:
    """Let go of a row that was looked at, and of those before it."""
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]


FORMAT = Format(
    "xlsx",
    20,
    (".xlsx", ".xlsm"),
    lambda head: head.has_part("xl/workbook.xml"),
    book=opens_workbooks("xlsx", lambda path: look_into(path, lambda archive: of_parts(archive, look_into_xlsx_sheet))),
)
