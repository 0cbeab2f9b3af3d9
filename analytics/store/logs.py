"""Logs that people add to: one file a batch, written once and never again, read as one table.

They are no part of a run: adding to one changes no table and needs no screening.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.logs import LOGS
from analytics.store.writing import begin

__all__ = ["append_log", "read_log"]


def read_log(root: Path, name: str) -> pl.DataFrame:
    """Return a log, oldest first.

    Parameters
    ----------
    root : Path
        The store.
    name : str
        One of `analytics.contracts.logs.LOGS`.
    """
    parts = [pl.read_parquet(file) for file in sorted((root / name).glob("*.parquet"))]
    return pl.concat([empty_frame(LOGS[name]), *parts])


def append_log(root: Path, name: str, rows: pl.DataFrame) -> None:
    """Add rows to a log, all of them or none.

    Parameters
    ----------
    root : Path
        The store.
    name : str
        One of `analytics.contracts.logs.LOGS`.
    rows : polars.DataFrame
        In its columns.

    Raises
    ------
    StoreLocked
        A run is writing to the store.
    """
    checked = LOGS[name].validate(rows, cast=True)
    with begin(root) as transaction:
        folder = root / name
        fresh = transaction.folder(name) / "batch.parquet"
        checked.write_parquet(fresh)
        folder.mkdir(exist_ok=True)
        fresh.replace(folder / f"{len(list(folder.glob('*.parquet'))) + 1:06d}.parquet")
