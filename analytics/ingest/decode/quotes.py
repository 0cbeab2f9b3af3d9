"""Delimited text whose quotes are sound, whatever they were: no stray quote swallows the lines after it.

A quote is sound where a cell begins with it and a delimiter or line end follows the closing one. Arrow's parser takes
every other quote too, and an opening one joins lines until the next. Blocks whose quotes are all sound, and none of
whose lines within quotes looks like a row, pass as they are: a few array operations tell. Only other blocks are read
line by line. There a line is kept as it is, mended where its quotes can only be part of its cells, or set aside as
damaged; lines are joined only where a sound quote spans them and none of them is a row by itself.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from analytics.errors import UnreadableFile
from analytics.ingest.decode.row_shapes import RowShapes

__all__ = ["SoundQuotes"]

_BLOCK = 1 << 22
_LONGEST_RECORD = 1 << 20
_LONGEST_LINE = 1 << 23
_MOST_LINES = 5000
_QUOTE, _LF, _CR = b'"\n\r'
_NOTHING = b'""'
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MISREAD_SIGN = b"\xc3\x83\xc2"
_MISREAD = re.compile(rb'[^\s,;"]*\xc3\x83\xc2[^\s,;"]*')
_MARK_AT_LINE = re.compile(rb"(?:^|(?<=[\r\n]))(?:\xef\xbb\xbf)+")

_Bytes = NDArray[np.uint8]
_Places = NDArray[np.int64]


@dataclass
class _Counts:
    """What was done to the text."""

    mended: int = 0
    parted: int = 0
    first_parted: int = 0
    nul_bytes: int = 0
    byte_order_marks: int = 0
    misread_words: int = 0


class SoundQuotes(io.RawIOBase):
    """A stream of UTF-8 text that gives the same lines with sound quotes.

    Parameters
    ----------
    name : str
        The input, for messages.
    stream : binary stream
        The text.
    delimiter : str
        What parts its cells.
    shapes : RowShapes
        What its rows look like.

    Attributes
    ----------
    damaged : dict
        Number of each line that was set aside, from 1, to its text; an empty cell stands in its place.
    """

    def __init__(self, name: str, stream: BinaryIO, delimiter: str, shapes: RowShapes) -> None:
        self.damaged: dict[int, str] = {}
        self._name = name
        self._stream = stream
        self._lines = _Lines(delimiter, shapes, self.damaged)
        self._rest = b""
        self._ready = b""
        self._line = 1
        self._ended = False

    @property
    def notes(self) -> list[str]:
        """What a reader should know of the text."""
        return self._lines.notes

    def readable(self) -> bool:
        """Tell that the text can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next of the text, as many bytes as asked for while there are so many."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        while len(self._ready) < size and not self._ended:
            self._ready += self._next()
        found, self._ready = self._ready[:size], self._ready[size:]
        return found

    def close(self) -> None:
        """Close the text below."""
        self._stream.close()
        super().close()

    def _next(self) -> bytes:
        block = self._stream.read(_BLOCK)
        self._ended = not block
        if len(self._rest) > _LONGEST_LINE:
            raise UnreadableFile(
                f"{self._name}: line {self._line:,} does not end within {_LONGEST_LINE >> 20} MB. Check that it is a "
                "table with one row on each line."
            )
        text = self._lines.cleaned(self._rest + block)
        end = self._lines.sound_end(text + b"\n" * self._ended)
        if end >= (len(text) if self._ended else 0):
            ready, self._rest = text[:end], text[end:]
        else:
            ready, self._rest = self._lines.mended(text, self._line, is_last=self._ended)
        self._line += _breaks(text[: len(text) - len(self._rest)])
        return ready


