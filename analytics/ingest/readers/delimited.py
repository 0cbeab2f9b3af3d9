"""Delimited text: any delimiter, any common encoding, gzip, titles above the headings, rows of an odd length."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from analytics.errors import InputError, UnreadableFile
from analytics.ingest.decode.csv_rows import Layout, read_records
from analytics.ingest.decode.encodings import open_utf8
from analytics.ingest.decode.quotes import SoundQuotes
from analytics.ingest.decode.row_shapes import RowShapes
from analytics.ingest.headings.left_out import is_footer
from analytics.ingest.headings.rows import ROWS_LOOKED_AT, HeadingRows, find_headings, is_again_headings, no_headings
from analytics.ingest.headings.understanding import recognised
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.questions import Question, as_error, in_quotes
from analytics.ingest.tables import RawTable

__all__ = ["open_csv"]

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01")
_NO_MARKS = frozenset("\"'_.-")
_SAMPLE = 1 << 18
_ROWS_LEARNED_FROM = 1000


@dataclass(frozen=True)
class _Reading:
    """The first records, parted by one delimiter."""

    delimiter: str
    rows: list[list[str]]
    last_lines: list[int]
    found: HeadingRows | None

    @property
    def worth(self) -> tuple[int, int]:
        """How many columns are understood, and how many there are."""
        headings = self.found.headings if self.found else ()
        return len(recognised(headings)), len(headings)

    def layout(self) -> Layout:
        """Return how the records are laid out; there are headings."""
        assert self.found is not None, "asked only where headings were found"
        headings, first = self.found.headings, self.found.first_row
        count = len(headings)

        def is_no_row(cells: Sequence[str]) -> bool:
            return is_footer(cells) or is_again_headings(cells, headings)

        data = [row for row in self.rows[first - 1 :] if not is_no_row(row)]
        first_line = self.last_lines[first - 2] + 1 if first > 1 else 1
        return Layout(self.delimiter, headings, first_line, RowShapes.learned(data, count), is_no_row)


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
        Its notes say what was left out above the headings, and what was done to stray quotes.

    Raises
    ------
    UnreadableFile
        There are no headings, or no delimiter parts them.
    """
    with closing(open_utf8(path, encoding)) as stream:
        sample = stream.read(_SAMPLE).decode("utf-8", errors="ignore").replace("\0", "")
    found = _understood(str(path), sample, settings)
    layout = found.layout()
    notes = [*found.found.notes] if found.found else []
    if settings.encoding is None and not encoding.startswith("utf"):
        notes.append(f"text read as {encoding}, found by its words; encoding in a mapping names another")

    def batches() -> Iterator[pl.DataFrame]:
        with closing(SoundQuotes(str(path), open_utf8(path, encoding), layout.delimiter, layout.shapes)) as stream:
            yield from read_records(str(path), stream, layout)
            notes.extend(note for note in stream.notes if note not in notes)

    return RawTable("csv", layout.headings, frozenset(), batches, notes)


def _understood(name: str, sample: str, settings: SourceSettings) -> _Reading:
    """Read the first records with the delimiter under which most headings are understood."""
    declared = sample[4] if sample[:4].lower() == "sep=" and sample[4:5].strip("\r\n") else None
    marks = [mark] if (mark := settings.delimiter or declared) else list(_DELIMITERS)
    readings = [_read(name, sample, mark, settings, skips_first=declared is not None) for mark in marks]
    best = max(readings, key=lambda reading: reading.worth)
    known, count = best.worth
    if not count:
        raise no_headings(name, settings)
    if count == 1 and not known and settings.delimiter is None:
        raise _no_delimiter(name, best.rows)
    return _read(name, sample, best.delimiter, settings, skips_first=declared is not None, more=_ROWS_LEARNED_FROM)


def _no_delimiter(name: str, rows: Sequence[Sequence[str]]) -> InputError:
    """Return the error for text that none of the usual marks parts; it offers those that part all lines alike."""
    lines = [row[0] for row in rows if row and row[0].strip()] or [""]
    marks = Counter(mark for mark in lines[0] if mark.isascii() and not mark.isalnum() and mark not in _NO_MARKS)
    marks = Counter({mark: count for mark, count in marks.items() if all(line.count(mark) == count for line in lines)})
    if not marks:
        return UnreadableFile(f"{name}: nothing parts the lines into columns. Check that it is a table of shipments.")
    choices = tuple(f"delimiter = {in_quotes(mark)}" for mark, _ in marks.most_common())
    return as_error(name, [Question("delimiter", "no usual delimiter parts the first line into columns", choices)])


def _read(
    name: str, sample: str, delimiter: str, settings: SourceSettings, *, skips_first: bool, more: int = 1
) -> _Reading:
    """Read the first records: as many as headings are looked for in, and some more to learn from."""
    wanted = max(ROWS_LOOKED_AT, *(settings.header_row or (0,)))
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    last_lines: list[int] = []
    try:
        for row in islice(reader, wanted + more):
            rows.append(row)
            last_lines.append(reader.line_num)
    except csv.Error:
        raise UnreadableFile(
            f"{name}: line {reader.line_num:,} holds a cell of more than {csv.field_size_limit():,} characters. "
            "Check that the file is a table, and correct that line."
        ) from None
    if len(sample) >= _SAMPLE // 4 and len(rows) > 1:
        rows.pop()  # it may be cut off
    if skips_first and rows:
        rows[0] = []
    return _Reading(delimiter, rows, last_lines, find_headings(rows[:wanted], settings))
