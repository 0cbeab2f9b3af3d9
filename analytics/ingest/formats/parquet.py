"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow.parquet

from analytics.errors import UnreadableFile
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.tables import BATCH_ROWS, RawTable, as_text, batch, cell_names

__all__ = ["open_parquet"]


def open_parquet(path: Path, _settings: SourceSettings) -> RawTable:
    """Open a Parquet file; rows are numbered from 1.

    Raises
    ------
    UnreadableFile
        The file is cut off or damaged.
    """
    try:
        schema = pl.read_parquet_schema(path)
    except (pl.exceptions.ComputeError, OSError) as error:
        raise UnreadableFile(f"{path}: not a whole Parquet file ({error}). Fetch it again.") from None
    names = cell_names(len(schema))

    def batches() -> Iterator[pl.DataFrame]:
        row = 1
        with pyarrow.parquet.ParquetFile(path) as opened:
            for arrow in opened.iter_batches(BATCH_ROWS):
                cells = as_text(pl.DataFrame(pl.from_arrow(arrow)))
                cells.columns = names
                yield batch(cells, range(row, row + cells.height))
                row += cells.height

    typed = frozenset(at for at, dtype in enumerate(schema.values()) if dtype.is_numeric())
    return RawTable("parquet", tuple(schema), typed, batches)
