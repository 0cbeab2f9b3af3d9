"""Text of which some lines are UTF-8 and others are not, as where files of two systems were put together."""

from __future__ import annotations

import codecs
from typing import Protocol

__all__ = ["MIXED", "Decoder", "decoder_of", "is_mixed"]

MIXED = "utf-8+"
"""Begins the name of an encoding such as ``utf-8+cp1252``: each line is UTF-8 where it can be, else the other."""


class Decoder(Protocol):
    """What turns bytes into text, block by block."""

    def decode(self, data: bytes, final: bool = False) -> str:
        """Return the text of a block, as far as it is whole."""
        ...


def is_mixed(encoding: str) -> bool:
    """Tell whether an encoding is UTF-8 and another, line by line."""
    return encoding.lower().startswith(MIXED)


def decoder_of(encoding: str) -> Decoder:
    """Return a decoder that raises `UnicodeError` at the first byte that has no letter.

    Parameters
    ----------
    encoding : str
        Python's name of it, or one that begins with `MIXED`.
    """
    if is_mixed(encoding):
        return _LineByLine(encoding[len(MIXED) :])
    return codecs.getincrementaldecoder(encoding)("strict")


class _LineByLine:
    def __init__(self, other: str) -> None:
        self._other = other
        self._rest = b""

    def decode(self, data: bytes, final: bool = False) -> str:
        lines = (self._rest + data).splitlines(keepends=True)
        self._rest = lines.pop() if lines and not final else b""
        return "".join(map(self._line, lines))

    def _line(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode(self._other)
