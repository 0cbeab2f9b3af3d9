"""Workbooks as one XML text, which Excel 2003 and many systems write under the ending ``.xls``."""

from __future__ import annotations

import math
import re
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from analytics.errors import UnreadableFile
from analytics.ingest.decode.encodings import open_bytes
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.books import Grid, Merge, Sheet
from analytics.ingest.readers.format import Format
from analytics.ingest.readers.reach import Findings

__all__ = ["FORMAT", "XmlWorkbook", "open_xml_workbook"]

_BEGINS = re.compile(rb"(?s)<\?xml.{0,4096}urn:schemas-microsoft-com:office:spreadsheet")

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class XmlWorkbook:
    """An opened workbook.

    Parameters
    ----------
    path : Path
        The file.
    """

    format = "xml"

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with closing(open_bytes(path)) as opened:
                root = etree.parse(opened, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(f"{path}: the XML of the workbook is broken ({error.msg}). Save it again.") from None
        self._sheets = {
            item.get(f"{_SS}Name") or f"Sheet {at}": item for at, item in enumerate(root.iter(f"{_SS}Worksheet"), 1)
        }
        self.sheets = tuple(Sheet(name, _is_hidden(item)) for name, item in self._sheets.items())
        if not self.sheets:
            raise UnreadableFile(f"{path}: the workbook lists no sheets. Save it again in the spreadsheet program.")

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet."""
        found: dict[int, dict[int, object]] = {}
        merges: list[Merge] = []
        row = errors = 0
        for element in self._sheets[sheet].iter(f"{_SS}Row"):
            row = _number(element, "Index", row + 1, _LAST_ROW)
            column = 0
            for cell in element.iterchildren(f"{_SS}Cell"):
                column = _number(cell, "Index", column + 1, _LAST_COLUMN)
                value, is_error = _value(cell)
                errors += is_error
                if value is not None:
                    found.setdefault(row, {})[column] = value
                down = _number(cell, "MergeDown", 0, _LAST_ROW)
                if down:
                    merges.append(((row - 1, column - 1), (row - 1 + down, column - 1)))
                column += _number(cell, "MergeAcross", 0, _LAST_COLUMN)
        width = max((column for cells in found.values() for column in cells), default=0)
        reach = Findings(max(found, default=0), width, errors)
        reach.require_bounded(self._path, sheet)
        rows = [
            [found.get(at, {}).get(column) for column in range(1, width + 1)] for at in range(1, reach.last_row + 1)
        ]
        return Grid(rows, merges, notes=reach.notes())


def open_xml_workbook(path: Path, _settings: SourceSettings) -> XmlWorkbook:
    """Open a workbook that is one XML text."""
    return XmlWorkbook(path)


def _is_hidden(sheet: Any) -> bool:
    return any("Hidden" in (element.text or "") for element in sheet.iter(_VISIBLE))


def _number(element: Any, name: str, otherwise: int, most: int) -> int:
    written = element.get(f"{_SS}{name}") or ""
    return min(int(written), most) if written.isascii() and written.isdigit() and len(written) < 10 else otherwise


def _value(cell: Any) -> tuple[object, bool]:
    """Return the typed value of a cell, and whether it holds an error."""
    data = cell.find(f"{_SS}Data")
    text = "" if data is None else "".join(data.itertext()).strip()
    kind = "" if data is None else data.get(f"{_SS}Type")
    if not text or kind == "Error":
        return None, kind == "Error"
    try:
        if kind == "Number" and math.isfinite(float(text)):
            return float(text), False
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return (moment.date() if moment.time() == moment.min.time() else moment), False
    except ValueError:
        return text, False
    return (text == "1") if kind == "Boolean" else text, False


FORMAT = Format("xml", 60, (), lambda head: bool(_BEGINS.match(head.text)), book=open_xml_workbook)
