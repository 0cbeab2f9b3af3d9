"""Screen on a cluster of Spark that runs already, whose executors are processes of their own.

    python -m tests.engines.on_cluster INPUT STORE

prints, as JSON, how many executors there were and what the session's settings were after the run.
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path

EXECUTORS = 2
ELSEWHERE = {"spark.sql.session.timeZone": "Asia/Tokyo", "spark.sql.ansi.enabled": "false"}
"""Settings of the session that values hang on, none of which is that of a run."""


def main(given: str, store: str) -> None:
    from pyspark.find_spark_home import _find_spark_home
    from pyspark.sql import SparkSession

    import analytics

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{EXECUTORS},1,1024]").appName("splitship on a cluster")
    for name, value in (ELSEWHERE | {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4"}).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    context = session.sparkContext
    work = Path(_find_spark_home()) / "work" / context.applicationId
    try:
        found = executors(context)
        analytics.screen(given, store, engine="spark", threads=2, resolve="all")
        after = {name: session.conf.get(name) for name in ELSEWHERE}
    finally:
        session.stop()
        shutil.rmtree(work, ignore_errors=True)
    print(json.dumps({"executors": found, "after": after}))


def executors(context):
    """Executors beside the driver, once all have come."""
    for _ in range(60):
        found = context._jsc.sc().getExecutorMemoryStatus().size() - 1
        if found == EXECUTORS:
            break
        time.sleep(1)
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