@dataclass
class _Lines:
    """Judges blocks and lines of one file."""

    delimiter: str
    shapes: RowShapes
    damaged: dict[int, str]
    counts: _Counts = field(default_factory=_Counts)

    def __post_init__(self) -> None:
        mark = re.escape(self.delimiter).encode()
        quoted, plain = rb'"[^"]*(?:""[^"]*)*"', rb'(?! +")[^"' + mark + rb"][^" + mark + rb"]*"
        cell = rb"(?:" + quoted + rb"|" + plain + rb"|)"
        start = rb"(?:" + cell + mark + rb")*"
        opened = rb'"[^"]*(?:""[^"]*)*'
        inside = rb'[^"]*(?:""[^"]*)*'
        self._mark = self.delimiter.encode()
        self._whole = re.compile(start + cell)
        self._start = re.compile(start)
        self._opens = re.compile(start + opened)
        self._stays = re.compile(inside)
        self._closes = re.compile(inside + rb'"(?:' + mark + start + cell + rb")?")
        self._reopens = re.compile(inside + rb'"' + mark + start + opened)
        self._spaced = re.compile(rb"(?:^|(?<=" + mark + rb")) *(" + quoted + rb") *(?=" + mark + rb"|$)")

    @property
    def notes(self) -> list[str]:
        """What a reader should know of the text."""
        counts = self.counts
        said = {
            f"{counts.parted:,} lines that a stray quote would have joined, from line {counts.first_parted:,} on, "
            "were read one by one": counts.parted,
            f"{counts.mended:,} lines with quotes inside their cells were read with these quotes": counts.mended,
            f"{counts.nul_bytes:,} NUL bytes taken out of the text": counts.nul_bytes,
            f"{counts.byte_order_marks:,} byte order marks inside the text taken out": counts.byte_order_marks,
            f"{counts.misread_words:,} words were misread before they were written into this file (\u00c3\u00a9 for "
            "\u00e9 and the like) and are kept so; names with them match less well": counts.misread_words,
        }
        return [note for note, count in said.items() if count]

    def cleaned(self, text: bytes) -> bytes:
        """Take out what is no text: NUL bytes, and byte order marks of files that were put together."""
        if 0 in text:
            self.counts.nul_bytes += text.count(0)
            text = text.replace(b"\0", b"")
        if text.isascii():
            return text
        if _MISREAD_SIGN in text:
            self.counts.misread_words += sum(1 for _ in _MISREAD.finditer(text))
        if _BYTE_ORDER_MARK in text:
            text, marks = _MARK_AT_LINE.subn(b"", text)
            self.counts.byte_order_marks += marks
        return text

    def sound_end(self, text: bytes) -> int:
        """Return where the last whole record of a block ends, if all its quotes are sound; else -1."""
        if _QUOTE not in text:
            return _last_line_end(text)
        content = np.frombuffer(text, np.uint8)
        quotes = np.flatnonzero(content == _QUOTE)
        if not self._are_sound(content, quotes):
            return -1
        breaks = np.flatnonzero((content == _LF) | (content == _CR))
        breaks = breaks[breaks < len(text) - 1] if text.endswith(b"\r") else breaks
        inside = np.searchsorted(quotes, breaks) % 2 == 1
        ends = breaks[~inside]
        end = int(ends[-1]) + 1 if ends.size else 0
        if len(text) - end > _LONGEST_RECORD + _BLOCK or self._hides_rows(content, breaks, inside, end):
            return -1
        return end

    def _are_sound(self, content: _Bytes, quotes: _Places) -> bool:
        """Tell whether every first of two quotes begins a cell and every second ends one; a doubled one does both."""
        borders = np.zeros(256, dtype=bool)
        borders[[_QUOTE, _LF, _CR, self._mark[0]]] = True
        opening = quotes[::2][int(quotes[0] == 0) :]
        closing = quotes[1::2]
        closing = closing[: int(np.searchsorted(closing, content.size - 1))]
        return bool(borders[content[opening - 1]].all() and borders[content[closing + 1]].all())

    def _hides_rows(self, content: _Bytes, breaks: _Places, inside: NDArray[np.bool_], end: int) -> bool:
        """Tell whether some line that begins within quotes has as many delimiters as a row."""
        begins = breaks[inside & (breaks < end)]
        if not begins.size:
            return False
        marks = np.flatnonzero(content == self._mark[0])
        ends = breaks[np.minimum(np.searchsorted(breaks, begins, side="right"), breaks.size - 1)]
        counts = np.searchsorted(marks, ends) - np.searchsorted(marks, begins)
        return bool(np.isin(counts + 1, list(self.shapes.widths)).any())

    def mended(self, text: bytes, line: int, *, is_last: bool) -> tuple[bytes, bytes]:
        """Read a block line by line.

        Parameters
        ----------
        text : bytes
            From the beginning of a record on.
        line : int
            Number of its first line.
        is_last : bool
            Nothing follows.

        Returns
        -------
        tuple of bytes
            The records with sound quotes; what is left for the next block.
        """
        lines = text.splitlines(keepends=True)
        held = 0 if is_last else _unfinished(lines)
        known = len(lines) - held
        done: list[bytes] = []
        at = 0
        while at < known:
            end, is_record = self._extent(lines, at, known)
            if end > known:
                if not is_last and sum(map(len, lines[at:])) < _LONGEST_RECORD:
                    break
                end = known
            if is_record:
                done += lines[at:end]
            else:
                done += [self._alone(lines[number], line + number) for number in range(at, end)]
                self._count_parted(end - at, line + at)
            at = end
        return b"".join(done), b"".join(lines[at:])

    def _count_parted(self, count: int, line: int) -> None:
        if count > 1:
            self.counts.first_parted = self.counts.first_parted or line
            self.counts.parted += count

    def _extent(self, lines: list[bytes], at: int, known: int) -> tuple[int, bool]:
        """Return where the record ends that begins at a line, and whether it is sound; past `known` if it is open.

        Where it is not, these lines are to be read one by one, and the next record begins at the end.
        """
        first = _bare(lines[at])
        if _QUOTE not in first or self._whole.fullmatch(first):
            return at + 1, True
        if not self._opens.fullmatch(first):
            return at + 1, False
        for number in range(at + 1, min(known, at + _MOST_LINES)):
            text = _bare(lines[number])
            if self._closes.fullmatch(text):
                return number + 1, not self._are_rows(lines[at : number + 1])
            if not self._stays.fullmatch(text) and not self._reopens.fullmatch(text):
                return number, False
        return (known + 1, False) if known - at < _MOST_LINES else (at + _MOST_LINES, False)

    def _are_rows(self, lines: list[bytes]) -> bool:
        """Tell whether lines within one pair of quotes are rows by themselves: one between, or both first and last.

        The end of a sound record alone may have as many cells as a row, where its first cell spans lines.
        """
        if any(self._is_row(line) for line in lines[1:-1]):
            return True
        return self.shapes.is_width(self._cells_before_quote(lines[0])) and self._is_row(lines[-1])

    def _is_row(self, line: bytes) -> bool:
        return self.shapes.is_row(_cells(_bare(line), self.delimiter))

    def _cells_before_quote(self, line: bytes) -> int:
        """Count the cells of a line whose last quote stays open, if that quote were no quote."""
        found = self._start.match(line)
        opened = found.end() if found else 0
        before = len(_cells(line[:opened], self.delimiter)) - 1 if opened else 0
        return before + 1 + line[opened:].count(self._mark)

    def _alone(self, line: bytes, number: int) -> bytes:
        """Return a line as a record of its own; an empty one where its quotes make no sense, and it is set aside."""
        text = _bare(line)
        line_end = line[len(text) :]
        if _QUOTE not in text or self._whole.fullmatch(text):
            return line
        unspaced = self._spaced.sub(rb"\1", text)
        if self._whole.fullmatch(unspaced) and len(_cells(unspaced, self.delimiter)) in self.shapes.widths:
            return unspaced + line_end
        cells = text.split(self._mark)
        if len(cells) in self.shapes.widths and not any(cell[:1] == b'"' and cell.count(b'"') % 2 for cell in cells):
            self.counts.mended += 1
            return self._mark.join(map(_quoted, cells)) + line_end
        self.damaged[number] = text.decode("utf-8", errors="replace")
        return _NOTHING + line_end


def _bare(line: bytes) -> bytes:
    return line.rstrip(b"\r\n")


def _quoted(cell: bytes) -> bytes:
    return b'"' + cell.replace(b'"', b'""') + b'"' if b'"' in cell else cell


def _cells(line: bytes, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.decode("utf-8", errors="replace")], delimiter=delimiter), [])
    except csv.Error:
        return []


def _unfinished(lines: list[bytes]) -> int:
    """Return 1 where more of the last line may follow, a line feed behind its carriage return too."""
    return 1 if lines and not lines[-1].endswith(b"\n") else 0


def _last_line_end(text: bytes) -> int:
    found = text.rfind(b"\n")
    return found + 1 if found >= 0 else text.rfind(b"\r", 0, len(text) - 1) + 1


def _breaks(text: bytes) -> int:
    if _CR not in text:
        return text.count(b"\n")
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")
