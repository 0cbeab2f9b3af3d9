"""Every typology whose truth is known, measured: invent shipments, screen them, compare.

    python -m benchmarks.typologies --shipments 200000

It writes benchmarks/results/typologies.csv, from which `make docs` makes the table of docs/typologies.md.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
from pathlib import Path

import analytics

RESULT = Path(__file__).parent / "results" / "typologies.csv"
TAX_KEY = "splitship-demo-key-published-not-secret"
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
    with tempfile.TemporaryDirectory() as folder:
        analytics.synthesize(Path(folder, "truth"), shipments=call.shipments, seed=call.seed)
        run = analytics.screen(Path(folder, "truth", "shipments.csv"), Path(folder, "store"), threads=2)
        measured = analytics.evaluate(Path(folder, "truth"), run)
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["shipments", "seed", *COLUMNS])
        for row in measured.detections:
            values = (getattr(row, name) for name in COLUMNS)
            shown = (f"{value:.4f}" if isinstance(value, float) else value for value in values)
            writer.writerow([call.shipments, call.seed, *shown])
    sys.stdout.write(measured.to_text() + "\n")


if __name__ == "__main__":
    main()
