"""Reading a store: the published tables, by name or by SQL."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from analytics.contracts.logs import LOGS
from analytics.errors import StoreMissing, UnknownTable, UsageError
from analytics.store.logs import read_log
from analytics.store.state import RunRecord, StoreState, read_state

__all__ = ["Store"]


class Store:
    """The tables that screening left behind.

    Parameters
    ----------
    root : str or Path
        The folder given to ``splitship screen --store``.

    Raises
    ------
    StoreMissing
        Nothing has been screened into that folder.
    """

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self.state: StoreState = read_state(self.root)
        if self.state.tables is None:
            raise StoreMissing(
                f"{self.root}: nothing has been screened here. Run: splitship screen INPUT --store {self.root}"
            )
        self._folder = self.root / self.state.tables

    def names(self) -> list[str]:
        """Return the names of the tables and logs, sorted."""
        return sorted({*(file.stem for file in self._folder.glob("*.parquet")), *LOGS})

    def table(self, name: str) -> pl.LazyFrame:
        """Return a published table.

        Parameters
        ----------
        name : str
            Such as ``"flags"``; see `names`.

        Returns
        -------
        polars.LazyFrame
            In the order it was published.

        Raises
        ------
        UnknownTable
            There is none of that name.
        """
        return read_log(self.root, name).lazy() if name in LOGS else pl.scan_parquet(self.file(name))

    def file(self, name: str) -> Path:
        """Return the Parquet file of a published table; raises `UnknownTable`."""
        file = self._folder / f"{name}.parquet"
        if name not in self.names():
            raise UnknownTable(f"no table {name!r} in {self.root}; there are: {', '.join(self.names())}")
        return file

    def sql(self, text: str) -> pl.DataFrame:
        """Run one DuckDB select over the published tables.

        Parameters
        ----------
        text : str
            Names the tables as `names` does; they are views of files, so nothing it does changes them.

        Returns
        -------
        polars.DataFrame

        Raises
        ------
        UsageError
            DuckDB refuses the statement; its message is passed on.
        """
        with duckdb.connect() as connection:
            for name in LOGS:
                connection.register(name, self.table(name).collect().to_arrow())
            for name in sorted(set(self.names()) - set(LOGS)):
                file = str(self._folder / f"{name}.parquet").replace("'", "''")
                connection.execute(f"create view \"{name}\" as select * from read_parquet('{file}')")
            try:
                result = connection.sql(text)
            except duckdb.Error as error:
                raise UsageError(f"DuckDB refuses the statement: {error}. Tables: {', '.join(self.names())}") from error
            if result is None:
                raise UsageError("the statement gives no rows. Write a select.")
            found: pl.DataFrame = result.pl()
            return found

    @property
    def last_run(self) -> RunRecord:
        """The run that made the tables."""
        return self.state.runs[-1]
