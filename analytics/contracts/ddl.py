"""A table's declaration, read as DuckDB types."""

from __future__ import annotations

import dataframely as dy
import polars as pl
from dataframely.columns import Column

__all__ = ["duckdb_type", "duckdb_types", "empty_frame", "required_columns"]

_PLAIN: dict[type[Column], str] = {
    dy.String: "varchar",
    dy.Int64: "bigint",
    dy.Float64: "double",
    dy.Bool: "boolean",
    dy.Date: "date",
}


def duckdb_type(column: Column) -> str:
    """Return the DuckDB type of one declared column, in lower case.

    Raises
    ------
    TypeError
        The contracts use a kind of column that no engine of ours has a type for.
    """
    if isinstance(column, dy.Decimal):
        return f"decimal({column.precision},{column.scale})"
    if isinstance(column, dy.Datetime):
        return "timestamp with time zone" if column.time_zone else "timestamp"
    for kind, name in _PLAIN.items():
        if isinstance(column, kind):
            return name
    raise TypeError(f"no DuckDB type for {type(column).__name__}; add it to contracts/ddl.py")


def duckdb_types(schema: type[dy.Schema]) -> dict[str, str]:
    """Return column to DuckDB type, in the order of declaration."""
    return {name: duckdb_type(column) for name, column in schema.columns().items()}


def required_columns(schema: type[dy.Schema]) -> list[str]:
    """Return the columns that may not be null."""
    return [name for name, column in schema.columns().items() if not column.nullable]


def empty_frame(schema: type[dy.Schema]) -> pl.DataFrame:
    """Return a frame without rows that has the columns and types of a contract."""
    return schema.create_empty()
