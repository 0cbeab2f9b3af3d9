"""The records of a delimited text in batches, each with the line on which it begins; rows of an odd length one by one.

Arrow gives the records of the usual length in batches and names the others by number on the side; numbers and lines of
both are put together here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from analytics.errors import UnreadableFile
from analytics.ingest.decode.quotes import SoundQuotes
from analytics.ingest.decode.row_shapes import RowShapes
from analytics.ingest.tables import DAMAGE, LINE, RAW, batch, cell_names

__all__ = ["Layout", "read_records"]

_BLOCK = 8 << 20
_RAGGED, _STRAY_QUOTE = "ragged_row", "stray_quote"
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_LF, _CR = b"\n\r"
_OddRow = tuple[int, str | None, str | None, list[str] | None]
"""Line, damage, text and cells of one row."""


@dataclass(frozen=True)
class Layout:
    """How the records of one file are laid out.

    Attributes
    ----------
    delimiter : str
        What parts the cells.
    headings : tuple of str
        One for each column.
    first_line : int
        First line below the headings, from 1.
    shapes : RowShapes
        What rows look like.
    is_no_row : callable
        Tells of the cells of a row whether it is a footer or repeats the headings.
    """

    delimiter: str
    headings: tuple[str, ...]
    first_line: int
    shapes: RowShapes
    is_no_row: Callable[[Sequence[str]], bool]

    @property
    def width(self) -> int:
        """How many cells a record has for Arrow; with more headings than that the rest is empty."""
        count = len(self.headings)
        return self.shapes.width if self.shapes.width < count or self.shapes.extra_is_empty else count


def read_records(name: str, stream: SoundQuotes, layout: Layout) -> Iterator[pl.DataFrame]:
    """Give the rows of a text in batches, in the order of the file.

    Parameters
    ----------
    name : str
        The input, for messages.
    stream : SoundQuotes
        The text.
    layout : Layout
        How it is laid out.

    Raises
    ------
    UnreadableFile
        A record is too long to be one.
    """
    rows = _Rows(name, stream, layout)
    for arrow in rows.records():
        yield rows.batch(arrow)
    yield rows.batch(None)


class _Rows:
    """Numbers and lines of the records read so far."""

    def __init__(self, name: str, stream: SoundQuotes, layout: Layout) -> None:
        self.name = name
        self.stream = stream
        self.layout = layout
        self.record = 1
        self.line = 1
        self.ragged: list[tuple[int, str]] = []

    def records(self) -> Iterator[pa.RecordBatch]:
        """Give the records of the usual length."""
        names = cell_names(self.layout.width)
        try:
            yield from pyarrow.csv.open_csv(
                pa.PythonFile(self.stream, mode="r"),
                read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.layout.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=self._keep_ragged,
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV file" in str(error):
                return
            if "UTF8" in str(error):
                raise UnreadableFile(
                    f"{self.name}: after line {self.line:,} the text is not UTF-8, as the mapping has it. Take "
                    'encoding out of the mapping, or name the right one, such as encoding = "cp1252".'
                ) from None
            raise UnreadableFile(
                f"{self.name}: after line {self.line:,} a record does not end within {_BLOCK >> 20} MB. "
                "Correct that line."
            ) from None

    def _keep_ragged(self, row: Any) -> str:
        self.ragged.append((row.number, row.text))
        return "skip"

    def batch(self, arrow: pa.RecordBatch | None) -> pl.DataFrame:
        """Give the next records their lines, with the ragged and the damaged ones that stand before or between them."""
        sound = 0 if arrow is None else arrow.num_rows
        ragged = self._ragged_among(sound, is_last=arrow is None)
        spans = np.ones(len(ragged) + sound, dtype=np.int64)
        is_sound = np.ones(len(ragged) + sound, dtype=bool)
        for number, text in ragged:
            is_sound[number - self.record] = False
            spans[number - self.record] += len(_LINE_BREAK.findall(text))
        if arrow is not None and _has_line_breaks(arrow):
            spans[is_sound] += _line_breaks_by_row(arrow)
        begins = self.line + np.concatenate(([0], np.cumsum(spans)))
        odd = [(int(begins[number - self.record]), text) for number, text in ragged]
        self.record, self.line = self.record + len(ragged) + sound, int(begins[-1])
        frames = [self._odd_ones(odd)]
        if arrow is not None:
            frames.append(self._sound_ones(arrow, begins[:-1][is_sound]))
        filled = [frame for frame in frames if frame.height]
        return pl.concat(filled).sort(LINE) if len(filled) > 1 else (filled or frames)[0]

    def _ragged_among(self, sound: int, *, is_last: bool) -> list[tuple[int, str]]:
        """Take out the ragged records that come before the last of the next sound ones."""
        self.ragged.sort()
        taken = len(self.ragged) if is_last else 0
        while not is_last:
            end = self.record + sound + taken
            before = sum(1 for number, _ in self.ragged if number < end)
            if before == taken:
                break
            taken = before
        ragged, self.ragged = self.ragged[:taken], self.ragged[taken:]
        return ragged

    def _sound_ones(self, arrow: pa.RecordBatch, lines: NDArray[np.int64]) -> pl.DataFrame:
        """Return the rows of a batch; lines above the data, or without anything in any cell, are no rows."""
        cells = pl.DataFrame(pl.from_arrow(arrow))
        wanted = pl.Series(lines >= self.layout.first_line)
        if (cells.to_series() == "").any():
            wanted &= cells.select(pl.any_horizontal(pl.all() != "")).to_series()
        rows = self._under_headings(batch(cells, pl.Series(lines)))
        return rows if wanted.all() else rows.filter(wanted)

    def _under_headings(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add the cells that every row lacks, or take those away that no heading stands over and that are empty."""
        names = cell_names(len(self.layout.headings))
        lacking = [pl.lit("").alias(name) for name in names if name not in rows.columns]
        return rows.with_columns(lacking).select(LINE, DAMAGE, RAW, *names)

    def _odd_ones(self, records: Sequence[tuple[int, str]]) -> pl.DataFrame:
        """Return the records of another length, and the lines that the quotes damaged."""
        damaged = self.stream.damaged
        lost = {line: damaged.pop(line) for line in sorted(damaged) if line < self.line}
        rows: list[_OddRow] = [(line, _STRAY_QUOTE, text, None) for line, text in lost.items()]
        rows += [(line, *self._read_again(text)) for line, text in records]
        kept = [row for row in rows if row[0] >= self.layout.first_line and (row[1] or any(row[3] or ()))]
        count = len(self.layout.headings)
        empty: list[str | None] = [None] * count
        cells = [row[3] or empty for row in kept]
        columns = {
            LINE: [row[0] for row in kept],
            DAMAGE: [row[1] for row in kept],
            RAW: [row[2] for row in kept],
            **{name: [row[at] for row in cells] for at, name in enumerate(cell_names(count))},
        }
        schema = {LINE: pl.Int64, **dict.fromkeys((DAMAGE, RAW, *cell_names(count)), pl.String)}
        return pl.DataFrame(columns, schema=schema).sort(LINE)

    def _read_again(self, text: str) -> tuple[str | None, str | None, list[str] | None]:
        """Return a record that is too short or too long as a row if only empty cells at its end make it so."""
        count = len(self.layout.headings)
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=self.layout.delimiter), [])
        except csv.Error:
            return _RAGGED, text, None
        fits = len(cells) in {count, self.layout.shapes.width} or self.layout.shapes.fit(cells)
        if any(cell.strip() for cell in cells[count:]) or not (fits or self.layout.is_no_row(cells)):
            return _RAGGED, text, None
        return None, None, [*cells[:count], *[""] * (count - len(cells))]


def _has_line_breaks(arrow: pa.RecordBatch) -> bool:
    contents = (np.frombuffer(buffer, np.uint8) for column in arrow.columns if (buffer := column.buffers()[2]))
    return any(bool(((content == _LF) | (content == _CR)).any()) for content in contents)


def _line_breaks_by_row(arrow: pa.RecordBatch) -> NDArray[np.int64]:
    cells = pl.DataFrame(pl.from_arrow(arrow))
    counts = cells.select(pl.sum_horizontal(pl.all().str.count_matches(_LINE_BREAK.pattern)))
    return counts.to_series().cast(pl.Int64).to_numpy()
