"""Which engine a run computes with, and which one publishes what was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from analytics.engines import machine
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.spark_engine import SparkEngine
from analytics.pipeline.options import Options

__all__ = ["MOST_IN_MEMORY", "engine_of", "published_from"]

MOST_IN_MEMORY = 1_000_000
"""Lines whose tables lie in memory where they fit there, with no bound for the engine; those of more lie in files."""
BYTES_A_LINE = 4_000
"""Memory that the tables of a line take at the most while a run works, as measured."""
SHARE_OF_ENGINE = 0.4
"""Share of the machine's memory that the engine takes at the most where nobody says, and spills the rest."""


def engine_of(
    options: Options, folder: Path, lines: int, *, keeps: bool = False
) -> AbstractContextManager[DuckDBEngine | SparkEngine]:
    """Return the engine that a run asked for.

    Parameters
    ----------
    options : Options
        The call.
    folder : Path
        Where its tables are kept that do not lie in memory, and what it spills.
    lines : int
        Lines that will be screened.
    keeps : bool
        Whether tables are kept for the next run: they are files then.
    """
    if options.engine == "spark":
        return SparkEngine(folder, memory=options.memory, threads=options.threads)
    share = options.memory or f"{round(machine.memory() * SHARE_OF_ENGINE / 1e6)}MB"
    is_few = not keeps and lines <= MOST_IN_MEMORY and lines * BYTES_A_LINE <= 1e6 * machine.megabytes(share)
    memory = options.memory if is_few else share
    return DuckDBEngine(folder, memory=memory, threads=options.threads, in_memory=is_few)


@contextmanager
def published_from(engine: DuckDBEngine | SparkEngine, options: Options, folder: Path) -> Iterator[DuckDBEngine]:
    """Give what was made to DuckDB, which checks and publishes it: sorted, one file a table, whatever the engine.

    Of Spark, only the files are handed over: DuckDB reads and sorts them by itself, and spills.
    """
    if isinstance(engine, DuckDBEngine):
        yield engine
        return
    with DuckDBEngine(folder, memory=options.memory, threads=options.threads) as made:
        for table in sorted(engine.tables()):
            made.scan(table, engine.files(table))
        yield made
