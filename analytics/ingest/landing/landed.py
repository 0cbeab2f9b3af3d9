"""Rows on their way into the store: their identity, their columns, their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet

from analytics.contracts.batches import Behind
from analytics.contracts.shipments import LandedLines, RejectedRows
from analytics.ingest.search import Search
from analytics.ingest.tables import DAMAGE, LINE, RAW
from analytics.ingest.words.canonical import COLUMNS

__all__ = ["LANDED_SCHEMA", "REJECTED_SCHEMA", "Place", "TableFile", "content_hashes", "landed_rows", "rejected_rows"]

LANDED_SCHEMA = LandedLines.create_empty().schema
REJECTED_SCHEMA = RejectedRows.create_empty().schema
_SEPARATOR = "\x1f"
_HASHED = "select left(sha256(said), $digits) as content_hash from said_rows"
_HASH_DIGITS = 32
_ROWS_LOOKED_AT = 1024
_MOST_DISTINCT = 0.5
_PLAIN = pl.CompatLevel.oldest()


@dataclass(frozen=True)
class Place:
    """Which input a row is from.

    Attributes
    ----------
    name : str
        The input as it was named in the call.
    sha256 : str
        Its digest.
    input_no : int
        Its running number.
    has_own_key : bool
        False where shipment numbers are made from file and row.
    """

    name: str
    sha256: str
    input_no: int
    has_own_key: bool


def content_hashes(text: pl.DataFrame, place: Place, search: Search) -> pl.Series:
    """Return a hash of what each row says, whatever the order and number of the columns it says it in.

    A row without a key of its own, or damaged, is like no other: its place is part of what is hashed.
    """
    said = _said(text)
    keyless = text["shipment_id"].is_null() | text[DAMAGE].is_not_null() | (not place.has_own_key)
    if keyless.any():
        where = pl.format("{}:{}:{}", pl.lit(place.sha256), pl.col(LINE), pl.col(RAW).fill_null(""))
        placed = text.select(pl.concat_str(pl.lit(said), where, separator=_SEPARATOR)).to_series()
        said = placed.zip_with(keyless, said)
    with search.beside() as own, own.table("said_rows", said.alias("said").to_frame()):
        return own.frame(_HASHED, digits=_HASH_DIGITS)["content_hash"]


def _said(text: pl.DataFrame) -> pl.Series:
    """Return what each row says: every column in its fixed place, those at the end left out where they are empty."""
    said_in = [place for place, column in enumerate(COLUMNS) if text[column].null_count() < text.height]
    parts: list[pl.Expr] = []
    for before, place in pairwise([0, *said_in]):
        parts += [pl.lit(_SEPARATOR * (place - before)), pl.col(COLUMNS[place])]
    joined = text.select(pl.concat_str([pl.repeat("", text.height), *parts], ignore_nulls=True)).to_series()
    said = joined.str.strip_chars_end(_SEPARATOR)
    expected = max(said_in, default=0)
    if _separators(joined) > expected * text.height:
        forged = joined.str.count_matches(_SEPARATOR, literal=True) > expected
        said = text.select(pl.struct(COLUMNS).struct.json_encode()).to_series().zip_with(forged, said)
    return said


def _separators(joined: pl.Series) -> int:
    """Count the separators in all rows; their bytes are part of no other letter."""
    _, _, contents = joined.rechunk().to_arrow(compat_level=_PLAIN).buffers()
    return int(np.count_nonzero(np.frombuffer(contents, np.uint8) == ord(_SEPARATOR))) if contents else 0


def landed_rows(values: pl.DataFrame, place: Place) -> pl.DataFrame:
    """Return accepted rows with the columns and types of the landed lines.

    Parameters
    ----------
    values : DataFrame
        Converted rows with ``content_hash`` and the hashed tax ids.
    place : Place
        Where they are from.
    """
    stamped = values.with_columns(
        landed_id=pl.format("{}-{}", pl.lit(place.sha256[:16]), pl.col(LINE).cast(pl.String).str.zfill(9)),
        has_own_key=pl.lit(place.has_own_key),
        record_action=pl.col("record_action").fill_null("add"),
        input_no=pl.lit(place.input_no, dtype=pl.Int64),
        source_file=pl.lit(place.name),
        source_line=pl.col(LINE),
        exemption_claimed_declared=pl.col("exemption_claimed"),
    )
    return stamped.select(
        (pl.col(name) if name in stamped.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in LANDED_SCHEMA.items()
    )


def rejected_rows(values: pl.DataFrame, raw: pl.Series, place: Place) -> pl.DataFrame:
    """Return rejected rows with the columns and types of their table.

    Parameters
    ----------
    values : DataFrame
        With `LINE`, ``reasons``, ``shipment_id`` and ``content_hash``.
    raw : Series
        What was written, as JSON.
    place : Place
        Where they are from.
    """
    stamped = values.with_columns(
        source_file=pl.lit(place.name),
        source_line=pl.col(LINE),
        raw=raw,
        input_no=pl.lit(place.input_no, dtype=pl.Int64),
    )
    return stamped.select(pl.col(name).cast(dtype) for name, dtype in REJECTED_SCHEMA.items())


class TableFile:
    """A Parquet file that grows batch by batch, one being written while the next is made; without a row no file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: pyarrow.parquet.ParquetWriter | None = None
        self._behind = Behind()

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[TableFile]:
        """Open for writing, and close whatever happens."""
        file = cls(path)
        try:
            yield file
        finally:
            file.close()

    def append(self, rows: pl.DataFrame) -> None:
        """Write some rows at the end."""
        if not rows.height:
            return
        arrow = _as_arrow(rows)
        if self._writer is None:
            repeating = [name for name in rows.columns if _repeats(rows[name])]
            self._writer = pa.parquet.ParquetWriter(
                self.path, arrow.schema, compression="zstd", compression_level=1, use_dictionary=repeating
            )
        self._behind.do(self._writer.write_table, arrow)
        self.rows += rows.height

    def close(self) -> None:
        """Finish the file."""
        try:
            self._behind.close()
        finally:
            if self._writer is not None:
                self._writer.close()
                self._writer = None


def _as_arrow(rows: pl.DataFrame) -> pa.Table:
    """Return rows as they are written; the columns without a value, which are many, share nulls of one size."""
    schema = rows[:0].to_arrow(compat_level=_PLAIN).schema
    counts = rows.null_count().row(0, named=True)
    filled: Any = rows.select(name for name in rows.columns if counts[name] < rows.height).to_arrow(compat_level=_PLAIN)
    absent = {kind: pa.nulls(rows.height, kind) for kind in {*schema.types}}
    columns = [filled[field.name] if field.name in filled.column_names else absent[field.type] for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _repeats(cells: pl.Series) -> bool:
    """Tell whether a dictionary of a column pays: where nearly all values differ, it is made only to be thrown away."""
    first = cells[:_ROWS_LOOKED_AT]
    return first.n_unique() <= first.len() * _MOST_DISTINCT
