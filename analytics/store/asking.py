"""Questions of our own to the published tables: DuckDB reads the rows and columns that are asked for, and no more.

Values are bound, never pasted. Memory is bounded, whatever the size of the tables.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

if TYPE_CHECKING:
    from analytics.store.reading import Store

__all__ = ["ask"]

_SETTINGS = {"TimeZone": "'UTC'", "memory_limit": "'512MB'", "threads": "2", "enable_progress_bar": "false"}


def ask(
    store: Store,
    tables: Iterable[str],
    text: str,
    values: Mapping[str, Any] | None = None,
    frames: Mapping[str, pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """Run one select over published tables, and over frames beside them.

    Parameters
    ----------
    store : Store
        Where the tables are.
    tables : iterable of str
        Those that the statement names.
    text : str
        The select; written by us.
    values : mapping, optional
        What its ``$name`` markers stand for.
    frames : mapping, optional
        Frames to join, by name.

    Returns
    -------
    polars.DataFrame
    """
    with tempfile.TemporaryDirectory(prefix="splitship-ask-") as spill, duckdb.connect() as connection:
        connection.execute(f"set temp_directory = '{spill}'")
        for setting, value in _SETTINGS.items():
            connection.execute(f"set {setting} = {value}")
        for name in tables:
            path = str(store.file(name).absolute()).replace("'", "''")
            connection.execute(f"create view {name} as select * from read_parquet('{path}', hive_partitioning = false)")
        for name, frame in (frames or {}).items():
            connection.register(name, frame.to_arrow())
        found: pl.DataFrame = connection.sql(text, params=dict(values or {})).pl()
    return found
