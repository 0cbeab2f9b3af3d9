"""What the run before left, handed to the one that works, so that it can say what it changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.findings import Flags, FlagShipments
from analytics.contracts.runs import RunChanges, RunFacts
from analytics.contracts.shipments import Shipments
from analytics.contracts.steps import Engine
from analytics.store import Transaction

__all__ = ["hand_in_last_run"]

_LEFT = {
    "last_flags": ("flags", Flags),
    "last_flag_shipments": ("flag_shipments", FlagShipments),
    "last_shipments": ("shipments", Shipments),
    "past_run_changes": ("run_changes", RunChanges),
}


def hand_in_last_run(
    engine: Engine,
    transaction: Transaction,
    *,
    run_id: str,
    rules_sha256: str,
    parameters: dict[str, Any],
    versions: tuple[str, str],
) -> None:
    """Write ``last_flags``, ``last_flag_shipments``, ``last_shipments``, ``past_run_changes`` and ``run_facts``.

    Where there is no run before, or one whose tables had other columns, nothing is held against it.

    Parameters
    ----------
    engine : Engine
        Gets the tables.
    transaction : Transaction
        Knows the run before.
    run_id : str
        The run that works.
    rules_sha256 : str
        Digest of the reference tables in force.
    parameters : dict
        Parameters of the run, as its record will hold them.
    versions : tuple of str
        Of the identity model and of the program.
    """
    usable = all(_has_columns(transaction, name, schema) for name, schema in _LEFT.values() if name != "run_changes")
    for table, (name, schema) in _LEFT.items():
        files = transaction.published_files(name)
        if files and usable and name != "run_changes":
            engine.scan(table, files)
        else:
            engine.write(table, _completed(files if name == "run_changes" else [], schema))
    last = transaction.state.runs[-1] if transaction.state.runs and usable else None
    row = (
        run_id,
        last.run_id if last else None,
        _last_day(transaction.published_files("shipments") if usable else []),
        last is not None and last.rules_sha256 != rules_sha256,
        last is not None and last.settings.get("parameters") != parameters,
        last is not None and (last.model_version, last.program_version) != versions,
    )
    engine.write("run_facts", pl.DataFrame([row], schema=empty_frame(RunFacts).schema, orient="row"))


def _has_columns(transaction: Transaction, name: str, schema: type) -> bool:
    files = transaction.published_files(name)
    return any(
        set(empty_frame(schema).columns) <= set(pl.scan_parquet(file, glob=False).collect_schema()) for file in files
    )


def _completed(files: list[Path], schema: type) -> pl.DataFrame:
    """Return the rows of some files; a column that an earlier version did not write is null."""
    frames = [empty_frame(schema), *(pl.read_parquet(file, glob=False) for file in files)]
    return pl.concat(frames, how="diagonal").select(frames[0].columns)


def _last_day(files: list[Path]) -> date | None:
    days = [pl.scan_parquet(file, glob=False).select(pl.col("arrival_date").max()).collect().item() for file in files]
    return max((day for day in days if day is not None), default=None)
