"""XLSB workbooks. How far cells reach is found by walking the binary records from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from analytics.ingest.readers.extent import look_into, of_parts
from analytics.ingest.readers.format import Format
from analytics.ingest.readers.reach import Findings
from analytics.ingest.readers.workbooks import opens_workbooks

__all__ = ["FORMAT", "look_into_xlsb_sheet"]

_ROW_RECORD, _FIRST_VALUE, _LAST_VALUE = 0, 2, 11
_MORE, _SEVEN_BITS, _LONGEST = 0x80, 0x7F, 4


def look_into_xlsb_sheet(opened: IO[bytes]) -> Findings:
    """Return how far the cells of a sheet reach.

    Parameters
    ----------
    opened : binary file
        The part of the sheet, unpacked; it is read to its end.
    """
    found = Findings()
    row = 0
    for kind, data in _records(opened):
        if kind == _ROW_RECORD and len(data) >= _LONGEST:
            row = int.from_bytes(data[:_LONGEST], "little") + 1
        elif _FIRST_VALUE <= kind <= _LAST_VALUE and len(data) >= _LONGEST:
            found.last_row = max(found.last_row, row)
            found.last_column = max(found.last_column, int.from_bytes(data[:_LONGEST], "little") + 1)
    return found


def _records(opened: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Give the number and the data of every record; numbers take two bytes at most, lengths four."""
    while (kind := _number(opened, 2, keeps_marks=True)) is not None:
        length = _number(opened, _LONGEST, keeps_marks=False)
        if length is None:
            return
        yield kind, opened.read(length)


def _number(opened: IO[bytes], most: int, *, keeps_marks: bool) -> int | None:
    number = 0
    for at in range(most):
        byte = opened.read(1)
        if not byte:
            return None
        bits = byte[0] if keeps_marks else byte[0] & _SEVEN_BITS
        number |= bits << ((8 if keeps_marks else 7) * at)
        if not byte[0] & _MORE:
            break
    return number


FORMAT = Format(
    "xlsb",
    30,
    (".xlsb",),
    lambda head: head.has_part("xl/workbook.bin"),
    book=opens_workbooks("xlsb", lambda path: look_into(path, lambda archive: of_parts(archive, look_into_xlsb_sheet))),
)
