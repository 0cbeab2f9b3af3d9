"""Tables of a web page, which many systems write under the name of a workbook; each is a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from lxml import etree, html

from analytics.errors import UnreadableFile
from analytics.ingest.decode.encodings import detect_encoding, open_utf8
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.books import Grid, Merge, Sheet
from analytics.ingest.readers.format import Format
from analytics.ingest.readers.reach import Findings

__all__ = ["FORMAT", "WebTables", "open_web_tables"]

_BEGINS = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|meta|title|style|body|table|div|center|p|br)\b|<!--")

_LARGEST = 1 << 28
_WIDEST = 16_384


class WebTables:
    """The tables of a page that hold no other table.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str
        How its text is encoded.
    """

    format = "html"

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        tables = _page(path, encoding).iter("table")
        self._tables = {f"Table {at}": table for at, table in enumerate(_innermost(tables), start=1)}
        if not self._tables:
            raise UnreadableFile(f"{path}: a web page without a table. Save the table as XLSX or CSV.")
        self.sheets = tuple(Sheet(name) for name in self._tables)

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a table; a cell over several rows stands for all of them."""
        rows: list[list[object]] = []
        merges: list[Merge] = []
        taken: dict[int, set[int]] = {}
        for at, row in enumerate(self._tables[sheet].iter("tr")):
            cells: list[object] = []
            for cell in row.iterchildren("td", "th"):
                while len(cells) in taken.get(at, ()):
                    cells.append(None)
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                first = len(cells)
                cells += [_text(cell), *[None] * (across - 1)]
                if down > 1:
                    merges.append(((at, first), (at + down - 1, first)))
                    for below in range(at + 1, at + down):
                        taken.setdefault(below, set()).update(range(first, first + across))
            rows.append(cells)
        width = max(map(len, rows), default=0)
        Findings(len(rows), width).require_bounded(self._path, sheet)
        return Grid([[*row, *[None] * (width - len(row))] for row in rows], merges)


def open_web_tables(path: Path, settings: SourceSettings) -> WebTables:
    """Open the tables of a web page."""
    return WebTables(path, settings.encoding or detect_encoding(path))


def _page(path: Path, encoding: str) -> html.HtmlElement:
    with closing(open_utf8(path, encoding)) as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise UnreadableFile(f"{path}: a web page of over {_LARGEST >> 20} MB. Save the table as XLSX or CSV.")
    try:
        return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(f"{path}: a damaged web page. Save the table as XLSX or CSV.") from None


def _innermost(tables: Iterator[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    return (table for table in tables if next(table.iterdescendants("table"), None) is None)


def _span(cell: html.HtmlElement, what: str) -> int:
    written = (cell.get(what) or "").strip()
    return max(1, min(int(written), _WIDEST)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _text(cell: html.HtmlElement) -> str | None:
    for element in cell.iter("br", "p", "div"):
        element.tail = f" {element.tail or ''}"
    return " ".join("".join(cell.itertext()).split()) or None


FORMAT = Format("html", 70, (), lambda head: bool(_BEGINS.match(head.text)), book=open_web_tables)
