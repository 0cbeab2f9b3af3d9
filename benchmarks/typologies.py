"""Every typology whose truth is known, measured: invent shipments, screen them, compare.

    python -m benchmarks.typologies --shipments 200000

Once in the spring of 2025, when the exemption was in force, and once in the summer of 2026, when it is not.

It writes benchmarks/results/typologies.csv, from which `make docs` makes the table of docs/typologies.md.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import analytics
from analytics.evaluation import Evaluation
from analytics.evaluation.schemes import Detection

RESULT = Path(__file__).parent / "results" / "typologies.csv"
TAX_KEY = "splitship-demo-key-published-not-secret"
PERIODS = ((date(2025, 3, 10), 12), (date(2026, 6, 8), 16))
"""First day and weeks."""
COLUMNS = (
    "typology", "flags", "right", "schemes", "found", "precision", "recall", "deliberate", "deliberate_precision",
    "deliberate_recall", "explained", "explained_deliberate",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipments", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    call = parser.parse_args()
    os.environ.setdefault("SPLITSHIP_TAX_KEY", TAX_KEY)
    measured = {start: _measured(call, start, weeks) for start, weeks in PERIODS}
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["start", "shipments", "seed", *COLUMNS])
        for start, found in measured.items():
            writer.writerows([start, call.shipments, call.seed, *_cells(row)] for row in found.detections)


def _measured(call: argparse.Namespace, start: date, weeks: int) -> Evaluation:
    with tempfile.TemporaryDirectory() as folder:
        truth = Path(folder, "truth")
        analytics.synthesize(truth, shipments=call.shipments, seed=call.seed, start=start, weeks=weeks)
        run = analytics.screen(truth / "shipments.csv", Path(folder, "store"), threads=2)
        measured = analytics.evaluate(truth, run)
    sys.stdout.write(f"From {start}, {weeks} weeks:\n{measured.to_text()}\n\n")
    return measured


def _cells(row: Detection) -> Iterator[object]:
    values = (getattr(row, name) for name in COLUMNS)
    return (f"{value:.4f}" if isinstance(value, float) else value for value in values)


if __name__ == "__main__":
    main()
