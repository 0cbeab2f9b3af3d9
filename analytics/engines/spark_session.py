"""The Spark session of a run: one that runs already, under the settings that values hang on, or one of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from analytics.contracts.steps import ROWS_A_BATCH
from analytics.errors import UsageError

__all__ = ["Session"]

_VALUES_HANG_ON = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_A_BATCH),
}
_OWN = {"spark.ui.enabled": "false", "spark.sql.adaptive.enabled": "true"}


class Session:
    """A session that runs already, or one that is started on ``local[threads]``.

    One that runs keeps its settings but for those that decide what values come out, such as the time zone. These are
    set until `close`, which puts back what was there.

    Parameters
    ----------
    folder : Path
        Where a session that is started spills.
    memory : str or None
        Of the driver, such as ``"4GB"``, where a session is started.
    threads : int
        Threads of a session that is started.

    Attributes
    ----------
    spark : pyspark.sql.SparkSession

    Raises
    ------
    UsageError
        PySpark or Java are not installed.
    """

    def __init__(self, folder: Path, memory: str | None, threads: int) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise UsageError("--engine spark needs PySpark. Install it: pip install 'splitship[spark]'") from error
        running = SparkSession.getActiveSession()
        self.is_own = running is None
        self.spark: Any = _started(folder, memory, threads) if running is None else running
        self._before: dict[str, str | None] = {}
        if not self.is_own:
            for name, value in _VALUES_HANG_ON.items():
                self._before[name] = self.spark.conf.get(name, None)
                self.spark.conf.set(name, value)

    def close(self) -> None:
        """Stop a session that was started here; leave another as it was."""
        if self.is_own:
            self.spark.stop()
            return
        for name, value in self._before.items():
            if value is None:
                self.spark.conf.unset(name)
            else:
                self.spark.conf.set(name, value)


def _started(folder: Path, memory: str | None, threads: int) -> Any:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{threads}]").appName("splitship")
    settings = {
        **_OWN,
        **_VALUES_HANG_ON,
        "spark.driver.memory": (memory or "4GB").upper().replace("GB", "g").replace("MB", "m"),
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.local.dir": str(folder / "spill"),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    python = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = python or sys.executable  # read once, as the session starts
    try:
        started = builder.getOrCreate()
    except PySparkException as error:
        raise UsageError(
            "Spark did not start; it needs Java 17 or newer. Install one (apt-get install default-jre-headless, or "
            "pip install install-jdk), or set JAVA_HOME."
        ) from error
    finally:
        if python is None:
            del os.environ["PYSPARK_PYTHON"]
    started.sparkContext.setLogLevel("ERROR")
    return started
