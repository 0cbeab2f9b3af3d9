"""The door of the house: tables take the form of their contract and are written as sorted Parquet."""

from __future__ import annotations

from pathlib import Path

from analytics.contracts.ddl import duckdb_types, required_columns
from analytics.contracts.paths import as_pattern
from analytics.contracts.published import PUBLISHED, PublishedTable
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.errors import ContractError

__all__ = ["publish"]

_NOT_A_STEP = frozenset({"runs"})


def publish(engine: DuckDBEngine, folder: Path) -> dict[str, int]:
    """Write every published table, and the reference tables that were in force, into a folder.

    Parameters
    ----------
    engine : DuckDBEngine
        Holds the tables.
    folder : Path
        Gets one Parquet file per table.

    Returns
    -------
    dict
        Rows by table.

    Raises
    ------
    ContractError
        A table is absent, lacks a column, or has nulls where its contract has none.
    """
    rows = {}
    for table in PUBLISHED.values():
        if table.name in _NOT_A_STEP:
            continue
        _conform(engine, table)
        file = folder / f"{table.name}.parquet"
        rows[table.name] = engine.publish(table.name, table.order, file)
        if rows[table.name]:
            _prove_whole(engine, table, file)
    for name in sorted(table for table in engine.tables() if table.startswith("ref_")):
        engine.publish(name, (), folder / f"{name}.parquet")
    return rows


def _conform(engine: DuckDBEngine, table: PublishedTable) -> None:
    """Show the table under its published name: the contract's columns and types first, further columns after."""
    if table.source not in engine.tables():
        raise ContractError(
            f"{table.name}: no step made {table.source}. Add the step, or take the table out of the contract."
        )
    types = duckdb_types(table.schema)
    found = engine.columns(table.source)
    missing = [column for column in types if column not in found]
    if missing:
        raise ContractError(f"{table.source} lacks column {missing[0]} of the contract of {table.name}. Mend the step.")
    chosen = [f'cast("{column}" as {kind}) as "{column}"' for column, kind in types.items()]
    chosen += [f'"{column}"' for column in found if column not in types]
    source = table.source
    if source == table.name:
        source = f"_made_{table.name}"
        engine.rename(table.name, source)
    engine.connection.execute(f'create view "{table.name}" as select {", ".join(chosen)} from "{source}"')


def _prove_whole(engine: DuckDBEngine, table: PublishedTable, file: Path) -> None:
    """Raise where a row of a published file lacks a column that the contract demands.

    It is told from the end of the file, without reading its rows again.
    """
    told = "select path_in_schema, sum(stats_null_count) from parquet_metadata(?) group by path_in_schema"
    nulls = dict(engine.connection.execute(told, [as_pattern(file)]).fetchall())
    for column in required_columns(table.schema):
        if lacking := int(nulls[column]):
            raise ContractError(
                f"{table.name}: {lacking:,} rows without {column}, which the contract demands. "
                f"Mend the step that makes {table.source}."
            )
