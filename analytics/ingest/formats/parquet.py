"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet

from analytics.errors import UnreadableFile
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.arrow_text import is_numeric, plain_column
from analytics.ingest.readers.format import PARQUET, Format
from analytics.ingest.tables import BATCH_ROWS, RawTable, as_text, batch, cell_names

__all__ = ["FORMAT", "open_parquet"]

_BUFFER = 1 << 20
_ENCRYPTED = b"PARE"
_DAMAGE = (pa.ArrowException, OSError, ValueError, OverflowError)


def open_parquet(path: Path, _settings: SourceSettings) -> RawTable:
    """Open a Parquet file; rows are numbered from 1.

    Columns are told apart by their place, so that two of one name are two headings. Pages are read as they are
    needed, however large a row group is.

    Raises
    ------
    UnreadableFile
        The file is cut off, damaged or encrypted; the message names the column and the row group.
    """
    with _opened(path) as opened:
        schema = opened.schema_arrow
    names = cell_names(len(schema))

    def batches() -> Iterator[pl.DataFrame]:
        row = 1
        with _opened(path) as opened:
            for arrow in _arrow_batches(path, opened):
                cells = _as_cells(path, opened, arrow, names, row)
                yield batch(cells, range(row, row + cells.height))
                row += cells.height

    typed = frozenset(at for at, field in enumerate(schema) if is_numeric(field.type))
    return RawTable("parquet", tuple(field.name for field in schema), typed, batches)


def _opened(path: Path) -> pyarrow.parquet.ParquetFile:
    with path.open("rb") as file:
        if file.read(len(_ENCRYPTED)) == _ENCRYPTED:
            raise UnreadableFile(f"{path}: an encrypted Parquet file. Save it without encryption.")
    try:
        return pyarrow.parquet.ParquetFile(path, buffer_size=_BUFFER, page_checksum_verification=True)
    except _DAMAGE as error:
        raise UnreadableFile(f"{path}: not a whole Parquet file ({_reason(error)}). Fetch it again.") from None


def _arrow_batches(path: Path, opened: pyarrow.parquet.ParquetFile) -> Iterator[pa.RecordBatch]:
    rows = 0
    found = opened.iter_batches(BATCH_ROWS)
    while True:
        try:
            arrow = next(found, None)
        except _DAMAGE as error:
            place = _damaged_place(opened, _row_group(opened, rows))
            raise UnreadableFile(f"{path}: damaged{place} ({_reason(error)}). Fetch the file again.") from None
        if arrow is None:
            return
        rows += arrow.num_rows
        yield arrow


def _as_cells(
    path: Path, opened: pyarrow.parquet.ParquetFile, arrow: pa.RecordBatch, names: list[str], row: int
) -> pl.DataFrame:
    """Return the cells of a batch as text."""
    columns = []
    for at, field in enumerate(arrow.schema):
        try:
            columns.append(plain_column(arrow.column(at)))
        except _DAMAGE as error:
            group = _row_group(opened, row - 1)
            raise UnreadableFile(
                f"{path}: column {field.name!r} ({field.type}), row group {group + 1} of {opened.num_row_groups}, "
                f"cannot be read ({_reason(error)}). Write the column as text, or fetch the file again."
            ) from None
    try:
        return as_text(pl.DataFrame(pl.from_arrow(pa.RecordBatch.from_arrays(columns, names))))
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            kinds = ", ".join(sorted({str(column.type) for column in columns}))
            raise UnreadableFile(f"{path}: a type of {kinds} cannot be read. Write every column as text.") from None
        raise


def _row_group(opened: pyarrow.parquet.ParquetFile, row: int) -> int:
    """Return which row group a row is in, from 0."""
    for group in range(opened.num_row_groups):
        row -= int(opened.metadata.row_group(group).num_rows)
        if row < 0:
            return group
    return max(int(opened.num_row_groups) - 1, 0)


def _damaged_place(opened: pyarrow.parquet.ParquetFile, first: int) -> str:
    """Name the first column and row group that cannot be read by itself."""
    for group in range(first, opened.num_row_groups):
        for at in range(opened.metadata.num_columns):
            try:
                opened.reader.read_row_group(group, column_indices=[at], use_threads=False)
            except _DAMAGE:
                column = opened.metadata.schema.column(at).path
                return f" in column {column!r}, row group {group + 1} of {opened.num_row_groups}"
    return ""


def _reason(error: BaseException) -> str:
    """Return the first line of a message, which shows no value."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(". ")


FORMAT = Format(
    "parquet", 10, (".parquet", ".pq"), lambda head: head.raw.startswith((PARQUET, _ENCRYPTED)), table=open_parquet
)
