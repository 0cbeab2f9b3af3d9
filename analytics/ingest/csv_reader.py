"""Delimited text: any delimiter, any common encoding, gzip, cells over several lines, rows of the wrong length."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from analytics.errors import UnreadableFile
from analytics.ingest.encodings import open_utf8
from analytics.ingest.heading_rows import ROWS_LOOKED_AT, find_headings, no_headings
from analytics.ingest.headings import recognised
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.tables import DAMAGE, LINE, RAW, RawTable, batch, cell_names

__all__ = ["open_csv"]

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01")
_BLOCK = 8 << 20
_SAMPLE = 1 << 18
_RAGGED = "ragged_row"
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_LF, _CR = b"\n\r"


@dataclass(frozen=True)
class _Dialect:
    """How the cells of one file are parted, and where its headings are."""

    delimiter: str
    headings: tuple[str, ...]
    records_before_rows: int
    notes: tuple[str, ...] = ()


def open_csv(path: Path, encoding: str, settings: SourceSettings) -> RawTable:
    """Open a delimited text file.

    Parameters
    ----------
    path : Path
        The file; gzip is unpacked.
    encoding : str
        As `detect_encoding` found it, or as the mapping says.
    settings : SourceSettings
        ``delimiter`` and ``header_row``, where they are not to be found out.

    Returns
    -------
    RawTable

    Raises
    ------
    UnreadableFile
        There are no headings, or no delimiter parts them.
    """
    dialect = _dialect(path, encoding, settings)

    def batches() -> Iterator[pl.DataFrame]:
        with closing(open_utf8(path, encoding)) as stream:
            yield from _Rows(str(path), dialect, 1, dialect.records_before_rows).read(stream)

    return RawTable("csv", dialect.headings, frozenset(), batches, [*dialect.notes])


def _dialect(path: Path, encoding: str, settings: SourceSettings) -> _Dialect:
    with closing(open_utf8(path, encoding)) as stream:
        sample = stream.read(_SAMPLE).decode("utf-8", errors="ignore")
    declared = sample[4] if sample[:4].lower() == "sep=" and len(sample) > 4 else None
    candidates = [settings.delimiter or declared] if settings.delimiter or declared else list(_DELIMITERS)
    found = [_headings_with(sample, mark, settings, bool(declared)) for mark in candidates if mark]
    best = max(found, key=lambda item: (len(recognised(item.headings)), len(item.headings)))
    if not best.headings:
        raise no_headings(str(path), settings)
    if len(best.headings) == 1 and settings.delimiter is None and not recognised(best.headings):
        raise UnreadableFile(
            f"{path}: no delimiter parts the first line into columns. "
            'Name it in a mapping file (--map): delimiter = "…", and check that the first line holds headings.'
        )
    return best


def _headings_with(sample: str, delimiter: str, settings: SourceSettings, skips_declaration: bool) -> _Dialect:
    """Read the headings as if this were the delimiter."""
    wanted = max(ROWS_LOOKED_AT, *(settings.header_row or (0,)))
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows = list(islice(reader, wanted))
    if skips_declaration:
        rows[0] = []
    found = find_headings(rows, settings)
    if found is None:
        return _Dialect(delimiter, (), 0)
    return _Dialect(delimiter, found.headings, found.first_row - 1, found.notes)


class _Rows:
    """Reads the records of a stream, and knows on which line of the file each begins.

    Arrow gives the sound records in batches and names the ragged ones by number on the side; numbers and lines of both
    are put together here.
    """

    def __init__(self, name: str, dialect: _Dialect, first_line: int, records_to_skip: int) -> None:
        self.name = name
        self.dialect = dialect
        self.record = 1
        self.line = first_line
        self.skipped = records_to_skip
        self.ragged: list[tuple[int, str]] = []

    def read(self, stream: BinaryIO) -> Iterator[pl.DataFrame]:
        """Give the rows in batches, in the order of the file."""
        for arrow in self._records(stream):
            yield self._batch(arrow)
        yield self._batch(None)

    def _records(self, stream: BinaryIO) -> Iterator[pa.RecordBatch]:
        names = cell_names(len(self.dialect.headings))
        try:
            yield from pyarrow.csv.open_csv(
                pa.PythonFile(stream, mode="r"),
                read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.dialect.delimiter,
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
            raise UnreadableFile(
                f"{self.name}: after line {self.line:,} a record does not end within {_BLOCK >> 20} MB: a quote is "
                "opened there and never closed. Correct that line."
            ) from None

    def _keep_ragged(self, row: Any) -> str:
        self.ragged.append((row.number, row.text))
        return "skip"

    def _batch(self, arrow: pa.RecordBatch | None) -> pl.DataFrame:
        """Give the next sound records their lines, with the ragged ones that stand before or between them."""
        ragged = self._ragged_among(0 if arrow is None else arrow.num_rows, is_last=arrow is None)
        count = len(ragged) + (0 if arrow is None else arrow.num_rows)
        spans = np.ones(count, dtype=np.int64)
        is_sound = np.ones(count, dtype=bool)
        for number, text in ragged:
            is_sound[number - self.record] = False
            spans[number - self.record] += len(_LINE_BREAK.findall(text))
        if arrow is not None and _has_line_breaks(arrow):
            spans[is_sound] += _line_breaks_by_row(arrow)
        begins = self.line + np.concatenate(([0], np.cumsum(spans)))
        is_row = np.arange(self.record, self.record + count) > self.skipped
        frames = [self._damaged(int(begins[n - self.record]), text) for n, text in ragged if n > self.skipped]
        if arrow is not None:
            frames.append(_sound(arrow, begins[:-1][is_sound], is_row[is_sound]))
        self.record, self.line = self.record + count, int(begins[-1])
        return pl.concat(frames, how="diagonal").sort(LINE) if frames else self._nothing()

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

    def _damaged(self, line: int, text: str) -> pl.DataFrame:
        """Return a ragged record as a row; where a stray quote swallowed the lines after it, those are read again."""
        first, line_break, rest = _split_line(text)
        is_swallowed = bool(line_break) and text.count('"') % 2 == 1
        row = (
            self._nothing()
            .clear(1)
            .with_columns(
                pl.lit(line, dtype=pl.Int64).alias(LINE),
                pl.lit(_RAGGED).alias(DAMAGE),
                pl.lit(first if is_swallowed else text).alias(RAW),
            )
        )
        if not is_swallowed:
            return row
        again = _Rows(self.name, self.dialect, line + 1, 0).read(io.BytesIO(rest.encode()))
        return pl.concat([row, *again], how="diagonal")

    def _nothing(self) -> pl.DataFrame:
        names = cell_names(len(self.dialect.headings))
        return pl.DataFrame(
            schema={LINE: pl.Int64, DAMAGE: pl.String, RAW: pl.String, **dict.fromkeys(names, pl.String)}
        )


def _sound(arrow: pa.RecordBatch, lines: NDArray[np.int64], is_row: NDArray[np.bool_]) -> pl.DataFrame:
    """Return the rows of a batch; lines without anything in any cell are no rows."""
    cells = pl.DataFrame(pl.from_arrow(arrow))
    wanted = pl.Series(is_row)
    if (cells.to_series() == "").any():
        wanted &= cells.select(pl.any_horizontal(pl.all() != "")).to_series()
    rows = batch(cells, pl.Series(lines))
    return rows if wanted.all() else rows.filter(wanted)


def _split_line(text: str) -> tuple[str, str, str]:
    found = _LINE_BREAK.search(text)
    return (text[: found.start()], found.group(), text[found.end() :]) if found else (text, "", "")


def _has_line_breaks(arrow: pa.RecordBatch) -> bool:
    contents = (np.frombuffer(buffer, np.uint8) for column in arrow.columns if (buffer := column.buffers()[2]))
    return any(bool(((content == _LF) | (content == _CR)).any()) for content in contents)


def _line_breaks_by_row(arrow: pa.RecordBatch) -> NDArray[np.int64]:
    cells = pl.DataFrame(pl.from_arrow(arrow))
    counts = cells.select(pl.sum_horizontal(pl.all().str.count_matches(_LINE_BREAK.pattern)))
    return counts.to_series().cast(pl.Int64).to_numpy()
