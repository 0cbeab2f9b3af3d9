"""DuckDB, the engine of reference: tables in memory, or in throw-away Parquet files beside the run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import duckdb

from analytics.contracts.batches import worked_on
from analytics.contracts.steps import ROWS_A_BATCH, ParameterValue, SqlModel, Worked
from analytics.engines.duckdb_text import escaped, listed, quoted, rows_of, with_values, without_copies
from analytics.engines.functions import macros
from analytics.engines.machine import cores, megabytes
from analytics.engines.sorted_files import write_sorted
from analytics.errors import ContractError, StepFailed, shown_cause
from analytics.showing import without_values

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

__all__ = ["DuckDBEngine"]

ROOM_TO_WORK_IN = 1000
"""Megabytes that the engine keeps while a large step works beside it."""
_HANDED_IN = "_incoming"
"""What a frame is called while the engine reads it."""
_KEPT_AS = "format parquet, compression lz4, write_bloom_filter false"
"""How tables are written that are read once or twice and dropped."""
_WIDE_NUMBERS = ("HUGEINT", "UHUGEINT")
"""Types of whole numbers that Parquet does not have: a decimal without places holds them, in memory too."""


class DuckDBEngine:
    """Keeps the tables of a run in DuckDB.

    Parameters
    ----------
    folder : Path or None
        Where tables and what is spilled are kept; with None nothing spills.
    memory : str or None
        Most memory to use, such as ``"8GB"``; DuckDB's own default where None.
    threads : int or None
        Most threads to use; as many as can run at a time where None.
    in_memory : bool
        Keep tables in memory as they are, and spill block by block what is beyond `memory`. Else each is a Parquet
        file, of which nothing has to stay in memory, and which takes longer to write
        (`docs/decisions/0029-tables-in-memory-and-in-files.md`). Without a folder they are always in memory.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        memory: str | None = None,
        threads: int | None = None,
        in_memory: bool = False,
    ) -> None:
        self.threads = threads or cores()
        settings: dict[str, str | int | bool | None] = {
            "memory_limit": memory,
            "threads": self.threads,
            "preserve_insertion_order": False,
            "temp_directory": None if folder is None else str(folder.absolute() / "spill"),
        }
        self.connection = duckdb.connect(config={name: value for name, value in settings.items() if value is not None})
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("set parquet_metadata_cache = true")
        for macro in macros():
            self.connection.execute(macro)
        self._memory, self._spills = memory, folder is not None
        self._in_memory = folder is None or in_memory
        self._folder = Path() if folder is None or in_memory else _folder_of_its_own(folder)
        self._files_made = 0
        self._names: set[str] = set()  # tables that were made here: to ask the catalogue takes milliseconds
        self._views: dict[str, list[Path]] = {}  # those that are views, with the files that are theirs alone
        self._rows: dict[str, int] = {}  # of those that were made here, as DuckDB told them when it did
        self._proven: set[tuple[str, tuple[str, ...]]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    @contextmanager
    def making_room(self) -> Iterator[None]:
        """Hold less memory for a while, for a step that works beside the engine: the rest is spilled.

        An engine without a bound holds what it holds: it was given few lines.
        """
        if self._memory is None or not self._spills or megabytes(self._memory) <= ROOM_TO_WORK_IN:
            yield
            return
        self.connection.execute(f"set memory_limit = '{ROOM_TO_WORK_IN}MB'")
        try:
            yield
        finally:
            self.connection.execute(f"set memory_limit = '{self._memory}'")

    def write(self, table: str, frame: pl.DataFrame | pa.Table) -> None:
        """Make or replace a table from a frame."""
        with self._handed_in(frame):
            self.make(table, f"select * from {_HANDED_IN}")

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Add the rows of a frame to a table that is there, columns by their names."""
        self._unprove(table)
        if table in self._views and not self._views[table]:
            raise ContractError(f"{table} is shown where it lies, and takes no further rows. Write them elsewhere.")
        types = self._types(f"select * from {quoted(table)}")
        if unknown := sorted(set(frame.columns) - set(types)):
            raise ContractError(f"{table} has no column {unknown[0]}. Write it with the first rows, or leave it out.")
        with self._handed_in(frame):
            if self._in_memory:
                self._rows[table] += self._done(f"insert into {quoted(table)} by name from {_HANDED_IN}")
                return
            held = ", ".join(
                f"cast({quoted(name) if name in frame.columns else 'null'} as {kind}) as {quoted(name)}"
                for name, kind in types.items()
            )
            file, rows = self._written(f"select {held} from {_HANDED_IN}")
        rows += self._rows[table]
        self._show(table, [*self._views[table], file], own=True)
        self._rows[table] = rows

    def scan(self, table: str, files: list[Path]) -> None:
        """Show Parquet files as a table; they are read where the table is."""
        self._forget(table)
        self._show(table, files, own=False)

    def show(self, table: str, text: str, bound: Mapping[str, ParameterValue] | None = None) -> None:
        """Show what a select of other tables gives as a table, with its parameters; nothing is copied."""
        self._forget(table)
        self.connection.execute(f"create view {quoted(table)} as\n{with_values(text, bound or {})}")
        self._names.add(table)
        self._views[table] = []

    def take(self, table: str, file: Path) -> None:
        """Put the rows of a table into a Parquet file: where they are one already, that file is moved."""
        own = self._views.get(table, [])
        if len(own) == 1:
            own[0].replace(file)
            self._show(table, [file], own=False)
        else:
            self.connection.execute(f"copy {quoted(table)} to '{escaped(file)}' ({_KEPT_AS})")

    @contextmanager
    def _handed_in(self, frame: pl.DataFrame | pa.Table) -> Iterator[None]:
        """Show a frame to the engine for a while."""
        self.connection.register(_HANDED_IN, frame.to_arrow() if hasattr(frame, "to_arrow") else frame)
        try:
            yield
        finally:
            self.connection.unregister(_HANDED_IN)

    def make(self, table: str, text: str, bound: Mapping[str, ParameterValue] | None = None) -> None:
        """Make or replace a table from a select of other tables, with its parameters."""
        if not self._in_memory:
            wide = [quoted(name) for name, kind in self._types(text, bound).items() if kind in _WIDE_NUMBERS]
            if wide:
                held = ", ".join(f"cast({name} as decimal(38, 0)) as {name}" for name in wide)
                text = f"select * replace ({held}) from (\n{text}\n)"
            file, rows = self._written(text, bound)
            self._forget(table)
            self._show(table, [file], own=True)
            self._rows[table] = rows
            return
        if table in self._views:
            self._forget(table)
        self._unprove(table)
        self._rows[table] = self._done(f"create or replace table {quoted(table)} as\n{text}", bound)
        self._names.add(table)
        made = self.connection.table(quoted(table))
        for name, kind in zip(made.columns, map(str, made.types), strict=True):
            if kind in _WIDE_NUMBERS:
                self.connection.execute(f"alter table {quoted(table)} alter {quoted(name)} type decimal(38, 0)")

    def _written(self, text: str, bound: Mapping[str, ParameterValue] | None = None) -> tuple[Path, int]:
        """Write what a select gives to a file of its own, and tell how many rows it holds."""
        self._files_made += 1
        file = self._folder / f"{self._files_made:06d}.parquet"
        return file, self._done(f"copy (\n{text}\n) to '{escaped(file)}' ({_KEPT_AS})", bound)

    def _done(self, statement: str, bound: Mapping[str, ParameterValue] | None = None) -> int:
        """Run a statement that writes rows, and tell how many."""
        return int(self.connection.execute(statement, bound or None).fetchall()[0][0])

    def _types(self, text: str, bound: Mapping[str, ParameterValue] | None = None) -> dict[str, str]:
        """Columns that a select gives, with their types."""
        rows = self.connection.execute(f"describe {text}", bound or None).fetchall()
        return {str(name): str(kind) for name, kind, *_ in rows}

    def _show(self, table: str, files: list[Path], *, own: bool) -> None:
        self.connection.execute(f"create or replace view {quoted(table)} as {rows_of(files)}")
        self._names.add(table)
        self._views[table] = files if own else []
        self._rows.pop(table, None)

    def _unprove(self, table: str) -> None:
        """Forget that the grain of a table was proved: it has other rows now."""
        self._proven = {each for each in self._proven if each[0] != table}

    def _forget(self, table: str) -> None:
        """Let go of a table that is about to be made anew, where it is there."""
        self._unprove(table)
        if table in self.tables():
            self.drop(table)

    def build(self, model: SqlModel, params: Mapping[str, ParameterValue] | None = None) -> None:
        """Run a model, keep its result as a table of its name, and prove its grain; what is only shown is not run.

        Raises
        ------
        StepFailed
            DuckDB refused the statement; the message holds the model, its file and what DuckDB said.
        ContractError
            Two rows share one grain.
        """
        text = without_copies(model.sql)
        made = self.show if model.is_shown else self.make
        try:
            made(model.name, text, {name: (params or {})[name] for name in model.params})
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            said = without_values(str(error), text)
            raise StepFailed(
                f"model {model.name} ({model.path}) failed on DuckDB:\n{said}\nMend the model."
            ) from shown_cause(error)
        if not model.is_shown:
            self.prove_grain(model.name, model.grain)

    def prove_grain(self, table: str, grain: tuple[str, ...]) -> None:
        """Raise `ContractError` where two rows of a table share one grain.

        Hashes of the grain are counted first, which takes less than counting texts; only where two are alike are the
        rows themselves looked at.
        """
        if not grain or (table, grain) in self._proven or self._rows.get(table, 2) < 2:
            return
        columns = listed(grain)
        alike = f"select hash({columns}) as mark from {quoted(table)} group by mark having count(*) > 1 limit 1"
        query = f"select {columns}, count(*) as rows from {quoted(table)} group by all having rows > 1 limit 1"
        if self.connection.execute(alike).fetchall() and (twice := self.connection.execute(query).fetchall()):
            at = ", ".join(f"{column} = {value}" for column, value in zip(grain, twice[0], strict=False))
            raise ContractError(
                f"{table}: {twice[0][-1]} rows share one grain ({', '.join(grain)}), first at {at}. "
                f"Mend the step that makes {table}, or its grain line."
            )
        self._proven.add((table, grain))

    def read(self, table: str) -> pa.Table:
        """Read a whole table as Arrow, in no order."""
        return self.connection.table(table).to_arrow_table()

    def frame(self, table: str) -> pl.DataFrame:
        """Read a whole table as a Polars frame, in no order."""
        found: pl.DataFrame = self.connection.table(table).pl()
        return found

    def batches(
        self, table: str, columns: tuple[str, ...] | None, order: str | None, through: Worked | None = None
    ) -> Iterator[pl.DataFrame]:
        """Read some columns of a table, or all, batch by batch, in the order of one of them or in none.

        There is one batch without rows if there are none.

        With `through` they are what a function makes of each batch, on several threads.
        """
        rows = self._batches(table, columns, order)
        if through is None:
            yield from rows
        else:
            yield from (made for _, made in worked_on(rows, through, self.threads))

    def _batches(self, table: str, columns: tuple[str, ...] | None, order: str | None) -> Iterator[pl.DataFrame]:
        import polars as pl

        chosen = "*" if columns is None else listed(columns)
        text = f"select {chosen} from {quoted(table)}" + ("" if order is None else f" order by {quoted(order)}")
        with self.connection.cursor() as reader:  # a result of its own, which what is executed meanwhile does not end
            arrow = reader.sql(text).to_arrow_reader(ROWS_A_BATCH)
            empty = True
            for batch in arrow:
                empty = False
                yield pl.DataFrame(pl.from_arrow(batch))
            if empty:
                yield pl.DataFrame(pl.from_arrow(arrow.schema.empty_table()))

    def columns(self, table: str) -> list[str]:
        """Names of the columns of a table."""
        return [*self.connection.table(quoted(table)).columns]

    def tables(self) -> set[str]:
        """Names of the tables there are."""
        return set(self._names)

    def count(self, table: str) -> int:
        """Rows of a table."""
        if table in self._rows:
            return self._rows[table]
        return int(self.connection.execute(f"select count(*) from {quoted(table)}").fetchall()[0][0])

    def drop(self, table: str) -> None:
        """Let go of a table that nobody reads any more: what it took is free again."""
        kind = "view" if table in self._views else "table"
        self.connection.execute(f"drop {kind} {quoted(table)}")
        for file in self._views.pop(table, []):
            file.unlink()
        self._names.discard(table)
        self._rows.pop(table, None)
        self._unprove(table)

    def extend(self, table: str, other: str) -> None:
        """Add the rows of another table to a table, columns by their names."""
        self.make("_extended", f"select * from {quoted(table)} union all by name select * from {quoted(other)}")
        self.drop(table)
        self.rename("_extended", table)

    def rename(self, table: str, name: str) -> None:
        """Give a table another name."""
        kind = "view" if table in self._views else "table"
        self.connection.execute(f"alter {kind} {quoted(table)} rename to {quoted(name)}")
        self._unprove(table)
        self._names = {*self._names - {table}, name}
        if table in self._views:
            self._views[name] = self._views.pop(table)
        if table in self._rows:
            self._rows[name] = self._rows.pop(table)

    def publish(self, table: str, order: tuple[str, ...], file: Path) -> int:
        """Write a table to one Parquet file, sorted, so that the same rows give the same bytes; tell how many."""
        return write_sorted(self.connection, table, order, file)


def _folder_of_its_own(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="made-", dir=folder))
