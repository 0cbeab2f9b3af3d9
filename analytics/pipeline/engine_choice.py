"""Which engine a run computes with, and which one publishes what was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.spark_engine import SparkEngine
from analytics.pipeline.options import Options

__all__ = ["ENGINES", "engine_of", "published_from"]

ENGINES = ("duckdb", "spark")


def engine_of(options: Options, folder: Path) -> AbstractContextManager[DuckDBEngine | SparkEngine]:
    """Return the engine that a run asked for, its tables in a folder."""
    kind = SparkEngine if options.engine == "spark" else DuckDBEngine
    return kind(folder, memory=options.memory, threads=options.threads)


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
