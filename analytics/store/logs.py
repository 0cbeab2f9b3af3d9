"""Logs that people add to: one file a batch, written once and never again, read as one table.

They are no part of a run: adding to one changes no table and needs no screening.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.logs import LOGS
from analytics.store.contents import absent, refuse
from analytics.store.state import read_state
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
    contents = {file: stored for file, stored in read_state(root).contents.items() if file.startswith(f"{name}/")}
    refuse(root, absent(root, contents))
    parts = [pl.read_parquet(root / file, glob=False) for file in sorted(contents)]
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
        transaction.append_log(name, checked)
