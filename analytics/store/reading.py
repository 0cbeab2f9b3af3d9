"""Reading a store: the published tables, by name or by SQL."""

from __future__ import annotations

import shlex
from pathlib import Path

import polars as pl

from analytics.contracts.logs import LOGS
from analytics.errors import StoreMissing, UnknownTable, did_you_mean
from analytics.store.contents import absent, altered, refuse
from analytics.store.logs import read_log
from analytics.store.querying import Source, parquet_source, select
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
    StoreDamaged
        A file that the store lists is missing or altered.
    """

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self.state: StoreState = read_state(self.root)
        if self.state.tables is None:
            raise StoreMissing(_without_tables(self.root, self.state))
        refuse(self.root, absent(self.root, self.state.contents))
        self._folder = self.root / self.state.tables
        self._proven: set[str] = set()

    def names(self) -> list[str]:
        """Return the names of the tables and logs, sorted."""
        published = (Path(file) for file in self.state.contents if file.startswith(f"{self.state.tables}/"))
        return sorted({*(file.stem for file in published), *LOGS})

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
        return read_log(self.root, name).lazy() if name in LOGS else pl.scan_parquet(self.file(name), glob=False)

    def file(self, name: str) -> Path:
        """Return the Parquet file of a published table; raises `UnknownTable` or `StoreDamaged`."""
        file = self._folder / f"{name}.parquet"
        if name not in self.names():
            near = did_you_mean(name, self.names()) or f"There are: {', '.join(self.names())}"
            raise UnknownTable(f"no table {name!r} in {self.root}. {near}")
        if name not in self._proven:
            listed = str(file.relative_to(self.root))
            refuse(self.root, altered(self.root, {listed: self.state.contents[listed]}))
            self._proven.add(name)
        return file

    def sql(self, text: str) -> pl.DataFrame:
        """Read the published tables with one DuckDB statement.

        Parameters
        ----------
        text : str
            A select, or one of from, with, values, pivot, describe, summarize, show and explain. It names the tables
            as `names` does. It reads no file, writes none, and changes neither tables nor settings.

        Returns
        -------
        polars.DataFrame

        Raises
        ------
        UsageError
            The statement does more than read these tables, or DuckDB refuses it.
        """
        return select({name: self._source(name) for name in self.names()}, text)

    def _source(self, name: str) -> Source:
        if name in LOGS:
            return self.table(name).collect().to_arrow()
        return parquet_source(self.file(name))

    @property
    def last_run(self) -> RunRecord:
        """The run that made the tables."""
        return self.state.runs[-1]


def _without_tables(root: Path, state: StoreState) -> str:
    if not state.runs:
        return f"{root}: nothing has been screened here. Run: splitship screen INPUT --store {root}"
    quoted = shlex.quote(str(root))
    return f"{root}: its tables were damaged and have to be made again. Run: splitship store repair --store {quoted}"
