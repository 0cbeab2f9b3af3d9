"""The same week screened by DuckDB and by Spark on this machine, and every published table held row by row.

    python -m benchmarks.spark --sizes 1000000 4000000

Both compare everybody, on two threads (``local[2]``). It prints a Markdown page and writes it to
benchmarks/results/spark.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from analytics.contracts.published import PUBLISHED
from benchmarks.national_week.making import make_week
from benchmarks.national_week.stages import in_child
from benchmarks.same_tables import TELLS_OF_THE_RUN, differences
from benchmarks.where import where

RESULT = Path(__file__).resolve().parent / "results" / "spark.md"
SIZES = (1_000_000, 4_000_000)
STAGES = {"duckdb": "all", "spark": "spark"}
SHOWN_STEPS = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--memory", help="most memory for DuckDB, and for Spark's driver, such as 6GB")
    parser.add_argument("--minutes", type=float, default=60, help="a run that takes longer is stopped")
    call = parser.parse_args()
    page = _page([_of_size(size, call.memory, call.minutes) for size in call.sizes])
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    print(page)


def _of_size(size: int, memory: str | None, minutes: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_week(folder / "week.parquet", size)
        told: dict[str, Any] = {"size": size}
        for engine, stage in STAGES.items():
            told[engine] = in_child(stage, folder, memory=memory, minutes=minutes, store=engine)
            print(f"{size:,} {engine}: {told[engine].get('seconds', 0):.1f} s", file=sys.stderr)
        if all("seconds" in told[engine] for engine in STAGES):
            told["same"], told["differ"] = held(*(folder / engine for engine in STAGES))
        return told


def held(one: Path, other: Path) -> tuple[list[str], list[str]]:
    """Names of the published tables of two stores that are the same row by row, and of those that are not."""
    differ = {table for table, _, _ in differences(one, other)}
    return sorted(set(PUBLISHED) - TELLS_OF_THE_RUN - differ), sorted(differ)


def _page(found: list[dict[str, Any]]) -> str:
    lines = [
        "# A week on Spark",
        "",
        "Invented shipments of one week, from one Parquet file to flags and published tables, everybody compared: by "
        "DuckDB, and by Spark on two threads of the same machine (`local[2]`). Peak memory is that of Python and, "
        "beside it, of the processes that it starts, which are Spark's. Tables are held row by row: decimals exact, "
        "probabilities to six places.",
        "",
        where("DuckDB", "PySpark"),
        "",
        "| shipments | engine | screening | of DuckDB's | CPU | peak of Python | of Spark | flags | tables the same |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---|",
        *(_row(told, engine) for told in found for engine in STAGES),
        "",
    ]
    last = found[-1]
    return "\n".join([*lines, *(line for engine in STAGES if "steps" in last[engine] for line in _steps(last, engine))])


def _row(told: dict[str, Any], engine: str) -> str:
    run = told[engine]
    head = f"| {told['size']:,} | {engine} |"
    if "seconds" not in run:
        return f"{head} {run['stopped']} | | | | | | |"
    same = ""
    if engine == "spark" and "same" in told:
        every = len(told["same"]) + len(told["differ"])
        same = f"{len(told['same'])} of {every}" + (f"; not {', '.join(told['differ'])}" if told["differ"] else "")
    ratio = f"{run['seconds'] / told['duckdb']['seconds']:.1f}" if "seconds" in told["duckdb"] else ""
    return (
        f"{head} {run['seconds']:.0f} s | {ratio} | {run['cpu']:.0f} s | {run['peak_mb']:,.0f} MB "
        f"| {run['peak_mb_of_children']:,.0f} MB | {sum(count for _, count in run['flags']):,} | {same} |"
    )


def _steps(told: dict[str, Any], engine: str) -> list[str]:
    steps = sorted(told[engine]["steps"], key=lambda step: (-step[1], step[0]))
    shown = ", ".join(f"`{name}` {seconds:.0f} s" for name, seconds, _ in steps[:SHOWN_STEPS])
    rest = sum(seconds for _, seconds, _ in steps[SHOWN_STEPS:])
    outside = told[engine]["seconds"] - sum(seconds for _, seconds, _ in steps)
    return [
        f"Where the time of {told['size']:,} goes with {engine}: {shown}, {len(steps) - SHOWN_STEPS} others "
        f"{rest:.0f} s; reading, landing, publishing {outside:.0f} s.",
        "",
    ]


if __name__ == "__main__":
    main()
