"""Which characters the fonts of a page can draw, and what stands in place of the others.

A PDF that has to be read aloud may not hold a character without a glyph. What the fonts lack (Chinese, where no font of
it is given) is shown in Latin letters within angle quotes; the workbooks and the event log hold it as it was written.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from analytics.showing import printable

__all__ = ["Drawn", "covered"]

_TRUNCATED = 4
_COLLECTION = b"ttcf"


class Drawn:
    """Text as the fonts can draw it.

    Parameters
    ----------
    fonts : sequence of Path
        TrueType or OpenType files.

    Attributes
    ----------
    replaced : int
        Runs of characters that were shown in Latin letters so far.
    """

    def __init__(self, fonts: Sequence[Path]) -> None:
        self._known = frozenset[int]().union(*map(covered, fonts))
        self.replaced = 0

    def text(self, text: str) -> str:
        """Return a text in which every character can be drawn."""
        shown = printable(text)
        if all(ord(letter) in self._known or letter == "\n" for letter in shown):
            return shown
        runs = groupby(shown, key=lambda letter: ord(letter) in self._known or letter.isspace())
        return "".join("".join(run) if is_known else self._latin("".join(run)) for is_known, run in runs)

    def value(self, value: Any) -> Any:
        """Return plain data with every text in it as it can be drawn."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        return [self.value(item) for item in value] if isinstance(value, list | tuple) else value

    def _latin(self, run: str) -> str:
        from anyascii import anyascii

        self.replaced += 1
        latin = anyascii(run).strip()
        return f"\u2039{latin or ' '.join(f'U+{ord(letter):04X}' for letter in run)}\u203a"


@cache
def covered(font: Path) -> frozenset[int]:
    """Return the code points that a font has a glyph for: the table ``cmap`` of its file, or of the first in it."""
    data = font.read_bytes()
    begin = struct.unpack(">L", data[12:16])[0] if data[:4] == _COLLECTION else 0
    tables = struct.unpack(">H", data[begin + 4 : begin + 6])[0]
    places = (begin + 12 + 16 * index for index in range(tables))
    records = (struct.unpack(">4sLLL", data[place : place + 16]) for place in places)
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    number = struct.unpack(">H", data[start + 2 : start + 4])[0]
    encodings = (struct.unpack(">HHL", data[start + 4 + 8 * index : start + 12 + 8 * index]) for index in range(number))
    found = {code for *_, offset in encodings for code in _codes(data[start + offset :])}
    return frozenset(found)


def _codes(table: bytes) -> Iterator[int]:
    form = struct.unpack(">H", table[:2])[0]
    if form == 12:
        groups = struct.unpack(">L", table[12:16])[0]
        for index in range(groups):
            first, last, _ = struct.unpack(">LLL", table[16 + 12 * index : 28 + 12 * index])
            yield from range(first, last + 1)
    elif form == _TRUNCATED:
        yield from _codes_of_segments(table)


def _codes_of_segments(table: bytes) -> Iterator[int]:
    """Read format 4: segments of the plane of 65,536 characters."""
    count = struct.unpack(">H", table[6:8])[0] // 2
    ends = struct.unpack(f">{count}H", table[14 : 14 + 2 * count])
    starts = struct.unpack(f">{count}H", table[16 + 2 * count : 16 + 4 * count])
    for first, last in zip(starts, ends, strict=True):
        yield from (code for code in range(first, last + 1) if code != 0xFFFF)
