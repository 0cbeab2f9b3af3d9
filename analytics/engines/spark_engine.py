"""Keeps tables as Parquet files that Spark writes, and builds the same SQL models in Spark's dialect."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import polars as pl

from analytics.contracts.steps import ROWS_A_BATCH, ParameterValue, SqlModel, Worked, WorkedTogether
from analytics.engines.machine import cores
from analytics.engines.spark_session import Session
from analytics.engines.spark_sql import spark_arguments, spark_text
from analytics.errors import ContractError, StepFailed, shown_cause
from analytics.showing import without_values

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["SparkEngine"]


class SparkEngine:
    """Keeps the tables of a run in Parquet files and computes with Spark.

    A session that runs already is used, so that a cluster's own settings hold but for those that values hang on; else
    one is started on ``local[threads]`` (`analytics.engines.spark_session`). What a Python step reads comes to the
    driver through Arrow: see `docs/scale.md` for which tables these are and how large they get.

    Parameters
    ----------
    folder : Path
        Where the tables are written, one folder a table.
    memory : str or None
        Of the driver, such as ``"4GB"``, where a session is started.
    threads : int or None
        Threads of a session that is started, and of what the driver works out; as many as can run at a time where None.

    Raises
    ------
    UsageError
        PySpark or Java are not installed.
    """

    def __init__(self, folder: Path, *, memory: str | None = None, threads: int | None = None) -> None:
        self.folder = (folder / "spark").resolve()  # workers have another working directory
        self.folder.mkdir(parents=True)
        self.threads = threads or cores()
        self._opened = Session(self.folder, memory, self.threads)
        self._session = self._opened.spark
        self._tables: dict[str, Path] = {}
        self._written = 0
        self._rows: dict[str, int] = {}  # of tables that were counted
        self._proven: set[tuple[str, tuple[str, ...]]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the tables, and of the session where it was started here: it spills into this folder."""
        if not self._opened.is_own:
            for name in self._tables:
                self._session.catalog.dropTempView(name)
        self._opened.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def making_room(self) -> AbstractContextManager[None]:
        """Leave memory as it is: that of Spark is its own process's."""
        return nullcontext()

    def write(self, table: str, frame: pl.DataFrame | pa.Table) -> None:
        """Make or replace a table from a frame."""
        made = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(pl.from_arrow(frame))
        target = self._target(table)
        target.mkdir()
        made.write_parquet(target / "part.parquet")
        self._keep(table, target)

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Add the rows of a frame to a table that is there."""
        target = self._tables[table]
        self._forget(table)
        frame.write_parquet(target / f"part.{len(self.files(table))}.parquet")
        self._session.read.parquet(_uri(target)).createOrReplaceTempView(table)

    def scan(self, table: str, files: list[Path]) -> None:
        """Make or replace a table from Parquet files, without reading them into Python."""
        target = self._target(table)
        self._session.read.parquet(*(_uri(file) for file in files)).write.parquet(_uri(target))
        self._keep(table, target)

    def build(self, model: SqlModel, params: Mapping[str, ParameterValue] | None = None) -> None:
        """Run a model, keep its result as a table of its name, and prove its grain.

        Raises
        ------
        StepFailed
            Spark refused the statement.
        ContractError
            Two rows share one grain.
        """
        from pyspark.errors import PySparkException

        target = self._target(model.name)
        try:
            made = self._session.sql(spark_text(model), args=spark_arguments(model, params or {}))
            made.write.parquet(_uri(target))
        except PySparkException as error:
            raise StepFailed(
                f"model {model.name} ({model.path}) failed on Spark:\n{without_values(_said(error), model.sql)}\n"
                "Mend the model, or run it with --engine duckdb."
            ) from shown_cause(error)
        self._keep(model.name, target, columns=made.schema)
        self.prove_grain(model.name, model.grain)

    def prove_grain(self, table: str, grain: tuple[str, ...]) -> None:
        """Raise `ContractError` where two rows of a table share one grain; rows are counted on the way."""
        if not grain or (table, grain) in self._proven:
            return
        counted = self._session.table(table).groupBy(*grain).count()
        rows, most = counted.selectExpr("sum(count)", "max(count)").collect()[0]
        self._rows[table] = int(rows or 0)
        if most is not None and most > 1:
            twice = counted.filter("count > 1").limit(1).collect()
            at = ", ".join(f"{column} = {twice[0][column]}" for column in grain)
            raise ContractError(
                f"{table}: {twice[0]['count']} rows share one grain ({', '.join(grain)}), first at {at}. "
                f"Mend the step that makes {table}, or its grain line."
            )
        self._proven.add((table, grain))

    def read(self, table: str) -> pa.Table:
        """Read a whole table as Arrow into the driver, in no order."""
        return self.frame(table).to_arrow()

    def frame(self, table: str) -> pl.DataFrame:
        """Read a whole table as a Polars frame into the driver, in no order."""
        return pl.read_parquet(self.files(table))

    def batches(
        self, table: str, columns: tuple[str, ...] | None, order: str | None, through: Worked | None = None
    ) -> Iterator[pl.DataFrame]:
        """Read some columns of a table, or all, batch by batch, in the order of one of them or in none.

        There is one batch without rows if there are none.
        Spark sorts, works on the rows (`through`, by ``mapInArrow``) and writes; the driver holds a batch at a time.
        """
        import pyarrow.parquet as pq

        none = self._none(table, columns)
        rows = self._session.table(table).select(*(columns or ("*",)))
        rows = rows if order is None else rows.orderBy(order)
        if through is not None:
            none = through(none)
            rows = rows.mapInArrow(partial(_worked_on, through), _schema(none))
        target = self._target(f"{table}.sorted")
        self._write(table, rows, target, is_worked_on=through is not None)
        empty = True
        for file in sorted(target.rglob("*.parquet")):  # parts are numbered in the order of their rows
            for batch in pq.ParquetFile(file).iter_batches(ROWS_A_BATCH):
                empty = False
                yield pl.DataFrame(pl.from_arrow(batch)).cast(none.schema)
        shutil.rmtree(target)
        if empty:
            yield none

    def derive(self, table: str, source: str, through: Worked) -> None:
        """Make or replace a table from what a function makes of another, batch by batch, by ``mapInArrow``."""
        made = _schema(through(self._none(source)))
        rows = self._session.table(source).mapInArrow(partial(_worked_on, through), made)
        self._derive(table, source, rows, made)

    def derive_of_both(self, table: str, one: str, other: str, by: str, work: WorkedTogether) -> None:
        """Make or replace a table from what a function makes of two others, value by value, by ``cogroup``."""

        def worked(left: pa.Table, right: pa.Table) -> pa.Table:
            return _plain(work(pl.DataFrame(left), pl.DataFrame(right)))

        made = _schema(work(self._none(one), self._none(other)))
        left, right = (self._session.table(each).groupBy(by) for each in (one, other))
        self._derive(table, one, left.cogroup(right).applyInArrow(worked, made), made)

    def _derive(self, table: str, source: str, rows: Any, columns: Any) -> None:
        target = self._target(table)
        self._write(source, rows, target, is_worked_on=True)
        self._keep(table, target, columns=columns)

    def _none(self, table: str, columns: tuple[str, ...] | None = None) -> pl.DataFrame:
        """Some columns of a table, or all, without rows."""
        return pl.read_parquet(self.files(table)[0], columns=None if columns is None else list(columns), n_rows=0)

    def _write(self, table: str, rows: Any, target: Path, *, is_worked_on: bool) -> None:
        """Have rows written to files."""
        from pyspark.errors import PySparkException

        python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
        needed = f"Its workers need {python} with this package: install it there and set PYSPARK_PYTHON before the "
        needed += "session starts. "
        try:
            rows.write.parquet(_uri(target))
        except PySparkException as error:
            raise StepFailed(
                f"Spark did not hand over the rows of {table}:\n{without_values(_said(error), table)}\n"
                f"{needed if is_worked_on else ''}--engine duckdb does without Spark."
            ) from shown_cause(error)

    def tables(self) -> set[str]:
        """Names of the tables there are."""
        return set(self._tables)

    def count(self, table: str) -> int:
        """Rows of a table."""
        if table not in self._rows:
            self._rows[table] = int(self._session.table(table).count())
        return self._rows[table]

    def drop(self, table: str) -> None:
        """Let go of a table that nobody reads any more, and of its files."""
        self._forget(table)
        self._session.catalog.dropTempView(table)
        shutil.rmtree(self._tables.pop(table), ignore_errors=True)

    def files(self, table: str) -> list[Path]:
        """Parquet files of a table."""
        return sorted(self._tables[table].rglob("*.parquet"))

    def _target(self, table: str) -> Path:
        """Return a folder that is not there yet: what replaces a table may still be reading it."""
        self._written += 1
        return self.folder / f"{table}.{self._written}"

    def _keep(self, table: str, target: Path, columns: Any = None) -> None:
        """Show what was written as a table; with its columns known, its files need not be asked for them."""
        self._forget(table)
        old = self._tables.get(table)
        reader = self._session.read if columns is None else self._session.read.schema(columns)
        reader.parquet(_uri(target)).createOrReplaceTempView(table)
        self._tables[table] = target
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def _forget(self, table: str) -> None:
        """Forget what was counted and proved of a table: it has other rows now."""
        self._rows.pop(table, None)
        self._proven = {each for each in self._proven if each[0] != table}


def _said(error: Exception) -> str:
    """The first line of what Spark said, and what an error of our own said on a worker."""
    lines = str(error).split("JVM stacktrace")[0].strip().splitlines()
    ours = [line.split(": ", 1)[1] for line in lines if line.startswith("analytics.errors.") and ": " in line]
    return "\n".join([lines[0], *ours[-1:]]) if lines else type(error).__name__


def _worked_on(through: Worked, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Work on the rows of a partition batch by batch, on an executor."""
    for batch in batches:
        yield from _plain(through(pl.DataFrame(pl.from_arrow(batch)))).to_batches()


def _schema(frame: pl.DataFrame) -> Any:
    """Columns of a frame, as Spark calls them."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_plain(frame).schema)


def _plain(frame: pl.DataFrame) -> pa.Table:
    """A frame as Arrow, its texts in the form that Spark takes."""
    import pyarrow as pa

    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    texts = [field.with_type(pa.string()) if field.type == pa.large_string() else field for field in table.schema]
    return table.cast(pa.schema(texts))


def _uri(file: Path) -> str:
    return file.resolve().as_uri()
