"""SQL over the tables of a store, and over nothing else: it reads no file, writes none, and changes no setting.

DuckDB is handed the tables and no path. Its access to files and extensions is off and its settings are locked, so a
text that somebody else wrote, or that a program made, can read what the store publishes and do no more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

import duckdb
import polars as pl

from analytics.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import dataset

__all__ = ["Source", "parquet_source", "select"]

Source: TypeAlias = Union["pa.Table", "dataset.Dataset"]
"""A table as DuckDB is handed it."""
_READS = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})
_PIVOT = duckdb.StatementType.MULTI
_DATA_ERRORS = (duckdb.DataError, duckdb.IntegrityError)
"""Errors whose messages quote values of the tables."""
_FENCE = {
    "TimeZone": "'UTC'",
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}
"""Set last and in this order: what comes after the last line is refused."""


def parquet_source(file: Path) -> Source:
    """Return a Parquet file as a table to hand to `select`; only what a statement asks for is read."""
    from pyarrow import dataset, fs

    return dataset.dataset(str(file.absolute()), filesystem=fs.LocalFileSystem(), format="parquet")


def select(sources: Mapping[str, Source], text: str) -> pl.DataFrame:
    """Run one statement that reads tables.

    Parameters
    ----------
    sources : mapping of str to Source
        The tables there are.
    text : str
        A select, or one of from, with, values, pivot, describe, summarize, show and explain.

    Returns
    -------
    polars.DataFrame

    Raises
    ------
    UsageError
        It is not one statement, does more than read, asks for anything but these tables, or is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="splitship-sql-") as spill, _fenced(sources, spill) as connection:
        try:
            result = connection.sql(_statement(connection, text))
            if result is None:
                raise UsageError("the statement gives no rows. Write a select.")
            found: pl.DataFrame = result.pl()
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            raise UsageError(f"{_told(error)} Tables: {', '.join(sorted(sources))}") from error
    return found


def _fenced(sources: Mapping[str, Source], spill: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"temp_directory": spill})
    for name, source in sources.items():
        connection.register(name, source)
    for setting, value in _FENCE.items():
        connection.execute(f"set {setting} = {value}")
    return connection


def _statement(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """Return the one statement of a text; raises `UsageError` where it does more than read."""
    statements = connection.extract_statements(text)
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements given. Give one select.")
    statement, kind = statements[0], _kind(statements[0])
    if kind == _PIVOT:  # it may stand within a COPY or CREATE: what is read from cannot
        return f"from (\n{statement.query.strip().rstrip(';')}\n)"
    if kind not in _READS:
        named = kind.name if kind is not None else "The statement"
        raise UsageError(f"{named} is refused: SQL reads the tables of the store and changes nothing. Write a select.")
    return str(statement.query)


def _kind(statement: duckdb.Statement) -> duckdb.StatementType | None:
    """Return what a statement does; None for a kind that DuckDB has and its Python client does not name."""
    try:
        return statement.type
    except ValueError:
        return None


def _told(error: duckdb.Error) -> str:
    """Return what DuckDB refuses, without values of the data."""
    if isinstance(error, duckdb.PermissionException):
        return "The statement asks for a file or extension: SQL reads the tables of the store only. Name a table."
    if isinstance(error, _DATA_ERRORS):
        return f"A value does not fit what is asked of it ({type(error).__name__}). Use try_cast, or filter it out."
    return f"DuckDB refuses the statement: {error}. Correct it."
