"""What every reader gives: headings, and the rows as text in batches, each with its line in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

__all__ = ["BATCH_ROWS", "DAMAGE", "LINE", "RAW", "RawTable", "as_text", "batch", "cell_names"]

LINE, DAMAGE, RAW = "_line", "_damage", "_raw"
BATCH_ROWS = 1 << 17
_FIRST_INEXACT = 2.0**53


@dataclass(frozen=True)
class RawTable:
    """An opened input.

    Attributes
    ----------
    format : str
        csv, jsonl, parquet, xlsx or postgresql.
    headings : tuple of str
        As they stand in the input.
    typed : frozenset of int
        Positions of headings whose cells are numbers by type, not text: their decimal mark is a point.
    batches : callable
        Starts reading from the top; gives frames with `LINE`, `DAMAGE`, `RAW` and one text column per heading.
        A damaged row has a reason code in `DAMAGE`, what was written in `RAW`, and no cells.
    notes : list of str
        What a reader should know; may grow while reading.
    """

    format: str
    headings: tuple[str, ...]
    typed: frozenset[int]
    batches: Callable[[], Iterator[pl.DataFrame]]
    notes: list[str] = field(default_factory=list)


def cell_names(count: int) -> list[str]:
    """Return the names of the text columns of a batch, c0 upward."""
    return [f"c{at}" for at in range(count)]


def batch(cells: pl.DataFrame, lines: pl.Series | Sequence[int]) -> pl.DataFrame:
    """Return a batch of sound rows from their cells and lines."""
    return cells.select(
        pl.Series(LINE, lines, dtype=pl.Int64),
        pl.lit(None, dtype=pl.String).alias(DAMAGE),
        pl.lit(None, dtype=pl.String).alias(RAW),
        pl.all(),
    )


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Return typed columns as text, without loss: ISO days and times, points, no trailing ``.0``.

    A float too large to hold its last digits keeps its exponent, so that it cannot pass for an id.
    """
    return frame.select(_text(pl.col(name), dtype).alias(name) for name, dtype in frame.schema.items())


def _text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Datetime):
        zoned = dtype.time_zone is not None
        utc = column.dt.convert_time_zone("UTC") if zoned else column
        return utc.dt.strftime("%Y-%m-%d %H:%M:%S%.f" + ("Z" if zoned else ""))
    if dtype.is_float():
        short = column.cast(pl.String).str.strip_suffix(".0")
        long = column.cast(pl.Decimal(38, 10), strict=False).cast(pl.String).str.replace(r"\.?0+$", "")
        inexact = column.abs() >= _FIRST_INEXACT
        return (
            pl.when(column.is_nan())
            .then(None)
            .when(inexact)
            .then(column.cast(pl.String))
            .when(short.str.contains("e"))
            .then(long)
            .otherwise(short)
        )
    if isinstance(dtype, pl.Struct):
        return column.struct.json_encode()
    if isinstance(dtype, pl.List | pl.Array):
        return pl.struct(column.alias("")).struct.json_encode().str.strip_prefix('{"":').str.strip_suffix("}")
    if isinstance(dtype, pl.Binary):
        return column.bin.encode("hex")
    if isinstance(dtype, pl.Null):
        return column.cast(pl.String)
    return column.cast(pl.String)
