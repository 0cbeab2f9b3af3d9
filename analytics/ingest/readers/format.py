"""What a format is: how a file of it is told by its first bytes, and how it is opened."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import UnreadableFile
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.books import Book
from analytics.ingest.tables import RawTable

__all__ = ["COMPOUND", "PARQUET", "ZIP", "Format", "Head"]

ZIP, COMPOUND, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
"""How archives, older workbooks and Parquet files begin."""


@dataclass(frozen=True)
class Head:
    """The start of a file.

    Attributes
    ----------
    path : Path
        The file.
    raw : bytes
        As it lies there.
    text : bytes
        Unpacked, without marks, blanks and the zeros of UTF-16.
    """

    path: Path
    raw: bytes
    text: bytes

    def has_part(self, name: str) -> bool:
        """Tell whether the file is a ZIP archive with a part of that name.

        Raises
        ------
        UnreadableFile
            It is a damaged archive.
        """
        if not self.raw.startswith(ZIP):
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
    place : int
        The order in which formats are tried; the first that fits is taken.
    endings : tuple of str
        Files of a folder that end so are taken up.
    fits : callable
        Tells by the start of a file whether it is of this format.
    table, book : callable or None
        Opens a file of one table, or one of several sheets, under the settings that a mapping gives it.
    """

    name: str
    place: int
    endings: tuple[str, ...]
    fits: Callable[[Head], bool]
    table: Callable[[Path, SourceSettings], RawTable] | None = None
    book: Callable[[Path, SourceSettings], Book] | None = None
