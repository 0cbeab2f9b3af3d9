"""A look into a workbook before it is read: how far its cells reach, which hold an error, which formulas no result.

The reader holds a sheet as one block from its first used cell to its last, so that a single stray cell in the last
corner would take 17 billion places. Every part is looked through in pieces here, whatever its size.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from lxml import etree

from analytics.errors import UnreadableFile
from analytics.ingest.readers.reach import Findings

__all__ = ["look_into", "of_parts"]

_MOST_RATIO, _SMALL = 300, 64 << 20
_BLOCK = 1 << 20
_SHEET_FOLDER = "xl/worksheets/"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError, OSError)


def look_into(path: Path, look: Callable[[zipfile.ZipFile], Mapping[str, Findings]]) -> Mapping[str, Findings]:
    """Return what a look into every sheet of a workbook found, by the name of the sheet.

    Under ``""`` is what was found in the sheet that reaches farthest, for sheets whose part is not known.

    Parameters
    ----------
    path : Path
        The workbook, a ZIP archive.
    look : callable
        Looks into the archive; `of_parts` makes one that looks into a part.

    Raises
    ------
    UnreadableFile
        The ZIP archive is damaged, or its parts unpack to far more than a workbook holds.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _require_no_bomb(path, archive)
            return look(archive)
    except _BROKEN as error:
        raise UnreadableFile(f"{path}: not a whole workbook ({error}). Save it again.") from None
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"{path}: the XML of the workbook is broken ({error.msg}). Save it again.") from None


def _require_no_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise where a part says that it unpacks to far more than it should, or unpacks to another size than it says."""
    for part in archive.infolist():
        if part.file_size > _SMALL and part.file_size > _MOST_RATIO * max(part.compress_size, 1):
            raise UnreadableFile(
                f"{path}: {part.filename} unpacks to {part.file_size >> 20:,} MB from {part.compress_size >> 10:,} KB, "
                "which no sheet of shipments does. Save the workbook again."
            )
        if part.filename.endswith((".xml", ".bin")) and not part.filename.startswith(_SHEET_FOLDER):
            with archive.open(part) as opened:
                while opened.read(_BLOCK):
                    pass


def of_parts(archive: zipfile.ZipFile, look: Callable[[IO[bytes]], Findings]) -> dict[str, Findings]:
    """Return what a look into the part of every sheet found.

    Parameters
    ----------
    archive : ZipFile
        The workbook.
    look : callable
        Looks into the part of one sheet, unpacked.
    """
    parts = set(archive.namelist())
    named = {name: part for name, part in _parts_of_sheets(archive).items() if part in parts}
    there = {part for part in parts if part.startswith(_SHEET_FOLDER) and part.endswith((".xml", ".bin"))}
    found: dict[str, Findings] = {}
    for part in sorted(there | set(named.values())):
        with archive.open(part) as opened:
            found[part] = look(opened)
    farthest = max(found.values(), key=lambda item: item.places, default=Findings())
    return {"": farthest, **{name: found[part] for name, part in named.items()}}


def _parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of every sheet by its name, where an XML workbook says it."""
    try:
        relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), _parser())
        sheets = etree.fromstring(archive.read("xl/workbook.xml"), _parser())
    except (KeyError, etree.XMLSyntaxError):
        return {}
    targets = {item.get("Id"): item.get("Target") or "" for item in relations}
    found = {item.get("name") or "": targets.get(item.get(_RELATION), "") for item in sheets.iter("{*}sheet")}
    return {name: posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for name, target in found.items()}


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
