"""Zip files that are the same for the same contents, and read back without trust."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from analytics.errors import UnreadableFile

__all__ = ["MOST_BYTES", "rezipped", "unzipped", "zipped"]

_STAMP = (1980, 1, 1, 0, 0, 0)
MOST_BYTES = 2 * 1024**3
"""A packet that unpacks to more is not read: nobody wrote such a one."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, in the order given, without any time of today."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, _STAMP)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def rezipped(data: bytes) -> bytes:
    """Return a zip with the same files and without the times in it."""
    with ZipFile(BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def unzipped(file: Path) -> dict[str, bytes]:
    """Return the files of a zip by name, damaged ones empty; raises `UnreadableFile` where it is none, or too large."""
    try:
        with ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise UnreadableFile(f"{file} unpacks to more than a packet holds. Name a packet of splitship.")
            return {name: _read(archive, name) for name in archive.namelist()}
    except (OSError, BadZipFile, RuntimeError) as error:
        raise UnreadableFile(
            f"{file} cannot be read as a packet ({type(error).__name__}). Name a packet of splitship."
        ) from error


def _read(archive: ZipFile, name: str) -> bytes:
    """Return a file of a zip; nothing where its bytes do not unpack, which its digest tells."""
    try:
        return archive.read(name)
    except (BadZipFile, zlib.error):
        return b""
