"""Every format that is read: a new one is one reader and one row here.

A file is told by its content. Its ending only decides whether a folder's files are taken up.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import UnreadableFile
from analytics.ingest.csv_reader import open_csv
from analytics.ingest.encodings import detect_encoding, open_bytes
from analytics.ingest.formats.books import Book
from analytics.ingest.formats.json_records import open_json
from analytics.ingest.formats.parquet import open_parquet
from analytics.ingest.formats.web_tables import open_web_tables
from analytics.ingest.formats.workbooks import open_workbook
from analytics.ingest.formats.xml_workbooks import open_xml_workbook
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.tables import RawTable

__all__ = ["ENDINGS", "FORMATS", "Format", "format_of", "is_readable"]

_HEAD = 1 << 16
_BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe"
_JSON = re.compile(rb"\{|\[\s*[\[{\]]")
_XML_WORKBOOK = re.compile(rb"(?s)<\?xml.{0,4096}urn:schemas-microsoft-com:office:spreadsheet")
_WEB_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|meta|title|style|body|table|div|center|p|br)\b|<!--")
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class _Head:
    """The start of a file: as it lies there, and as text without marks, blanks and the zeros of UTF-16."""

    path: Path
    raw: bytes
    text: bytes

    def has_part(self, name: str) -> bool:
        """Tell whether the file is a ZIP archive with a part of that name."""
        if not self.raw.startswith(_ZIP):
            return False
        try:
            with zipfile.ZipFile(self.path) as archive:
                return name in archive.namelist()
        except (zipfile.BadZipFile, OSError):
            raise UnreadableFile(f"{self.path}: a ZIP archive that is cut off or damaged. Fetch it again.") from None


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes
    ----------
    name : str
        As the run's record shows it.
    endings : tuple of str
        Files of a folder that end so are taken up.
    fits : callable
        Tells by the start of a file whether it is of this format; the first row that fits is taken.
    table, book : callable or None
        Opens a file of one table, or one of several sheets.
    """

    name: str
    endings: tuple[str, ...]
    fits: Callable[[_Head], bool]
    table: Callable[[Path, SourceSettings], RawTable] | None = None
    book: Callable[[Path, SourceSettings], Book] | None = None


def _open_text(path: Path, settings: SourceSettings) -> RawTable:
    return open_csv(path, settings.encoding or detect_encoding(path), settings)


FORMATS = (
    Format("parquet", (".parquet", ".pq"), lambda head: head.raw.startswith((b"PAR1", b"PARE")), table=open_parquet),
    Format("xlsx", (".xlsx", ".xlsm"), lambda head: head.has_part("xl/workbook.xml"), book=open_workbook("xlsx")),
    Format("xlsb", (".xlsb",), lambda head: head.has_part("xl/workbook.bin"), book=open_workbook("xlsb")),
    Format("ods", (".ods",), lambda head: head.has_part("content.xml"), book=open_workbook("ods")),
    Format("xls", (".xls",), lambda head: head.raw.startswith(_COMPOUND), book=open_workbook("xls")),
    Format("xml", (), lambda head: bool(_XML_WORKBOOK.match(head.text)), book=open_xml_workbook),
    Format("html", (), lambda head: bool(_WEB_PAGE.match(head.text)), book=open_web_tables),
    Format("jsonl", (".jsonl", ".ndjson", ".json"), lambda head: bool(_JSON.match(head.text)), table=open_json),
    Format("csv", (".csv", ".tsv", ".psv", ".txt"), lambda head: not head.raw.startswith(_ZIP), table=_open_text),
)
"""In the order in which they are tried."""

ENDINGS = tuple(ending for item in FORMATS for ending in item.endings)
"""How the names of readable files end, gzip aside."""


def format_of(path: Path) -> Format:
    """Tell the format of a file by its content.

    Raises
    ------
    UnreadableFile
        It cannot be opened, or is an archive of files.
    """
    head = _head(path)
    for item in FORMATS:
        if item.fits(head):
            return item
    raise UnreadableFile(f"{path}: a ZIP archive, not a workbook. Unpack it and name the files in it.")


def is_readable(name: str) -> bool:
    """Tell by its name whether a file of a folder is taken up."""
    return name.lower().removesuffix(".gz").endswith(ENDINGS)


def _head(path: Path) -> _Head:
    try:
        with path.open("rb") as opened:
            raw = opened.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be opened ({error.strerror}). Check the path and its rights.") from None
    try:
        with open_bytes(path) as opened:
            text = opened.read(_HEAD)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        text = b""
    if text.startswith((_ZIP, _COMPOUND, b"PAR1")) and not raw.startswith(text[:4]):
        raise UnreadableFile(f"{path}: a packed workbook or Parquet file. Unpack it with gunzip, and name the result.")
    return _Head(path, raw, text.lstrip(_BYTE_ORDER_MARKS).replace(b"\0", b"").lstrip())
