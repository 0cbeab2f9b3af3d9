"""Cells that cannot be read and that no row hangs on: the cell is null, the row stays, and the cell is listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from analytics.contracts.shipments import UnreadCells
from analytics.ingest.landing.landed import Place
from analytics.ingest.landing.validate import MESSAGES
from analytics.ingest.search import Search
from analytics.ingest.tables import LINE

__all__ = ["UNREAD_SCHEMA", "blank_unread", "count_unread", "unread_cells"]

UNREAD_SCHEMA = UnreadCells.create_empty().schema
_COUNTED = """
select "column" || ': ' || reason as what, count(*) from read_parquet($files) group by what order by what
"""


def blank_unread(values: pl.DataFrame, marks: Sequence[str]) -> pl.DataFrame:
    """Return the values with null in every cell that has a mark.

    Parameters
    ----------
    values : DataFrame
        Converted rows.
    marks : sequence of str
        Names of boolean columns ``column|reason`` in it.
    """
    by_column: dict[str, list[str]] = {}
    for mark in marks:
        by_column.setdefault(mark.split("|", maxsplit=1)[0], []).append(mark)
    return values.with_columns(
        pl.when(~pl.any_horizontal(pl.col(own).fill_null(value=False))).then(pl.col(column)).alias(column)
        for column, own in by_column.items()
    )


def unread_cells(text: pl.DataFrame, values: pl.DataFrame, marks: Sequence[str], place: Place) -> pl.DataFrame:
    """Return the marked cells of accepted rows as they are published, in the order of the file.

    Parameters
    ----------
    text : DataFrame
        What was written, one text column per column of the input contract.
    values : DataFrame
        Converted rows with the marks and ``reasons``.
    marks : sequence of str
        Names of boolean columns ``column|reason`` in `values`.
    place : Place
        Where the rows are from.
    """
    found = [_marked(text, values, mark) for mark in marks]
    listed = pl.concat([*found, pl.DataFrame(schema=UNREAD_SCHEMA).drop("source_file", "input_no")])
    return (
        listed.with_columns(source_file=pl.lit(place.name), input_no=pl.lit(place.input_no, dtype=pl.Int64))
        .select(UNREAD_SCHEMA.names())
        .cast(UNREAD_SCHEMA)
        .sort("source_line", "column", "reason")
    )


def count_unread(file: Path | None, search: Search) -> dict[str, int]:
    """Count the cells of a file by ``column: reason``."""
    return {} if file is None else dict(search.frame(_COUNTED, files=[str(file)]).rows())


def _marked(text: pl.DataFrame, values: pl.DataFrame, mark: str) -> pl.DataFrame:
    column, reason = mark.split("|")
    is_listed = values[mark].fill_null(value=False) & values["reasons"].is_null()
    return text.filter(is_listed).select(
        source_line=pl.col(LINE),
        column=pl.lit(column),
        reason=pl.lit(reason),
        message=pl.lit(MESSAGES[reason]),
        raw=pl.col(column),
    )
