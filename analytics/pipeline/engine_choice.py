"""Which engine a run computes with, and which one publishes what was made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from analytics.engines.duckdb_engine import DuckDBEngine, megabytes
from analytics.engines.spark_engine import SparkEngine
from analytics.pipeline.options import Options

__all__ = ["MOST_IN_MEMORY", "MOST_UNBOUNDED", "engine_of", "published_from"]

MOST_UNBOUNDED = 1_000_000
"""Lines whose tables the engine is not bounded for: they take about 4 GB."""
MOST_IN_MEMORY = 5_000_000
"""Lines whose tables lie in memory as far as they fit, and are spilled beyond; those of more lie in a file."""
BYTES_TO_WORK_IN = 400
"""Of the bound, for each line, below which tables lie in a file: some thirty bytes of a line cannot be spilled."""
SHARE_OF_ENGINE = 0.4
"""Share of the machine's memory that the engine takes for more lines than those, and spills."""


def engine_of(options: Options, folder: Path, lines: int) -> AbstractContextManager[DuckDBEngine | SparkEngine]:
    """Return the engine that a run asked for.

    Parameters
    ----------
    options : Options
        The call.
    folder : Path
        Where its tables are kept, and what it spills.
    lines : int
        Lines that will be screened.
    """
    if options.engine == "spark":
        return SparkEngine(folder, memory=options.memory, threads=options.threads)
    memory = options.memory or (_share_of_machine() if lines > MOST_UNBOUNDED else None)
    has_room = memory is None or lines * BYTES_TO_WORK_IN <= 1e6 * megabytes(memory)
    in_memory = lines <= MOST_IN_MEMORY and has_room
    return DuckDBEngine(folder, memory=memory, threads=options.threads, in_memory=in_memory)


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
