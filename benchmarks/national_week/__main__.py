"""A week of the whole country, timed beside the floor: DuckDB reading the same file and adding up by consignee and day.

Every stage runs in a process of its own, so that its peak memory is its own. Run it with ``make bench-scale`` or

    python -m benchmarks.national_week --sizes 1000000 4000000

It prints a Markdown page and writes it to benchmarks/results/national_week.md. A size that is not done after
``--minutes`` is stopped, and the page says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.national_week.making import make_week

RESULT = Path(__file__).resolve().parents[1] / "results" / "national_week.md"
TAX_KEY = "splitship-demo-key-published-not-secret"
SIZES = (250_000, 1_000_000)
SHOWN_STEPS = 12
FLOOR = """
select consignee_name, consignee_address, consignee_address2, consignee_postal_code, arrival_date,
    count(*) as pieces, sum(cast(declared_value as decimal(18, 2))) as total
from '{file}'
group by all
having count(*) > 1 and sum(cast(declared_value as decimal(18, 2))) > 800
"""


def floor(file: Path, _: Path) -> dict[str, Any]:
    with duckdb.connect(config={"threads": 2}) as connection:
        return {"groups": len(connection.execute(FLOOR.format(file=file)).fetchall())}


def screen(file: Path, store: Path) -> dict[str, Any]:
    import analytics

    run = analytics.screen(file, store, threads=2)
    flags = run.table("flags").collect()["typology"].value_counts().sort("typology").rows()
    steps = [(step["step"], step["seconds"], step["rows"]) for step in run.last_run.steps]
    return {"accepted": run.accepted, "flags": flags, "steps": steps}


STAGES = {"floor": floor, "screen": screen}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--form", choices=("parquet", "csv"), default="parquet")
    parser.add_argument("--minutes", type=float, default=25, help="a stage that takes longer is stopped")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.stage:
        _run_stage(call.stage, call.folder, call.form)
        return
    found = [_of_size(size, call.form, call.minutes) for size in call.sizes]
    page = _page(found, call.form)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    print(page)


def _of_size(size: int, form: str, minutes: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        make_week(Path(folder) / f"week.{form}", size)
        told: dict[str, Any] = {"size": size, "bytes": (Path(folder) / f"week.{form}").stat().st_size}
        for stage in STAGES:
            told[stage] = _in_child(stage, Path(folder), form, minutes)
            print(f"{size:,} {stage}: {told[stage].get('seconds', 0):.1f} s", file=sys.stderr)
        return told


def _run_stage(stage: str, folder: Path, form: str) -> None:
    began = time.perf_counter()
    outcome = STAGES[stage](folder / f"week.{form}", folder / "store")
    used = resource.getrusage(resource.RUSAGE_SELF)
    wall = time.perf_counter() - began
    figures = {"seconds": wall, "cpu": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}
    print(json.dumps({**outcome, **figures}))


def _in_child(stage: str, folder: Path, form: str, minutes: float) -> dict[str, Any]:
    environment = {"SPLITSHIP_TAX_KEY": TAX_KEY, **os.environ}
    call = [sys.executable, "-m", "benchmarks.national_week", "--stage", stage, "--folder", str(folder), "--form", form]
    try:
        done = subprocess.run(call, check=False, capture_output=True, text=True, env=environment, timeout=60 * minutes)
    except subprocess.TimeoutExpired:
        return {"stopped": f"stopped after {minutes:g} minutes"}
    if done.returncode:
        return {"stopped": f"ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}"}
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


def _page(found: list[dict[str, Any]], form: str) -> str:
    lines = [
        "# A week of the country",
        "",
        f"Invented shipments of one week as one {form} file, 0.48 distinct consignee strings a shipment "
        "(`benchmarks/national_week/making.py`). The floor is DuckDB reading the same file and adding up by consignee "
        "as written and day; the screening goes from the file to flags and published tables, who is who included.",
        "",
        f"{os.cpu_count()} cores, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.0f} GB, "
        f"Python {platform.python_version()}, DuckDB {version('duckdb')}, Polars {version('polars')}.",
        "",
        "| shipments | file | floor | screening | ratio | CPU | peak memory | a million shipments |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(_row(told) for told in found),
        "",
    ]
    done = [told for told in found if "seconds" in told["screen"]]
    if done:
        lines += _stages(done[-1])
    return "\n".join(lines)


def _row(told: dict[str, Any]) -> str:
    under, ours = told["floor"], told["screen"]
    head = f"| {told['size']:,} | {told['bytes'] / 1e6:,.0f} MB | {under['seconds']:.1f} s |"
    if "seconds" not in ours:
        return f"{head} {ours['stopped']} | | | | |"
    return (
        f"{head} {ours['seconds']:.0f} s | {ours['seconds'] / under['seconds']:.0f} | {ours['cpu']:.0f} s "
        f"| {ours['peak_mb']:,.0f} MB | {ours['seconds'] / told['size'] * 1e6:.0f} s |"
    )


def _stages(told: dict[str, Any]) -> list[str]:
    steps = sorted(told["screen"]["steps"], key=lambda step: (-step[1], step[0]))
    inside = sum(seconds for _, seconds, _ in steps)
    rest = told["screen"]["seconds"] - inside
    shown, others = steps[:SHOWN_STEPS], steps[SHOWN_STEPS:]
    return [
        f"Where the time of {told['size']:,} goes:",
        "",
        "| step | seconds | rows |",
        "|---|---:|---:|",
        f"| reading, landing, publishing | {rest:.1f} | |",
        *(f"| {name} | {seconds:.1f} | {rows:,} |" for name, seconds, rows in shown),
        f"| {len(others)} others | {sum(seconds for _, seconds, _ in others):.1f} | |",
        "",
        f"Flags: {', '.join(f'{name} {count:,}' for name, count in told['screen']['flags'])}.",
        "",
    ]


if __name__ == "__main__":
    main()
