"""What is timed: the floor, a screening, the peer. Each in a process of its own, so that its peak memory is its own.

    python -m benchmarks.national_week.stages hot FOLDER

runs one stage over ``week.parquet`` of a folder and prints what it found as JSON.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from analytics.parties.keys import party_keys
from analytics.pipeline.pace import PUBLISHING
from benchmarks.identity.sets import shared_root
from benchmarks.national_week.knowing import Kept, given_from, kept_in
from benchmarks.national_week.metering import Meter, bytes_written

__all__ = ["STORE", "WAYS", "floor", "foretold", "in_child", "screen", "time_left", "times_of"]

KNOWN = "known"
"""Folder of what entity resolution wrote, which the way of that name is given."""
TAX_KEY = "splitship-demo-key-published-not-secret"
STORE = "store"
WAYS = ("all", "hot", "known", "spark")
PEER_DATASET, PEER_MODEL = "syn", "fair"
LOOKS = 0.5
"""Seconds between two looks at the memory of child processes."""
FLOOR = """
select consignee_name, consignee_address, consignee_address2, consignee_postal_code, arrival_date,
    count(*) as pieces, sum(cast(declared_value as decimal(18, 2))) as total
from '{file}'
group by all
having count(*) > 1 and sum(cast(declared_value as decimal(18, 2))) > 800
"""


def floor(file: Path, _store: Path | None = None, memory: str | None = None) -> dict[str, Any]:
    with duckdb.connect(config={"threads": 2, **({"memory_limit": memory} if memory else {})}) as connection:
        return {"groups": len(connection.execute(FLOOR.format(file=file)).fetchall())}


def screen(file: Path, store: Path, way: str, memory: str | None) -> dict[str, Any]:
    began = time.perf_counter(), time.process_time(), bytes_written()
    import analytics

    asked: dict[str, dict[str, Any]] = {"spark": {"engine": "spark"}, "kept": {"keep": True}}
    known = file.parent / KNOWN
    whose = {"known": given_from, "all": kept_in, "hot": kept_in}.get(way)
    meter = Meter()
    with whose(known) if whose else nullcontext(Kept()) as kept:
        run = analytics.screen(
            file,
            store,
            threads=2,
            memory=memory,
            progress=meter,
            resolve="hot" if way in ("hot", "known") else "all",
            **asked.get(way, {}),
        )
    stages, passed = meter.stages(), meter.passed
    ended = time.perf_counter(), time.process_time(), bytes_written()
    took = [after - before for before, after in zip(began, ended, strict=True)]
    flags = run.table("flags").collect().sort("flag_id")
    tested = run.table("typology_status").collect().filter(tested="yes")["typology"].to_list()
    return {
        "accepted": run.accepted,
        "seconds": took[0] - kept.seconds,
        "cpu": took[1] - kept.cpu,
        "written": took[2] - kept.written,
        "flags": flags["typology"].value_counts().sort("typology").rows(),
        "raised": {name: _digest(flags.filter(typology=name)["flag_id"].to_list()) for name in sorted(tested)},
        "steps": [(step["step"], step["seconds"], step["rows"]) for step in run.last_run.steps],
        "stages": stages,
        "who": run.last_run.settings["who_is_who"],
        **foretold([each for each in passed if each[2] == passed[-1][2]], time.perf_counter()),
    }


def foretold(passed: list[tuple[float, int, int]], end: float) -> dict[str, Any]:
    """How true it was, from a tenth to nine tenths of the steps, what was said of the time left; and publishing."""
    began, told = passed[0][0], []
    for moment, done, total in passed:
        if 0.1 <= done / total <= 0.9:
            told.append((moment - began) * (total - done) / done / (end - moment))
    return {"foretold": [min(told, default=1.0), max(told, default=1.0)], "publishing": end - passed[-1][0]}


def time_left(run: dict[str, Any]) -> str:
    """How true it was what was said of the time left, as the pages have it."""
    return "{:.1f} to {:.1f} times".format(*run["foretold"])


def times_of(run: dict[str, Any]) -> dict[str, float]:
    """Seconds of each step of a screening, and of publishing."""
    return {**{name: seconds for name, seconds, _ in run["steps"]}, PUBLISHING: run["publishing"]}


def _digest(ids: list[str]) -> str:
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()


def peer(_file: Path, store: Path, memory: str | None = None) -> dict[str, Any]:  # noqa: ARG001 - it bounds nothing
    """Have the peer say who is who among the consignees that were screened, with keys made for it."""
    import analytics

    written = analytics.open_store(store).table("aliases").collect()
    keys = party_keys(written)
    records = keys.select(
        unique_id=pl.int_range(pl.len()),
        cluster=written["identity_id"].fill_null(written["alias_id"]),
        source=pl.lit("week"),
        name_first=pl.when(pl.col("firm").is_null()).then("given"),
        name_last=pl.when(pl.col("firm").is_null()).then("surname"),
        company="firm",
        house="house",
        street="street",
        unit="unit",
        city=pl.coalesce("city", pl.col("postal").str.head(3)),  # the week has no towns, and the peer learns from them
        state=pl.coalesce("state", pl.col("postal").str.head(2)),
        zip="postal",
        phone="phone",
        email="email",
        acct=pl.lit(None, pl.String),
    )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "records.parquet"
        records.write_parquet(target)
        script = shared_root() / "bench" / "peer_splink.py"
        command = [sys.executable, str(script), PEER_DATASET, PEER_MODEL, str(target)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        told = json.loads((target.parent / f"splink_{PEER_DATASET}_{PEER_MODEL}.json").read_text())
    return {
        "records": records.height,
        "seconds_of_peer": told["times"]["total"],
        "peak_mb_of_peer": told["peak_rss_mb"],
    }


STAGES: dict[str, Callable[..., dict[str, Any]]] = {
    "floor": floor,
    "peer": peer,
    **{way: functools.partial(screen, way=way) for way in (*WAYS, "kept")},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--form", choices=("parquet", "csv"), default="parquet")
    parser.add_argument("--memory", help="most memory for the engine, such as 4GB")
    parser.add_argument("--store", default=STORE, help="name of the store in the folder")
    call = parser.parse_args()
    began, worked = time.perf_counter(), time.process_time()
    with _watched() if call.stage == "spark" else nullcontext({"cpu": 0.0, "peak_mb": 0.0}) as children:
        outcome = STAGES[call.stage](call.folder / f"week.{call.form}", call.folder / call.store, memory=call.memory)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peaks = [peak, *(stage[3] for stage in outcome.get("stages", ()))]  # each stage began a peak of its own
    figures = {
        "seconds": outcome.get("seconds", time.perf_counter() - began),
        "cpu": outcome.get("cpu", time.process_time() - worked) + children["cpu"],
        "peak_mb": max(peak for peak in peaks if not math.isnan(peak)),
        "peak_mb_of_children": children["peak_mb"],
    }
    print(json.dumps({**outcome, **figures}))


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Look at the memory and time of child processes, such as Spark's, while something runs."""
    import psutil  # type: ignore[import-untyped]  # it ships no types

    seen = {"cpu": 0.0, "peak_mb": 0.0}
    done = threading.Event()

    def look() -> None:
        me = psutil.Process()
        while not done.wait(LOOKS):
            peak = cpu = 0.0
            for child in me.children(recursive=True):
                try:
                    times, held = child.cpu_times(), child.memory_info().rss
                except psutil.Error:
                    continue
                peak, cpu = peak + held / 2**20, cpu + times.user + times.system
            seen.update(peak_mb=max(seen["peak_mb"], peak), cpu=max(seen["cpu"], cpu))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def in_child(
    stage: str,
    folder: Path,
    *,
    form: str = "parquet",
    memory: str | None = None,
    minutes: float = 60,
    store: str = STORE,
) -> dict[str, Any]:
    """Run a stage in a process of its own; a run that takes longer than so many minutes is stopped."""
    environment = {"SPLITSHIP_TAX_KEY": TAX_KEY, **os.environ}
    command = [sys.executable, "-m", "benchmarks.national_week.stages", stage, str(folder), "--form", form]
    command += ["--store", store, *(["--memory", memory] if memory else [])]
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=environment, timeout=60 * minutes
        )
    except subprocess.TimeoutExpired:
        return {"stopped": f"stopped after {minutes:g} minutes"}
    if done.returncode:
        return {"stopped": f"ended with {done.returncode}: {''.join(done.stderr.strip().splitlines()[-1:])}"}
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


if __name__ == "__main__":
    main()
