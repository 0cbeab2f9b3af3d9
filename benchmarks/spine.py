"""The whole way, timed: invent shipments, screen them, write the report, measure what was found.

Each stage runs in a process of its own, so that its peak memory is its own. Run it with ``make bench`` or

    python benchmarks/spine.py --shipments 200000

It prints a Markdown page and writes it to benchmarks/results/spine.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.where import where

RESULT = Path(__file__).parent / "results" / "spine.md"
TAX_KEY = "splitship-demo-key-published-not-secret"
AIMS = [
    ("daily_limit, precision", ("daily_limit", "precision"), 0.98),
    ("daily_limit, recall of deliberate splits", ("daily_limit", "deliberate_recall"), 0.95),
    ("order_split, precision", ("order_split", "precision"), 0.99),
    ("order_split, recall of deliberate splits", ("order_split", "deliberate_recall"), 0.99),
]
MOST_FALSE_PAIRS = 0.001


@dataclass(frozen=True)
class Case:
    """What is made, and where."""

    folder: Path
    shipments: int
    seed: int


def synth(case: Case) -> dict[str, Any]:
    from analytics import synthesize

    summary = synthesize(case.folder / "truth", shipments=case.shipments, seed=case.seed)
    return {"persons": summary.persons, "schemes": summary.schemes, "deliberate": summary.deliberate}


def screen(case: Case) -> dict[str, Any]:
    import analytics

    run = analytics.screen(case.folder / "truth" / "shipments.csv", case.folder / "store")
    return {"read": run.read, "accepted": run.accepted, "rejected": run.rejected}


def report(case: Case) -> dict[str, Any]:
    import analytics

    page = analytics.open_store(case.folder / "store").report(out=case.folder / "report.html")
    return {"bytes": page.stat().st_size}


def evaluate(case: Case) -> dict[str, Any]:
    import analytics

    measured = analytics.evaluate(case.folder / "truth", analytics.open_store(case.folder / "store"))
    return {"measured": json.loads(measured.to_json()), "text": measured.to_text()}


STAGES = {stage.__name__: stage for stage in (synth, screen, report, evaluate)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipments", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.stage:
        _run_stage(call.stage, Case(call.folder, call.shipments, call.seed))
        return
    with tempfile.TemporaryDirectory() as folder:
        case = Case(Path(folder), call.shipments, call.seed)
        page = _page({stage: _in_child(stage, case) for stage in STAGES}, case)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    print(page)


def _run_stage(stage: str, case: Case) -> None:
    began = time.perf_counter()
    outcome = STAGES[stage](case)
    seconds, kilobytes = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({**outcome, "seconds": seconds, "peak_mb": kilobytes / 1024}))


def _in_child(stage: str, case: Case) -> dict[str, Any]:
    figures = ["--folder", str(case.folder), "--shipments", str(case.shipments), "--seed", str(case.seed)]
    environment = {"SPLITSHIP_TAX_KEY": TAX_KEY, **os.environ}
    call = [sys.executable, __file__, "--stage", stage, *figures]
    done = subprocess.run(call, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{stage} failed:\n{done.stderr}")
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


def _page(outcomes: dict[str, dict[str, Any]], case: Case) -> str:
    made, screened, measured = (outcomes[stage] for stage in ("synth", "screen", "evaluate"))
    lines = [
        "# The whole way, timed",
        "",
        f"{case.shipments:,} invented shipments of {made['persons']:,} persons over 12 weeks (seed {case.seed}); "
        f"{screened['accepted']:,} accepted, {screened['rejected']:,} rejected.",
        "",
        where("DuckDB", "Polars"),
        "",
        "| stage | wall time | peak memory |",
        "|---|---:|---:|",
        *(f"| {stage} | {it['seconds']:.1f} s | {it['peak_mb']:,.0f} MB |" for stage, it in outcomes.items()),
        "",
        *_aims(measured["measured"]),
        "",
        "```",
        measured["text"],
        "```",
        "",
    ]
    return "\n".join(lines)


def _aims(measured: dict[str, Any]) -> list[str]:
    by_name = {row["typology"]: row for row in measured["detections"]}
    lines = ["| aim | bound | measured | |", "|---|---:|---:|---|"]
    for text, (typology, figure), least in AIMS:
        value = by_name[typology][figure]
        lines.append(f"| {text} | ≥ {least:.2f} | {value:.4f} | {_verdict(value >= least)} |")
    for over in ("shipments", "aliases"):
        value = measured[f"over_{over}"]["false_merge_share"]
        text = f"false pairs in all joined pairs of {over}"
        lines.append(f"| {text} | ≤ {MOST_FALSE_PAIRS:.2%} | {value:.4%} | {_verdict(value <= MOST_FALSE_PAIRS)} |")
    return lines


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "**missed**"


if __name__ == "__main__":
    main()
