"""A step of the pipeline: tables in, one table out, with its grain and its parameters.

An SQL file and a Python function are the same thing to the pipeline: both are a `Step`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from analytics.contracts.batches import Behind

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

__all__ = [
    "BESIDE_ENGINE",
    "ROWS_A_BATCH",
    "Engine",
    "ParameterValue",
    "SpreadEngine",
    "SqlModel",
    "Step",
    "Worked",
    "WorkedTogether",
    "write_all",
]

BESIDE_ENGINE = "beside the engine"
"""Words that end what a step says of memory which does not spill."""

ROWS_A_BATCH = 131_072
"""Rows that are handed to Python at a time."""

Worked = Callable[["pl.DataFrame"], "pl.DataFrame"]
"""What is made of a batch of rows; of a batch without rows its columns."""

WorkedTogether = Callable[["pl.DataFrame", "pl.DataFrame"], "pl.DataFrame"]
"""What is made of the rows of two tables that share a value; of none of either its columns."""

ParameterValue = str | int | Decimal | date | bool | None


@dataclass(frozen=True)
class SqlModel:
    """One SQL file: a single select whose result becomes the table of the file's name.

    Attributes
    ----------
    name : str
        Stem of the file, and name of the table it makes.
    path : Path
        Where the file is.
    sql : str
        Its text, as it stands in the file.
    description : str
        First comment line: what one row means.
    grain : tuple of str
        Columns that together name a row once.
    reads : tuple of str
        Tables it reads, sorted.
    params : tuple of str
        Named markers (``$min_pieces``) it binds, sorted.
    is_shown : bool
        It only chooses among rows and columns that are kept already, so that nothing needs to be copied: DuckDB makes a
        view of it.
    by : tuple of str
        Columns by which its rows hang together: see `Step`. Empty where a row may hang on any other.
    follows : dict
        By which columns rows of a table go that lacks those of `by`: see `Step`.
    typology : str
        The typology whose folder it lies in; empty elsewhere.
    only_with : str
        A table without whose rows nobody asks for its own: see `Step`.
    """

    name: str
    path: Path
    sql: str
    description: str
    grain: tuple[str, ...]
    reads: tuple[str, ...]
    params: tuple[str, ...]
    is_shown: bool = False
    by: tuple[str, ...] = ()
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    typology: str = ""
    only_with: str = ""


class Engine(Protocol):
    """Where tables live while a run works: DuckDB, or Spark."""

    @property
    def threads(self) -> int:
        """Most threads of this process that a step may work on."""

    def making_room(self) -> AbstractContextManager[None]:
        """Hold less memory for a while, for a step that works beside the engine."""

    def write(self, table: str, frame: pl.DataFrame | pa.Table) -> None:
        """Make or replace a table from a frame."""

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Add the rows of a frame to a table that is there."""

    def scan(self, table: str, files: list[Path]) -> None:
        """Make or replace a table from Parquet files, without reading them into memory."""

    def build(self, model: SqlModel, params: Mapping[str, ParameterValue]) -> None:
        """Run a model and keep its result as a table of its name."""

    def read(self, table: str) -> pa.Table:
        """Read a whole table, in no order."""

    def frame(self, table: str) -> pl.DataFrame:
        """Read a whole table as a Polars frame, in no order."""

    def batches(
        self, table: str, columns: tuple[str, ...] | None, order: str | None, through: Worked | None = None
    ) -> Iterator[pl.DataFrame]:
        """Read some columns, or all, batch by batch, in the order of one of them or in none.

        There is one batch without rows if there are none.

        With `through` they are what a function makes of each batch, as many rows in the same order, worked out where
        the engine works: on threads of this process, or on those of a cluster.
        """

    def tables(self) -> set[str]:
        """Names of the tables there are."""

    def count(self, table: str) -> int:
        """Rows of a table."""

    def drop(self, table: str) -> None:
        """Let go of a table that nobody reads any more."""

    def prove_grain(self, table: str, grain: tuple[str, ...]) -> None:
        """Raise where two rows of a table share one grain."""


@runtime_checkable
class SpreadEngine(Engine, Protocol):
    """An engine whose workers are other processes or machines: rows are better worked on there than read here."""

    def files(self, table: str) -> list[Path]:
        """Parquet files of a table, where this process and the workers see them."""

    def derive(self, table: str, source: str, through: Worked) -> None:
        """Make or replace a table from what a function makes of another, batch by batch, as many rows as it likes."""

    def derive_of_both(self, table: str, one: str, other: str, by: str, work: WorkedTogether) -> None:
        """Make or replace a table from what a function makes of two others, value by value of a column of both."""


def write_all(engine: Engine, table: str, frames: Iterable[pl.DataFrame]) -> None:
    """Make or replace a table from frames that come one after the other, none of which is kept; one at least.

    Each is written while the next is made, for which nothing may be asked of the engine but its `batches`.
    """
    with Behind() as behind:
        for place, frame in enumerate(frames):
            behind.do(engine.append if place else engine.write, table, frame)


@dataclass(frozen=True)
class Step:
    """One table of the house: how it is made and what it promises.

    Attributes
    ----------
    name : str
        Name of the table it makes.
    grain : tuple of str
        Columns that together name a row once; proved after each build. Empty for a log without a key.
    reads : tuple of str
        Tables that must be there before.
    params : tuple of str
        Names of the run parameters it takes (`analytics.contracts.parameters`).
    build : callable
        Takes the engine and the parameters and leaves the table in the engine.
    also_writes : tuple of str
        Further tables a Python step leaves beside the one it is named after.
    description : str
        What one row means.
    is_shown : bool
        Its table may be a view of what it reads, which has to stay as long.
    needs : callable or None
        Says, once what it reads is there, what memory the step takes that does not spill; ends in `BESIDE_ENGINE`.
    by : tuple of str
        Columns of its table by which its rows hang together: those with one value there hang on the rows of what it
        reads that have the same value, and on no others. So where rows are added, only the values among them need to be
        made anew. Empty where a row may hang on any other.
    follows : mapping of str to tuple of str
        What it reads that lacks these columns, and the columns by which its rows belong to rows of another table
        that it reads, which has them.
    empty : callable or None
        Leaves its table without rows, with the columns that it has; None where only `build` knows those.
    typology : str
        The typology that it is a step of, and of no other.
    only_with : str
        A table without whose rows nobody who reads its own looks at them. Empty where they are always asked for.
    """

    name: str
    grain: tuple[str, ...]
    reads: tuple[str, ...]
    params: tuple[str, ...]
    build: Callable[[Engine, Mapping[str, ParameterValue]], None] = field(compare=False)
    also_writes: tuple[str, ...] = ()
    description: str = ""
    is_shown: bool = False
    needs: Callable[[Engine], str] | None = field(default=None, compare=False)
    by: tuple[str, ...] = ()
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    empty: Callable[[Engine, Mapping[str, ParameterValue]], None] | None = field(default=None, compare=False)
    typology: str = ""
    only_with: str = ""

    @property
    def writes(self) -> tuple[str, ...]:
        """Every table the step leaves behind."""
        return (self.name, *self.also_writes)
