"""Which engine a run computes with, and which one publishes what was made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from analytics.engines.duckdb_engine import DuckDBEngine, megabytes
from analytics.engines.spark_engine import SparkEngine
from analytics.pipeline.options import Options

__all__ = ["MOST_IN_MEMORY", "engine_of", "published_from"]

MOST_IN_MEMORY = 1_000_000
"""Lines whose tables the engine holds in memory, and is not bounded for; those of more lie in files."""
BYTES_A_LINE = 4_000
"""Memory that the tables of a line take at the most while a run works, as measured."""
SHARE_OF_ENGINE = 0.4
"""Share of the machine's memory that the engine takes for more lines than those, and spills."""


def engine_of(options: Options, folder: Path, lines: int) -> AbstractContextManager[DuckDBEngine | SparkEngine]:
    """Return the engine that a run asked for.

    Parameters
    ----------
    options : Options
        The call.
    folder : Path
        Where its tables are kept that do not lie in memory, and what it spills.
    lines : int
        Lines that will be screened.
    """
    if options.engine == "spark":
        return SparkEngine(folder, memory=options.memory, threads=options.threads)
    is_few = lines <= MOST_IN_MEMORY
    memory = options.memory or (None if is_few else _share_of_machine())
    fits = memory is None or lines * BYTES_A_LINE <= 1e6 * megabytes(memory)
    return DuckDBEngine(folder, memory=memory, threads=options.threads, in_memory=is_few and fits)


def _share_of_machine() -> str:
    """Return what the engine of a large run gets where nobody says: the rest is for who is who, which cannot spill."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{round(pages * size * SHARE_OF_ENGINE / 1e6)}MB"


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
