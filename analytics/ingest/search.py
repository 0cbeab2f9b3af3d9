"""The engine that looks at all rows at once: DuckDB, which spills to the work folder what outgrows memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from analytics.contracts.paths import as_pattern

__all__ = ["Search"]

_PLAIN = pl.CompatLevel.oldest()
_FILES = ("files", "staged")
"""What queries call the paths of the files that they read."""


class Search:
    """One connection; every answer is fetched whole before the next question.

    Parameters
    ----------
    connection : DuckDBPyConnection
        Where the questions go.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, memory: str | None, threads: int) -> Iterator[Search]:
        """Open an engine whose spill goes to a folder and is gone afterwards."""
        spill = folder.absolute() / "spill"
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(spill),
            "threads": threads,
        }
        config |= {"memory_limit": memory} if memory else {}
        connection = duckdb.connect(config=config)
        try:
            yield cls(connection)
        finally:
            connection.close()
            if spill.exists():
                spill.rmdir()

    @contextmanager
    def beside(self) -> Iterator[Search]:
        """Open a second connection to the same engine: one answers one thread at a time."""
        with self._connection.cursor() as connection:
            yield Search(connection)

    def frame(self, query: str, **bound: Any) -> pl.DataFrame:
        """Return the answer to a query."""
        return pl.DataFrame(pl.from_arrow(self._connection.sql(query, params=_bound(bound)).to_arrow_table()))

    def run(self, statement: str, **bound: Any) -> None:
        """Execute a statement that has no answer."""
        self._connection.execute(statement, _bound(bound)).fetchall()

    @contextmanager
    def table(self, name: str, rows: pl.DataFrame) -> Iterator[None]:
        """Let queries read a frame under a name."""
        self._connection.register(name, rows.to_arrow(compat_level=_PLAIN))
        try:
            yield
        finally:
            self._connection.unregister(name)


def _bound(given: dict[str, Any]) -> dict[str, Any] | None:
    """Return what is bound to a query: of a file the pattern that it alone matches."""
    paths = {name: [as_pattern(Path(file)) for file in given[name]] for name in _FILES if name in given}
    return {**given, **paths} or None
