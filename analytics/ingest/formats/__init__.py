"""Every format that is read, one a file: how a file of it is told, and how it is opened.

A module put here that holds ``FORMAT`` is a format; nothing else names it. A file is told by its content; its ending
only decides whether a folder's files are taken up.
"""

from __future__ import annotations

import gzip
import pkgutil
import zlib
from functools import cache
from importlib import import_module
from pathlib import Path

from analytics.errors import UnreadableFile
from analytics.ingest.decode.encodings import open_bytes
from analytics.ingest.readers.format import COMPOUND, PARQUET, ZIP, Format, Head

__all__ = ["endings", "format_of", "formats", "is_readable"]

_HEAD = 1 << 16
_BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe"


@cache
def formats() -> tuple[Format, ...]:
    """Return all formats in the order in which they are tried."""
    found = [import_module(f"{__name__}.{module.name}").FORMAT for module in pkgutil.iter_modules(__path__)]
    return tuple(sorted(found, key=lambda item: item.place))


def endings() -> tuple[str, ...]:
    """Return how the names of readable files end, gzip aside."""
    return tuple(ending for item in formats() for ending in item.endings)


def format_of(path: Path) -> Format:
    """Tell the format of a file by its content.

    Raises
    ------
    UnreadableFile
        It cannot be opened, or is an archive of files.
    """
    head = _head(path)
    for item in formats():
        if item.fits(head):
            return item
    raise UnreadableFile(f"{path}: a ZIP archive, not a workbook. Unpack it and name the files in it.")


def is_readable(name: str) -> bool:
    """Tell by its name whether a file of a folder is taken up."""
    return name.lower().removesuffix(".gz").endswith(endings())


def _head(path: Path) -> Head:
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
    if text.startswith((ZIP, COMPOUND, PARQUET)) and not raw.startswith(text[:4]):
        raise UnreadableFile(f"{path}: a packed workbook or Parquet file. Unpack it with gunzip, and name the result.")
    return Head(path, raw, text.lstrip(_BYTE_ORDER_MARKS).replace(b"\0", b"").lstrip())
